import { Fault } from "../faults.ts";
import type { Orientation, SourceFacts } from "../plan/facts.ts";
import type { Size } from "../plan/size.ts";
import { exifOrientation, turnsSides } from "./exif.ts";
import type { Sniffing } from "./sniff.ts";

/** Frame headers by marker; some name why their frames are not supported. Source: ITU-T T.81, table B.1. */
const FRAMES: ReadonlyMap<number, { readonly refused?: string }> = new Map([
  [0xc0, {}], // baseline
  [0xc1, {}], // extended sequential, Huffman
  [0xc2, {}], // progressive, Huffman
  [0xc3, { refused: "a lossless JPEG" }],
  [0xc5, { refused: "a hierarchical JPEG" }],
  [0xc6, { refused: "a hierarchical JPEG" }],
  [0xc7, { refused: "a lossless hierarchical JPEG" }],
  [0xc9, { refused: "an arithmetic-coded JPEG" }],
  [0xca, { refused: "an arithmetic-coded JPEG" }],
  [0xcb, { refused: "a lossless arithmetic-coded JPEG" }],
  [0xcd, { refused: "a hierarchical arithmetic-coded JPEG" }],
  [0xce, { refused: "a hierarchical arithmetic-coded JPEG" }],
  [0xcf, { refused: "a lossless hierarchical arithmetic-coded JPEG" }],
]);

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const APP1 = 0xe1;
const FILL = 0xff;
/** Markers without a segment behind them: TEM, RST0–7, SOI. */
const isBare = (marker: number) => marker === 0x01 || (marker >= 0xd0 && marker <= SOI);

/**
 * Walks the segments to the frame header, noting the EXIF orientation on the way.
 * Source: ITU-T T.81, B.2; Exif 2.32, 4.6.4.
 */
export function* sniffJpeg(): Sniffing {
  let at = 2;
  let orientation: Orientation | undefined;
  for (;;) {
    const start = yield { at, length: 2 };
    const marker = start.getUint8(1);
    if (start.getUint8(0) !== 0xff) throw new Fault("sourceBroken", `no marker at byte ${at}`);
    if (marker === FILL) {
      at += 1;
      continue;
    }
    if (isBare(marker)) {
      at += 2;
      continue;
    }
    const frame = FRAMES.get(marker);
    if (frame?.refused !== undefined) throw unsupported(frame.refused);
    if (frame !== undefined) {
      return jpegFacts(frameSize(yield { at: at + 4, length: 6 }), orientation ?? 1);
    }
    if (marker === SOS || marker === EOI) throw new Fault("sourceBroken", "the JPEG has no frame header");

    const length = (yield { at: at + 2, length: 2 }).getUint16(0);
    if (length < 2) throw new Fault("sourceBroken", `a segment of ${length} bytes at byte ${at}`);
    if (marker === APP1) {
      orientation ??= exifOrientation(yield { at: at + 4, length: length - 2 });
    }
    at += 2 + length;
  }
}

/** What follows the length in SOF: precision, height, width, component count. */
function frameSize(frame: DataView): Size {
  const precision = frame.getUint8(0);
  const height = frame.getUint16(1);
  const width = frame.getUint16(3);
  const components = frame.getUint8(5);
  if (precision !== 8) throw unsupported(`a JPEG of ${precision} bits a sample`);
  if (components === 4) throw unsupported("a CMYK JPEG");
  if (components !== 1 && components !== 3) throw unsupported(`a JPEG of ${components} components`);
  if (width === 0) throw new Fault("sourceBroken", "the JPEG is 0 pixels wide");
  if (height === 0) throw unsupported("a JPEG that tells its height only at its end (DNL)");
  return { width, height };
}

function jpegFacts({ width, height }: Size, orientation: Orientation): SourceFacts {
  const size = turnsSides(orientation) ? { width: height, height: width } : { width, height };
  return { format: "jpeg", size, orientation, alpha: false };
}

function unsupported(what: string): Fault {
  return new Fault("sourceUnsupported", what);
}
