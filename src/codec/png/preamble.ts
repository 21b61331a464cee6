import { resolutionOfPhys } from "../density.ts";
import { type Exif, tiffOf } from "../exif.ts";
import type { Wanted } from "../sniffing.ts";
import { broken } from "./broken.ts";
import { type Chunk, CRC_BYTES, HEAD_BYTES, readHead, SIGNATURE } from "./chunks.ts";
import { COLOUR_TYPES } from "./colours.ts";
import { crc32 } from "./crc32.ts";
import type { PngHeader } from "./header.ts";
import { IHDR_BYTES, readIhdr } from "./ihdr.ts";
import { ChunkOrder } from "./order.ts";

/** What stands before the image data. */
export interface PngPreamble {
  readonly header: PngHeader;
  /** Whether any pixel may be other than opaque. */
  readonly alpha: boolean;
  readonly exif: Exif;
  /** That of pHYs, across, in dots per inch. */
  readonly resolution: number | undefined;
}

/** Longest content of eXIf that is looked into: that of a JPEG's segment. */
const MOST_EXIF = 65_535;

/**
 * Reads the chunks before the image data: yields the stretches of the file that it wants, and is given exactly those.
 *
 * What it does not need it skips, and so it checks the CRC of IHDR alone: those of the others are the decoder's to check.
 *
 * @throws Fault where they are damaged or of a kind that is not supported. Source: PNG (Third Edition), 5.6, 11.2, 11.3
 */
export function* readPngHeader(): Generator<Wanted, PngPreamble, DataView> {
  const order = new ChunkOrder();
  let header: PngHeader | undefined;
  let alpha = false;
  let exif: Exif = {};
  let resolution: number | undefined;
  for (let at: number = SIGNATURE.length; ; ) {
    const chunk = readHead(yield { at, length: HEAD_BYTES }, at);
    const counts = order.begin(chunk);
    const { type, length } = chunk;
    const content = { at: at + HEAD_BYTES, length };
    at = content.at + length + CRC_BYTES;
    if (type === "IHDR") {
      header = yield* checkedHeader(chunk);
      alpha = COLOUR_TYPES[header.colourType].alpha;
      order.knows(header);
    } else if (type === "IDAT" && header !== undefined) {
      return { header, alpha, exif, resolution };
    } else if (counts && type === "tRNS") {
      alpha = true;
    } else if (counts && type === "pHYs") {
      resolution = resolutionOfPhys(yield content);
    } else if (counts && type === "eXIf") {
      exif = tiffOf(yield { ...content, length: Math.min(length, MOST_EXIF) });
    }
  }
}

function* checkedHeader({ at }: Chunk): Generator<Wanted, PngHeader, DataView> {
  const typeAt = at + HEAD_BYTES - 4;
  const checked = 4 + IHDR_BYTES;
  const chunk = yield { at: typeAt, length: checked + CRC_BYTES };
  if (crc32(chunk, 0, checked) !== chunk.getUint32(checked)) throw broken("a wrong checksum: IHDR at byte 8");
  return readIhdr(new DataView(chunk.buffer, chunk.byteOffset + 4, IHDR_BYTES));
}
