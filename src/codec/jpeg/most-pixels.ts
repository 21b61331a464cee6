import type { SourceFacts } from "../../plan/facts.ts";

/** Pixels of a block, across and down together. */
const BLOCK_PIXELS = 64;

/**
 * Pixels that a file of so many bytes can hold at most. A block has at least one bit in its first scan, and a bit more
 * where all its coefficients come at once; damaged data aside, nothing shortens that. Source: ITU-T T.81, F.1.2, G.1.2.
 */
export function mostPixelsOf({ jpeg }: SourceFacts, bytes: number): number {
  if (jpeg === undefined) return Number.POSITIVE_INFINITY;
  const { sampling, wholeFile } = jpeg;
  const blocks = sampling.map(({ across, down }) => across * down);
  const unit = Math.max(...sampling.map(({ across }) => across)) * Math.max(...sampling.map(({ down }) => down));
  // The scans that are there may be those of one component.
  const [least, bits] = wholeFile ? [Math.min(...blocks), 1] : [blocks.reduce((sum, count) => sum + count, 0), 2];
  return Math.floor((bytes * 8 * BLOCK_PIXELS * unit) / (least * bits));
}
