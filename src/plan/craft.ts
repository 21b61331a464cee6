import type { Decode, Resample } from "./drawing.ts";
import type { SourceFacts } from "./facts.ts";
import type { Encoding, Output } from "./output.ts";
import type { Rect, Size } from "./size.ts";
import type { Step } from "./steps.ts";

/** What those can do who carry a plan out, and the bytes that it takes them. */
export interface Craft {
  readonly decoders: Readonly<Record<SourceFacts["format"], DecoderCraft>>;
  readonly encoders: { readonly [Kind in Encoding]: EncoderCraft<Kind> };
  resampling(resample: Resample, alpha: boolean): ResamplingNeeds;
  /** Bytes of kernel memory that a step on a raster of this size takes. */
  stepBytes(step: Step, size: Size): number;
}

/** Third-party codecs, by the module that has them. Of each there is one instance, which pictures use in turn. */
export type CodecName = "mozjpegEncoder" | "oxipng" | "squooshPng" | "webpDecoder" | "webpEncoder";

/** An instance of a codec, and its memory when it has done its part of a picture. It stays with it. */
export interface CodecUse {
  readonly codec: CodecName;
  /** Bytes of one that has done nothing before. */
  readonly bytes: number;
  /** Bytes of one that has, where these are more: there may be holes in its memory. */
  readonly reused?: number;
}

/** What resampling takes. */
export interface ResamplingNeeds {
  /** Bytes of kernel memory. */
  readonly bytes: number;
  /** The part of the decoded picture, in whole pixels. */
  readonly wanted: Rect;
  /** What the pixels of that part may be added up to before; absent where they may not. */
  readonly boxes: Boxes | undefined;
}

/** Cells of pixels, of which only sums are needed: integers, so that it does not matter in which order they are added up. */
export interface Boxes {
  readonly across: BoxAxis;
  readonly down: BoxAxis;
  /** Four u32 a cell, of premultiplied pixels; else four u16, of pixels as they are. */
  readonly wide: boolean;
}

/** One axis of a part of a picture in cells. The last one that holds pixels may be completed by repeating the last one. */
export interface BoxAxis {
  /** Pixels a cell, a power of two; the first pixel of the part begins one. */
  readonly box: number;
  /** All cells, with those that repeat the edges. */
  readonly cells: number;
  /** The first ones: of these only the last counts, and holds the first pixel, as often as it takes. */
  readonly leading: number;
  /** The last ones, 0 or 1: holds the last pixel, as often as it takes. */
  readonly trailing: number;
}

/** How much of a picture is decoded, and how large. */
export interface Decoding extends Decode {
  /** The part that is wanted, in whole pixels of the shrunk picture, as it lies in the file. */
  readonly wanted: Rect;
  /** What it may be added up to, by a decoder that holds much otherwise. */
  readonly boxes?: Boxes;
}

export interface DecoderCraft {
  /** The sizes at which it can decode, rising. */
  readonly shrinks: readonly Decode["shrink"][];
  /**
   * Bytes that it holds at most: in the arena of its kernels, and beside it.
   *
   * @param bytes length of the whole file
   */
  memory(facts: SourceFacts, bytes: number, decoding: Decoding): DecoderMemory;
  /** Whether it takes the whole file and makes all pixels at once. */
  readonly isWhole: boolean;
  /** Pixels that a file of so many bytes can hold at most, whatever its header says; absent where nothing bounds them. */
  mostPixels?(facts: SourceFacts, bytes: number): number;
}

interface DecoderMemory {
  readonly kernels: number;
  readonly beside: number;
  /** What of it, beside the kernels, is memory of a codec. */
  readonly uses?: CodecUse;
}

/** An encoder takes rows as they come, or a whole raster. */
export type EncoderCraft<Kind extends Encoding> = RowsCraft<Kind> | RasterCraft<Kind>;

interface AnyEncoderCraft<Kind extends Encoding> {
  readonly limits: EncoderLimits;
  /** Bytes that it holds at most beside what it takes. */
  memory(size: Size, output: Output<Kind>): EncoderMemory;
  /** Milliseconds that it takes at its worst without being interruptible. */
  blockingMs(size: Size, output: Output<Kind>): number;
}

export interface RowsCraft<Kind extends Encoding> extends AnyEncoderCraft<Kind> {
  readonly takes: "rows";
  /** Bytes that no file of this size is longer than. */
  mostBytes(size: Size, output: Output<Kind>): number;
  /** Milliseconds that the whole file of a photograph takes. */
  workMs(size: Size, output: Output<Kind>): number;
}

/** Its file is whole when there is anything of it, and in `memory`. */
export interface RasterCraft<Kind extends Encoding> extends AnyEncoderCraft<Kind> {
  readonly takes: "raster";
}

export interface EncoderMemory {
  /** In the arena of the kernels. */
  readonly kernels: number;
  readonly beside: number;
  /** What of it, beside the kernels, is memory of a codec. */
  readonly uses?: CodecUse | undefined;
}

/** What an encoder can make at most. */
export interface EncoderLimits {
  readonly maxSide: number;
  readonly maxPixels: number;
}
