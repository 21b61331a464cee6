import { ZIGZAG } from "../oracle/jpeg-annex-k.ts";
import { type BlockGrid, type Frame, type FrameComponent, gridOf } from "../oracle/jpeg-scan.ts";
import type { JpegSpec } from "./jpeg-writer.ts";
import { randomNumbers } from "./random.ts";

/** Sampling factors of each component: `2x2,1x1,1x1`. */
export type Sampling = string;

/** What most JPEGs have, and some of the rest. */
export const SAMPLINGS = ["1x1", "1x1,1x1,1x1", "2x1,1x1,1x1", "1x2,1x1,1x1", "2x2,1x1,1x1"] as const;

export interface PictureSpec extends Partial<Omit<JpegSpec, "components" | "grids">> {
  readonly sampling?: Sampling;
  readonly ids?: readonly number[];
  readonly seed?: number;
  /** Step of all coefficients. */
  readonly step?: number;
}

/**
 * A picture with something to see at every frequency: waves, edges and noise, different in each component.
 *
 * What pads it to whole blocks goes on like the rest, so that nobody may take padding for the last row or column.
 */
export function pictureSpec(spec: PictureSpec): JpegSpec {
  const { size = { width: 20, height: 20 }, sampling = "2x2,1x1,1x1", seed = 1, step = 8 } = spec;
  const quantisers =
    spec.quantisers ?? [0, 1].map((number) => ({ number, steps: ZIGZAG.map((_, k) => step + (k >> 2)) }));
  const components = componentsOf(sampling, spec.ids);
  const frame = { progressive: false, size, components };
  const grids = components.map((component, at) => {
    const steps = quantisers.find(({ number }) => number === component.quantiser)?.steps ?? [];
    return transformed(frame, component, steps, samplesOf(seed * 10 + at));
  });
  return { ...spec, size, quantisers, components, grids };
}

export function componentsOf(sampling: Sampling, ids?: readonly number[]): readonly FrameComponent[] {
  return sampling.split(",").map((factors, at) => {
    const [h = 1, v = 1] = factors.split("x").map(Number);
    return { id: ids?.[at] ?? at + 1, h, v, quantiser: at === 0 ? 0 : 1 };
  });
}

type SampleAt = (x: number, y: number) => number;

function samplesOf(seed: number): SampleAt {
  const next = randomNumbers(seed);
  const [across, down, phase, edge] = [next() * 0.4, next() * 0.4, next() * 6, 4 + next() * 12];
  const noise = Float64Array.from({ length: 31 * 37 }, () => next() * 40 - 20);
  return (x, y) => {
    const wave = 60 * Math.sin(across * x + down * y + phase);
    const step = (x + y) % (2 * edge) < edge ? 40 : -40;
    return Math.min(255, Math.max(0, 128 + wave + step + (noise[(y % 31) * 37 + (x % 37)] ?? 0)));
  };
}

/** The forward DCT, by its definition, of all blocks. Source: ITU-T T.81, A.3.3 and A.3.4. */
function transformed(frame: Frame, component: FrameComponent, steps: readonly number[], sampleAt: SampleAt): BlockGrid {
  const { across, down } = gridOf(frame, component);
  const blocks = Array.from({ length: across * down }, (_, at) => {
    const [left, top] = [(at % across) * 8, Math.floor(at / across) * 8];
    const samples = ZIGZAG.map((_, place) => sampleAt(left + (place % 8), top + (place >> 3)) - 128);
    return Int16Array.from(ZIGZAG, (place, k) =>
      Math.round(coefficient(samples, place % 8, place >> 3) / (steps[k] ?? 1)),
    );
  });
  return { across, down, blocks };
}

function coefficient(samples: readonly number[], u: number, v: number): number {
  let sum = 0;
  for (const [place, sample] of samples.entries())
    sum += sample * (WAVES[u * 8 + (place % 8)] ?? 0) * (WAVES[v * 8 + (place >> 3)] ?? 0);
  return sum;
}

const WAVES = Float64Array.from({ length: 64 }, (_, at) => {
  const [u, x] = [at >> 3, at % 8];
  return (u === 0 ? Math.SQRT1_2 : 1) * 0.5 * Math.cos(((2 * x + 1) * u * Math.PI) / 16);
});
