import type { Kernels } from "../../pixels/kernels.ts";
import type { Effort, Output } from "../../plan/output.ts";
import { pixelCount, type Size } from "../../plan/size.ts";
import type { RowEncoder, RowEncoderMaker } from "../encoder.ts";
import { MOST_PIECE_BYTES } from "./bit-sink.ts";
import { codingBytes } from "./coding-of.ts";
import { frameOf } from "./frame.ts";
import { JpegRowEncoder } from "./jpeg-rows.ts";
import { mostBytesOf } from "./most-bytes.ts";
import { progressiveMostBytes } from "./progressive-most-bytes.ts";
import { sampleRowsBytes } from "./sample-rows.ts";

/** libjpeg's limit. */
const MAX_SIDE = 65_500;

/**
 * Nanoseconds that a pixel of a row of MCUs takes, and a byte of the tokens that there may be, to be counted and have codes
 * made for it: twice what was measured of noise at quality 100 with chroma at full resolution, and of a flat picture, whose
 * tokens are the most there can be. Photographs at quality 80 take 4 ns a pixel.
 */
const PIXEL_NS = 80;
const TOKEN_BYTE_NS = 5;
/** Nanoseconds a pixel of a photograph at quality 80, with everything. */
const PHOTO_NS = { fast: 8, small: 20 } as const satisfies Record<Effort, number>;
/** The same where there are several scans, or coefficients are weighed. */
const WEIGHED_PIXEL_NS = 160;

/** What a file holds besides its picture. */
export interface JpegExtras {
  /** An ICC profile, at most `MOST_PROFILE_BYTES`. */
  readonly icc?: Uint8Array;
}

interface JpegEncoderMaker extends RowEncoderMaker<"jpeg"> {
  make(kernels: Kernels, size: Size, output: Output<"jpeg">, extras?: JpegExtras): RowEncoder;
}

/**
 * JPEG, rows in, pieces of the file out. In one scan the memory depends on the width, and where codes are made for the
 * picture on up to 8 MiB of tokens; several are held as up to 24 MiB of them, until all rows have come. The bytes are
 * those that libjpeg makes with "islow" transforms, but for `effort` "small", whose coefficients are weighed.
 *
 * Transparency is ignored: whoever has any lays the picture on a background first. Source: ITU-T T.81 and T.871.
 */
export const jpegEncoding: JpegEncoderMaker = {
  takes: "rows",
  limits: { maxSide: MAX_SIDE, maxPixels: MAX_SIDE * MAX_SIDE },
  memory(size, output) {
    const frame = frameOf(size, output);
    return { kernels: sampleRowsBytes(frame) + codingBytes(frame, output), beside: 2 * MOST_PIECE_BYTES };
  },
  mostBytes(size, output) {
    const { scans } = output;
    // Where several scans hold too much there is one.
    const one = mostBytesOf(size, { ...output, huffman: scans === "sequential" ? output.huffman : "optimised" });
    return scans === "sequential" ? one : Math.max(one, progressiveMostBytes(size, { ...output, scans }));
  },
  blockingMs(size, output) {
    const { scans, huffman, effort } = output;
    const { unit } = frameOf({ width: size.width, height: 1 }, output);
    const isDirect = scans === "sequential" && effort === "fast";
    const rowNs = size.width * unit.height * (isDirect ? PIXEL_NS : WEIGHED_PIXEL_NS);
    const isCounted = scans !== "sequential" || huffman === "optimised";
    const countingNs = isCounted ? codingBytes(frameOf(size, output), output) * TOKEN_BYTE_NS : 0;
    return (rowNs + countingNs) / 1e6;
  },
  workMs: (size, { effort }) => (pixelCount(size) * PHOTO_NS[effort]) / 1e6,
  make: (kernels, size, output, extras = {}) => new JpegRowEncoder(kernels, size, output, extras),
};
