import { Fault } from "../faults.ts";
import type { SourceFacts } from "./facts.ts";
import type { Encoding, Output } from "./output.ts";
import type { Decode, EncoderLimits, Resample } from "./plan.ts";
import { pixelCount, type Rect, type Size } from "./size.ts";

/** A source file as far as planning needs to know it. */
export interface SourceFile {
  readonly facts: SourceFacts;
  /** Its length. */
  readonly bytes: number;
}

/** What those can do who carry a plan out, and the bytes that it takes them. */
export interface Craft {
  readonly decoders: Readonly<Record<SourceFacts["format"], DecoderCraft>>;
  readonly encoders: { readonly [Kind in Encoding]: EncoderCraft<Kind> };
  /** Bytes of kernel memory. */
  resamplerBytes(resample: Resample, alpha: boolean): number;
}

export interface DecoderCraft {
  /** The sizes at which it can decode, rising: one pixel for `shrink` × `shrink` in the file. */
  readonly shrinks: readonly Decode["shrink"][];
  memory(
    facts: SourceFacts,
    bytes: number,
    decoding: Decode & { readonly wanted: Rect },
  ): { readonly kernels: number; readonly beside: number };
}

export interface EncoderCraft<Kind extends Encoding> {
  readonly limits: EncoderLimits;
  memory(size: Size, output: Output<Kind>): number;
}

/** Bytes that carrying a plan out holds at most, by what holds them. */
export interface Peak {
  readonly kernels: number;
  /** Beside the kernels while decoding: a file that must be there as a whole. */
  readonly source: number;
  readonly raster: number;
  readonly encoder: number;
  /** At the worse of two times: while decoding, and while encoding. */
  readonly total: number;
}

const BYTES_A_PIXEL = 4;

export function peakOf(
  { facts, bytes }: SourceFile,
  { decode, resample, view, output }: { decode: Decode; resample: Resample; view: { size: Size }; output: Output },
  craft: Craft,
): Peak {
  // Memory depends on how wide a picture is decoded, and hardly on which part of it.
  const wanted = { x: 0, y: 0, width: Math.ceil(resample.source.width), height: Math.ceil(resample.source.height) };
  const decoder = craft.decoders[facts.format].memory(facts, bytes, { ...decode, wanted });
  const kernels = decoder.kernels + craft.resamplerBytes(resample, facts.alpha);
  const raster = pixelCount(view.size) * BYTES_A_PIXEL;
  const encoder = encoderBytes(craft, view.size, output);
  return {
    kernels,
    source: decoder.beside,
    raster,
    encoder,
    total: kernels + raster + Math.max(decoder.beside, encoder),
  };
}

function encoderBytes<Kind extends Encoding>({ encoders }: Craft, size: Size, output: Output<Kind>): number {
  return encoders[output.encoder].memory(size, output);
}

/** @throws Fault `memoryBudget` with the numbers, where the peak is above the budget */
export function refuseAbove(budget: number, { total, kernels, source, raster, encoder }: Peak): void {
  if (total <= budget) return;
  const parts = [`source ${source}`, `kernels ${kernels}`, `raster ${raster}`, `encoder ${encoder}`].join(", ");
  throw new Fault("memoryBudget", `${total} bytes (${parts}), at most ${budget}`, { mayBeTold: true });
}
