import { expect } from "vitest";
import type { Work } from "../../src/pixels/work.ts";

/** What may be done between two yields. */
const MOST_SAMPLES = 1_100_000;

/** Drives work to its end; the samples it went through. */
export function drive(work: Work): number {
  let sum = 0;
  for (const samples of work) {
    expect(samples).toBeLessThanOrEqual(MOST_SAMPLES);
    sum += samples;
  }
  return sum;
}
