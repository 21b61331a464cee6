import { jpegDecoding } from "../../src/codec/jpeg/decoder.ts";
import type { Kernels } from "../../src/pixels/kernels.ts";
import type { Raster } from "../../src/pixels/raster.ts";
import type { Decoding } from "../../src/plan/craft.ts";
import type { SourceFacts } from "../../src/plan/facts.ts";
import type { Rect, Size } from "../../src/plan/size.ts";
import { sniff } from "./sniffing.ts";

export interface JpegDecoded {
  /** The pixels that were wanted, and no others. */
  readonly raster: Raster;
  readonly warnings: readonly string[];
  /** Where strips with rows lay. */
  readonly strips: readonly Rect[];
}

export interface JpegAsked {
  readonly shrink?: Decoding["shrink"];
  /** The whole picture where nothing else is said. */
  readonly wanted?: Rect;
  readonly chunkBytes?: number;
  /** What the decoder is told of the file, if not what is true. */
  readonly facts?: SourceFacts;
  /** Is called when the decoder was made and has not been given anything. */
  readonly made?: () => void;
  /** Is called for every strip with rows, with the bytes that were pushed until then. */
  readonly strip?: (seen: { readonly pushed: number }) => void;
}

export function jpegFacts(file: Uint8Array): SourceFacts {
  const facts = sniff(file);
  if (facts === "wants more") throw new Error("the file ends in its header");
  return facts;
}

/** Size of the picture as it lies in the file, divided and rounded up. */
export function shrunkSize({ size, orientation }: SourceFacts, shrink = 1): Size {
  // From 5 on the picture lies on its side: Exif 2.32, 4.6.4.
  const { width, height } = orientation >= 5 ? { width: size.height, height: size.width } : size;
  return { width: Math.ceil(width / shrink), height: Math.ceil(height / shrink) };
}

/** More pieces of work than a picture of tests has. */
const MANY = 1_000_000;

/**
 * Decodes as the renderer does: pushes chunks, and pulls strips whenever there are some.
 *
 * Each chunk is spoilt when there is nothing more to be pulled. What the door promises of strips is checked here; the
 * caller clears the kernels.
 */
export async function decodeJpeg(kernels: Kernels, file: Uint8Array, asked: JpegAsked = {}): Promise<JpegDecoded> {
  const { shrink = 1, chunkBytes = 65_536, facts = jpegFacts(file) } = asked;
  const wanted = asked.wanted ?? { x: 0, y: 0, ...shrunkSize(facts, shrink) };
  const decoder = jpegDecoding.make(kernels, facts, file.length, { shrink, wanted });
  asked.made?.();
  const data = new Uint8Array(wanted.width * wanted.height * 4);
  const strips: Rect[] = [];
  let pushed = 0;
  let empty = 0;
  const drain = () => {
    for (let strip = decoder.pull(); strip !== undefined; strip = decoder.pull()) {
      const { x, y, width, rows, address, stride } = strip;
      if (rows === 0) {
        if (++empty > MANY) throw new Error("strips without rows, and no end of them");
        continue;
      }
      checkStrip({ x, y, width, height: rows }, strips.at(-1), wanted);
      strips.push({ x, y, width, height: rows });
      asked.strip?.({ pushed });
      for (let row = Math.max(y, wanted.y); row < Math.min(y + rows, wanted.y + wanted.height); row++) {
        const from = address + (row - y) * stride + (wanted.x - x) * 4;
        data.set(kernels.bytesAt(from, wanted.width * 4), (row - wanted.y) * wanted.width * 4);
      }
    }
  };
  for (let at = 0; at < file.length; at += chunkBytes) {
    const chunk = new Uint8Array(file.subarray(at, at + chunkBytes));
    decoder.push(chunk);
    pushed += chunk.length;
    drain();
    chunk.fill(0xff);
  }
  await decoder.end();
  drain();
  const last = strips.at(-1);
  if (last === undefined || last.y + last.height < wanted.y + wanted.height) {
    throw new Error(`the strips end at row ${last === undefined ? "none" : last.y + last.height}`);
  }
  return { raster: { size: { width: wanted.width, height: wanted.height }, data }, warnings: decoder.warnings, strips };
}

function checkStrip(strip: Rect, before: Rect | undefined, wanted: Rect): void {
  const follows = before === undefined ? strip.y <= wanted.y : strip.y === before.y + before.height;
  const covers = strip.x <= wanted.x && strip.x + strip.width >= wanted.x + wanted.width;
  if (follows && covers) return;
  throw new Error(
    `a strip ${JSON.stringify(strip)} behind ${JSON.stringify(before)}, wanted ${JSON.stringify(wanted)}`,
  );
}
