import { Fault } from "../../faults.ts";
import { release } from "../../pixels/release.ts";
import type { Strip } from "../../pixels/strip.ts";
import type { CodecUse } from "../../plan/craft.ts";
import type { SourceFacts } from "../../plan/facts.ts";
import { turned } from "../../plan/orientation.ts";
import { pixelCount, type Size, sizeText } from "../../plan/size.ts";
import type { Decoder, DecoderMaker } from "../decoder.ts";

/** What a third-party decoder gives back. */
export interface DecodedPicture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array | Uint8ClampedArray;
}

/** Decodes a whole file, whose header said these facts; it may give the file's memory back when it has a copy. */
type Decode = (file: Uint8Array<ArrayBuffer>, facts: SourceFacts) => Promise<DecodedPicture>;

/** A longer file is refused: a whole one is held, and no picture needs as much, with all that cameras put beside it. */
const MOST_BYTES_A_PIXEL = 8;
const MOST_BYTES_BESIDE = 8 * 1024 * 1024;
/** Rows a strip: as many as the resampler takes at once. */
const STRIP_ROWS = 4;

/** Once it has decoded pictures of other sizes, an instance was seen to take 1.16 times what a fresh one takes for the largest. */
const REUSED = 1.2;

/** What a codec of this kind costs. */
export interface GatheringCosts {
  readonly blockingMsPerMegapixel: number;
  /** Bytes that it holds beside the kernels, the file itself and the picture that comes out included. */
  beside(pixels: number, fileBytes: number): number;
  /** What of it is memory of a codec that has done nothing before. */
  uses?(pixels: number, fileBytes: number): CodecUse;
}

/**
 * Puts a third-party decoder, which takes a whole file and gives a whole picture, behind the door of a streaming one.
 *
 * It holds the file and every pixel at once: the reason why these decoders are temporary.
 */
export function gatheringDecoder(costs: GatheringCosts, decode: Decode): DecoderMaker {
  return {
    blockingMsPerMegapixel: costs.blockingMsPerMegapixel,
    shrinks: [1],
    isWhole: true,
    memory(facts, bytes) {
      const pixels = pixelCount(facts.size);
      const uses = costs.uses?.(pixels, bytes);
      return {
        kernels: stripBytes(turned(facts.size, facts.orientation)),
        beside: costs.beside(pixels, bytes),
        ...(uses === undefined ? {} : { uses: { ...uses, reused: Math.ceil(uses.bytes * REUSED) } }),
      };
    },
    make(kernels, facts, bytes): Decoder {
      const size = turned(facts.size, facts.orientation);
      if (bytes > pixelCount(size) * MOST_BYTES_A_PIXEL + MOST_BYTES_BESIDE)
        throw new Fault("sourceUnsupported", `a file of ${bytes} bytes`);
      const { width, height } = size;
      const stride = width * 4;
      const address = kernels.reserve(stripBytes(size));
      let file: Uint8Array<ArrayBuffer> | undefined = new Uint8Array(bytes);
      let filled = 0;
      let picture: DecodedPicture | undefined;
      let y = 0;
      return {
        warnings: [],
        steps: 0,
        push(chunk) {
          if (file === undefined || filled + chunk.length > bytes) throw new Fault("sourceChanged", "it became longer");
          file.set(chunk, filled);
          filled += chunk.length;
        },
        async end() {
          if (file === undefined || filled < bytes) throw new Fault("storage", `${filled} of ${bytes} bytes came`);
          picture = await decoded(decode, file, facts);
          file = undefined;
          if (picture.width !== width || picture.height !== height) {
            throw new Fault("sourceBroken", `header says ${sizeText(size)}, picture is ${sizeText(picture)}`);
          }
        },
        pull(): Strip | undefined {
          if (picture === undefined || y >= height) return undefined;
          const rows = Math.min(STRIP_ROWS, height - y);
          const { buffer, byteOffset } = picture.data;
          for (let row = 0; row < rows; row++) {
            const from = new Uint8Array(buffer, byteOffset + (y + row) * width * 4, width * 4);
            kernels.bytesAt(address + row * stride, width * 4).set(from);
          }
          y += rows;
          return { x: 0, y: y - rows, width, rows, address, stride };
        },
        release() {
          if (file !== undefined) release(file);
          if (picture !== undefined) release(picture.data);
          file = undefined;
          picture = undefined;
        },
      };
    },
  };
}

function stripBytes({ width }: Size): number {
  return width * 4 * STRIP_ROWS;
}

async function decoded(decode: Decode, file: Uint8Array<ArrayBuffer>, facts: SourceFacts): Promise<DecodedPicture> {
  try {
    return await decode(file, facts);
  } catch (cause) {
    if (cause instanceof Fault) throw cause;
    // These codecs throw aborts, traps and strings alike; all that is known is that the file was not to their liking.
    throw new Fault("sourceBroken", undefined, { cause });
  }
}
