import { Fault } from "../faults.ts";
import type { Size } from "../plan/size.ts";
import { resolutionOfPhys } from "./density.ts";
import type { Sniffing } from "./sniffing.ts";

/** Colour type → the depths it may have, and whether its pixels carry alpha. Source: PNG (Third Edition), 11.2.1. */
const COLOUR_TYPES: ReadonlyMap<number, { readonly depths: readonly number[]; readonly alpha: boolean }> = new Map([
  [0, { depths: [1, 2, 4, 8, 16], alpha: false }],
  [2, { depths: [8, 16], alpha: false }],
  [3, { depths: [1, 2, 4, 8], alpha: false }],
  [4, { depths: [8, 16], alpha: true }],
  [6, { depths: [8, 16], alpha: true }],
]);

const SIGNATURE = 8;
const IHDR_LENGTH = 13;
const PHYS_LENGTH = 9;
/** Before the content of a chunk: its length and type; behind it: its CRC. */
const BEFORE = 8;
const CRC = 4;
const MAX_LENGTH = 2 ** 31 - 1;

/**
 * Reads IHDR, then walks the chunks before the image data, some of which give transparency or a resolution.
 *
 * CRCs are the decoder's to check. Source: PNG (Third Edition), 5.2, 5.3, 11.2.1, 11.3.1.1, 11.3.4.3.
 */
export function* sniffPng(): Sniffing {
  const first = yield { at: SIGNATURE, length: BEFORE + IHDR_LENGTH };
  if (typeOf(first) !== "IHDR" || first.getUint32(0) !== IHDR_LENGTH) {
    throw new Fault("sourceBroken", "the PNG has no header chunk");
  }
  const header = readHeader(new DataView(first.buffer, first.byteOffset + BEFORE, IHDR_LENGTH));

  let { alpha } = header;
  let resolution: number | undefined;
  let at = SIGNATURE + BEFORE + IHDR_LENGTH + CRC;
  for (;;) {
    const chunk = yield { at, length: BEFORE };
    const type = typeOf(chunk);
    const length = chunk.getUint32(0);
    if (length > MAX_LENGTH) throw new Fault("sourceBroken", `a chunk of ${length} bytes`);
    if (type === "IEND") throw new Fault("sourceBroken", "the PNG has no image data");
    if (type === "IDAT") break;
    if (type === "tRNS") alpha = true;
    if (type === "pHYs" && length === PHYS_LENGTH) resolution ??= resolutionOfPhys(yield { at: at + BEFORE, length });
    at += BEFORE + length + CRC;
  }
  return {
    format: "png",
    size: header.size,
    orientation: 1,
    alpha,
    png: { colourType: header.colourType },
    ...(resolution === undefined ? {} : { resolution }),
  };
}

function typeOf(chunk: DataView): string {
  return String.fromCharCode(...[4, 5, 6, 7].map((at) => chunk.getUint8(at)));
}

function readHeader(header: DataView): { size: Size; alpha: boolean; colourType: number } {
  const width = header.getUint32(0);
  const height = header.getUint32(4);
  const depth = header.getUint8(8);
  const colourType = header.getUint8(9);
  const type = COLOUR_TYPES.get(colourType);
  if (width === 0 || height === 0 || width > MAX_LENGTH || height > MAX_LENGTH) {
    throw new Fault("sourceBroken", `the header says ${width} × ${height} pixels`);
  }
  if (type === undefined || !type.depths.includes(depth)) {
    throw new Fault("sourceBroken", `the header says colour type ${colourType} with ${depth} bits`);
  }
  const [compression, filter, interlace] = [header.getUint8(10), header.getUint8(11), header.getUint8(12)];
  if (compression !== 0 || filter !== 0 || interlace > 1) {
    throw new Fault(
      "sourceBroken",
      `the header says compression ${compression}, filter ${filter}, interlace ${interlace}`,
    );
  }
  return { size: { width, height }, alpha: type.alpha, colourType };
}
