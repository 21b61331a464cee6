import { Deflation } from "../../src/codec/png-encoder/deflation.ts";
import type { Kernels } from "../../src/pixels/kernels.ts";
import type { Effort } from "../../src/plan/output.ts";

export const EFFORTS: readonly Effort[] = ["fast", "small"];

/** How bytes are deflated: in which pieces they come. */
export interface Deflating {
  readonly effort: Effort;
  readonly piece?: () => number;
}

/** Deflates bytes that come in pieces, each from the same place, where the one before lay. */
export function deflated(kernels: Kernels, bytes: Uint8Array, { effort, piece = () => 1_000_000 }: Deflating) {
  const stage = kernels.reserve(Math.min(bytes.length, 1_000_000));
  const deflation = new Deflation(kernels, effort);
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const next = bytes.subarray(at, at + Math.min(piece(), 1_000_000));
    kernels.bytesAt(stage, next.length).set(next);
    pieces.push(...deflation.push(stage, next.length));
    at += next.length;
  }
  pieces.push(...deflation.end());
  return { stream: Buffer.concat(pieces), pieces, steps: deflation.steps };
}
