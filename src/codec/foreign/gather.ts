import { Fault } from "../../faults.ts";
import type { SourceFacts } from "../../plan/facts.ts";
import { pixelCount, sizeText } from "../../plan/size.ts";
import type { Decoder, DecoderMaker, Strip } from "../decoder.ts";
import { upright } from "./upright.ts";

/** What a third-party decoder gives back. */
export interface DecodedPicture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array | Uint8ClampedArray;
}

/** A longer file is refused: a whole one is held, and no picture needs as much, with all that cameras put beside it. */
const MOST_BYTES_A_PIXEL = 8;
const MOST_BYTES_BESIDE = 8 * 1024 * 1024;
/** Rows of about this many pixels make a strip, after which the caller looks at its deadline. */
const STRIP_PIXELS = 262_144;

/**
 * Puts a third-party decoder, which takes a whole file and gives a whole picture, behind the door of a streaming one.
 *
 * It holds the file and every pixel at once: the reason why these decoders are temporary.
 *
 * @param tail is put behind the file before it is decoded
 */
export function gatheringDecoder(
  blockingMsPerMegapixel: number,
  decode: (file: Uint8Array<ArrayBuffer>) => Promise<DecodedPicture>,
  tail: readonly number[] = [],
): DecoderMaker {
  return {
    blockingMsPerMegapixel,
    make(facts: SourceFacts, bytes: number): Decoder {
      if (bytes > pixelCount(facts.size) * MOST_BYTES_A_PIXEL + MOST_BYTES_BESIDE)
        throw new Fault("sourceUnsupported", `a file of ${bytes} bytes`);
      const { width, height } = facts.size;
      const rowsAtOnce = Math.max(1, Math.floor(STRIP_PIXELS / width));
      let file: Uint8Array<ArrayBuffer> | undefined = new Uint8Array(bytes + tail.length);
      file.set(tail, bytes);
      let filled = 0;
      let picture: DecodedPicture | undefined;
      let y = 0;
      return {
        push(chunk) {
          if (file === undefined || filled + chunk.length > bytes) throw new Fault("sourceChanged", "it became longer");
          file.set(chunk, filled);
          filled += chunk.length;
        },
        async end() {
          if (file === undefined || filled < bytes) throw new Fault("storage", `${filled} of ${bytes} bytes came`);
          picture = upright(await decoded(decode, file), facts.orientation);
          file = undefined;
          if (picture.width !== width || picture.height !== height) {
            throw new Fault("sourceBroken", `header says ${sizeText(facts.size)}, picture is ${sizeText(picture)}`);
          }
        },
        pull(): Strip | undefined {
          if (picture === undefined || y >= height) return undefined;
          const rows = Math.min(rowsAtOnce, height - y);
          const data = new Uint8Array(picture.data.buffer, picture.data.byteOffset + y * width * 4, rows * width * 4);
          y += rows;
          return { y: y - rows, rows, data };
        },
      };
    },
  };
}

async function decoded(
  decode: (file: Uint8Array<ArrayBuffer>) => Promise<DecodedPicture>,
  file: Uint8Array<ArrayBuffer>,
): Promise<DecodedPicture> {
  try {
    return await decode(file);
  } catch (cause) {
    if (cause instanceof Fault) throw cause;
    // These codecs throw aborts, traps and strings alike; all that is known is that the file was not to their liking.
    throw new Fault("sourceBroken", undefined, { cause });
  }
}
