import type { Kernels } from "../../pixels/kernels.ts";
import type { Output } from "../../plan/output.ts";
import type { Size } from "../../plan/size.ts";
import type { RowEncoder, RowEncoderMaker } from "../encoder.ts";
import { PIECE_BYTES } from "./bit-sink.ts";
import { codingBytes } from "./coding-of.ts";
import { frameOf } from "./frame.ts";
import { JpegRowEncoder } from "./jpeg-rows.ts";
import { mostBytesOf } from "./most-bytes.ts";
import { progressiveMostBytes } from "./progressive-most-bytes.ts";
import { sampleRowsBytes } from "./sample-rows.ts";

/** libjpeg's limit. */
const MAX_SIDE = 65_500;

/**
 * What a pixel of a row of MCUs takes, in nanoseconds, and counting the tokens that there may be with making codes of them,
 * in milliseconds: twice what was measured of noise at quality 100 with chroma at full resolution, and of a flat picture,
 * whose tokens are the most there can be. Photographs at quality 80 take 4 ns.
 */
const PIXEL_NS = 80;
const COUNTING_MS = 40;
/** The same where there are several scans, whose tokens may all be those of one, and coefficients are weighed. */
const SCANS_PIXEL_NS = 160;
const SCANS_COUNTING_MS = 100;

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
    return { kernels: sampleRowsBytes(frame) + codingBytes(frame, output), beside: 2 * PIECE_BYTES };
  },
  mostBytes(size, output) {
    const { scans } = output;
    // Where several scans hold too much there is one.
    const one = mostBytesOf(size, { ...output, huffman: scans === "sequential" ? output.huffman : "optimised" });
    return scans === "sequential" ? one : Math.max(one, progressiveMostBytes(size, { ...output, scans }));
  },
  blockingMs({ width }, { gray, fullChroma, huffman, scans, effort }) {
    const { unit } = frameOf({ width, height: 1 }, { gray, fullChroma });
    const isOne = scans === "sequential";
    const rowMs = (width * unit.height * (isOne && effort === "fast" ? PIXEL_NS : SCANS_PIXEL_NS)) / 1e6;
    if (!isOne) return rowMs + SCANS_COUNTING_MS;
    return rowMs + (huffman === "standard" ? 0 : COUNTING_MS);
  },
  make: (kernels, size, output, extras = {}) => new JpegRowEncoder(kernels, size, output, extras),
};
