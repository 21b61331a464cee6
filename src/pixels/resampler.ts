import type { Rect } from "../plan/size.ts";
import { FROM_PIXELS, type Intake, type Outlet, TO_PIXELS } from "./ends.ts";
import { blockBytes, type Kernels } from "./kernels.ts";
import { levelsOfLight, lightOfLevels } from "./light.ts";
import { type Block, type Passes, passesOf } from "./passes.ts";
import type { Resampling } from "./resampling.ts";
import { Ring } from "./ring.ts";
import type { Strip } from "./strip.ts";
import { tapsOf } from "./taps.ts";

/** Strips of RGBA8 in, from the top; resampled rows of RGBA8 out, from the top. */
export type Resampler = Stage<Strip, Uint8Array>;

/** The same for strips and rows of any kind. */
export interface Stage<In extends Strip, Row> {
  /** The part of the decoded picture that is needed, in whole pixels; strips must cover its columns, and its rows in order. */
  readonly wanted: Rect;
  /**
   * Takes the rows of a strip that are wanted, and yields the rows finished by them: views of the kernels' memory, each
   * valid until the next is taken. With the last wanted row comes the last of the result.
   *
   * Works while it is iterated over, so all must be taken, whether or not there are any, before the strip is gone.
   *
   * @throws Error where wanted rows were left out
   */
  push(strip: In): Iterable<Row>;
}

/**
 * A separable, row-streaming resampler: horizontal first, four rows at once, in sixteen bits.
 *
 * Pixels become cells (`CellBatch`), cells become rows of output width in a ring, and the ring's rows become output rows
 * (`Ring`). It holds some rows of the source's width and as many of output width as the filter overlaps, however large
 * the picture: never more than `resamplerBytes` says, quality mode or not.
 */
export function resampler(kernels: Kernels, resampling: Resampling): Resampler {
  return stageOf(kernels, resampling, FROM_PIXELS, TO_PIXELS);
}

/** A resampler of which the rows come from another one, or go to another one, as floats. */
export function stageOf<In extends Strip, Row>(
  kernels: Kernels,
  resampling: Resampling,
  from: Intake<In>,
  to: Outlet<Row>,
): Stage<In, Row> {
  const { alpha, linear } = resampling;
  const passes = passesOf(resampling, { fromFloats: from.floats, toFloats: to.floats });
  const { across, down, wanted } = passes;
  const at = reserveBlocks(kernels, passes);

  const columns = tapsOf(across.axis, across.filter, across.reach);
  const rows = tapsOf(down.axis, down.filter, down.reach);
  const place = (address: number, values: Uint32Array | Int16Array | Float32Array | Uint8Array) =>
    kernels.bytesAt(address, values.byteLength).set(new Uint8Array(values.buffer));
  place(at("acrossStarts"), columns.starts);
  place(at("acrossWeights"), columns.weights);
  place(at("downWeights"), rows.weights);
  if (linear && !from.floats) place(at("curve"), lightOfLevels());
  if (linear && !to.floats) place(at("levels"), levelsOfLight());

  const batch = from.batch(kernels, passes, alpha, {
    cells: at("cells"),
    sums: at("sums"),
    curve: linear ? at("curve") : 0,
  });
  const ring = new Ring(kernels, passes, rows, {
    ring: at("ring"),
    pairs: at("pairs"),
    downWeights: at("downWeights"),
    mixed: at("mixed"),
    levels: linear ? at("levels") : 0,
    finished: at("finished"),
  });

  function weighBatch(): void {
    const { blended, shift } = batch.take();
    const { taps } = across.reach;
    const outputs = across.axis.outputs;
    const [upper, lower] = ring.free;
    kernels.run.weighAcross(at("cells"), upper, lower, at("acrossStarts"), at("acrossWeights"), taps, outputs, shift);
    ring.advance(alpha && blended);
  }

  function* completeBatch(): Generator<Row> {
    if (!batch.full) return;
    weighBatch();
    yield* to.rows(ring);
  }

  /** The rows of cells that repeat a pixel row only. */
  function* repeat(row: number, strip: In, times: number): Generator<Row> {
    for (let time = 0; time < times; time++) {
      batch.repeat(row, strip);
      yield* completeBatch();
    }
  }

  const taken = from.rows(passes);
  let next = taken.first;
  let finished = false;
  return {
    wanted,
    *push(strip) {
      const { x, y, address, stride } = strip;
      const end = Math.min(y + strip.rows, taken.end);
      if (next < end && y > next) throw new Error(`rows ${next} … ${y - 1} were left out`);
      const rowAt = (row: number) => address + (row - y) * stride + (wanted.x - x) * from.pixel;
      if (next < end && next === taken.first) yield* repeat(rowAt(next), strip, taken.leading);
      while (next < end) {
        const count = Math.min(end - next, batch.missing);
        batch.add(rowAt(next), strip, count);
        next += count;
        yield* completeBatch();
      }
      if (finished || next < taken.end) return;
      finished = true;
      const last = rowAt(taken.end - 1);
      if (batch.begun) batch.repeat(last, strip);
      yield* completeBatch();
      yield* repeat(last, strip, taken.trailing);
      // What the rest of a batch holds has no weight.
      if (!batch.empty) weighBatch();
      yield* to.rows(ring);
    },
  };
}

/** Bytes of the arena that `resampler` reserves: for the budget, before anything is reserved. */
export function resamplerBytes(resampling: Resampling): number {
  return stageBytes(resampling, FROM_PIXELS, TO_PIXELS);
}

/** The same of `stageOf`. */
export function stageBytes(
  resampling: Resampling,
  from: Pick<Intake<never>, "floats">,
  to: Pick<Outlet<unknown>, "floats">,
): number {
  const { bytes } = passesOf(resampling, { fromFloats: from.floats, toFloats: to.floats });
  return Object.values(bytes).reduce((sum, bytes) => sum + blockBytes(bytes), 0);
}

/** Reserves all blocks; where each of them lies. */
function reserveBlocks(kernels: Kernels, { bytes }: Passes): (block: Block) => number {
  const addresses = new Map(Object.entries(bytes).map(([block, size]) => [block, kernels.reserve(blockBytes(size))]));
  return (block) => addresses.get(block) ?? 0;
}
