import type { Kernels } from "../src/pixels/kernels.ts";
import { KernelPool } from "../src/pixels/pool.ts";
import { filledRaster, type Raster, releaseRaster } from "../src/pixels/raster.ts";
import type { Step } from "../src/plan/steps.ts";
import { makesRaster } from "../src/plan/steps.ts";
import { stepInto, stepOnto } from "../src/render/steps.ts";
import { MODULES } from "../test/support/wasm-modules.ts";
import { makeSources } from "./make-sources.ts";
import { type Options, type Part, progress, table } from "./part.ts";
import { installPeers } from "./peers/load.ts";
import { loadSharp, type SharpMaker } from "./peers/sharp.ts";
import { psnr } from "./reference.ts";
import { textOf } from "./runners.ts";
import { inRounds, median, pairwise, type Quartiles, type Rounds } from "./statistics.ts";
import { STEP_JOBS, type StepJob, type Way } from "./step-jobs.ts";
import { type Subject, stepSubjects } from "./step-rasters.ts";

/** Pairs, fewer where one takes long. */
const PAIRS: Rounds = { most: 15, budgetMs: 4000, least: 5 };
const QUICK_PAIRS: Rounds = { most: 7, budgetMs: 2000, least: 3 };
/** Pairs before those that count: code is compiled better while it runs. */
const WARM_UP: Rounds = { most: 20, budgetMs: 1000, least: 2 };
/** The subject on which results are compared: opaque, so that all their pixels are seen. */
const LIKENESS_ON = "2 MP";

/** Steps that renders take on their rasters, and nothing else of a render. Told, not checked: there are no bars. */
export const steps: Part = {
  title: "Steps on rasters",
  async run(options) {
    const notes = [installPeers(), ...(await makeSources())].filter((note) => note !== undefined);
    const sharp = await loadSharp().catch((cause: unknown) => {
      notes.push(`sharp does not run here: ${textOf(cause)}.`);
    });
    if (sharp === undefined) return { markdown: notes.join("\n\n"), bars: [] };
    const pool = new KernelPool(MODULES.kernels);
    const subjects = await stepSubjects(sharp);
    const rows: Row[] = [];
    for (const job of STEP_JOBS) {
      for (const way of job.ways) rows.push(await compareStep({ job, way, pool, sharp }, subjects, options));
    }
    return { markdown: markdownOf(subjects, rows, notes), bars: [] };
  },
};

interface Pairing {
  readonly job: StepJob;
  readonly way: Way;
  readonly pool: KernelPool;
  readonly sharp: SharpMaker;
}

interface Row extends Pairing {
  readonly cells: readonly Cell[];
  /** Decibels, between the two results; undefined where they are not of one size. */
  readonly likeness: number | undefined;
}

interface Cell {
  readonly ours: number;
  readonly theirs: number;
  readonly ratio: Quartiles;
}

/** One step in one way of sharp's, on every subject: in turns with ours. */
async function compareStep(pairing: Pairing, subjects: readonly Subject[], { quick }: Options): Promise<Row> {
  const cells: Cell[] = [];
  let likeness: number | undefined;
  for (const subject of subjects) {
    progress(`${pairing.job.name}, ${pairing.way.name}, ${subject.name}`);
    if (subject.name === LIKENESS_ON) likeness = await likenessOf(pairing, subject);
    const runs = [timerOfOurs(pairing, subject), timerOfTheirs(pairing, subject)];
    await inRounds(runs, WARM_UP);
    const [ours = [], theirs = []] = await inRounds(runs, quick ? QUICK_PAIRS : PAIRS);
    cells.push({ ours: median(ours), theirs: median(theirs), ratio: pairwise(ours, theirs) });
  }
  return { ...pairing, cells, likeness };
}

/** The pixels are copied before the clock runs: most steps work in place. */
function timerOfOurs({ job, pool }: Pairing, { raster }: Subject): () => Promise<number> {
  const step = job.step(raster.size);
  const work: Raster = { size: raster.size, data: new Uint8Array(raster.data.length) };
  return async () => {
    work.data.set(raster.data);
    const started = performance.now();
    const result = await taken(step, work, pool);
    const ms = performance.now() - started;
    if (result !== work) releaseRaster(result);
    return ms;
  };
}

function timerOfTheirs(pairing: Pairing, subject: Subject): () => Promise<number> {
  return async () => {
    const started = performance.now();
    await madeBySharp(pairing, subject).raw().toBuffer();
    return performance.now() - started;
  };
}

/** The raster after a step, as a render takes it, but without its pauses. */
async function taken(step: Step, raster: Raster, pool: KernelPool): Promise<Raster> {
  const result = makesRaster(step) ? filledRaster(step.size, undefined) : raster;
  async function* driven(kernels: Kernels) {
    const work = makesRaster(step)
      ? stepInto(kernels, raster, result, step)
      : stepOnto(kernels, raster, step, undefined);
    while (!work.next().done);
    yield result;
  }
  for await (const _ of pool.lendTo(driven));
  return result;
}

function madeBySharp({ way, sharp }: Pairing, { raster, picture: { pixels, channels } }: Subject) {
  return way.take(sharp(pixels, { raw: { ...raster.size, channels } }));
}

async function likenessOf(pairing: Pairing, subject: Subject): Promise<number | undefined> {
  const { size, data } = subject.raster;
  const ours = await taken(pairing.job.step(size), { size, data: data.slice() }, pairing.pool);
  const theirs = await madeBySharp(pairing, subject).removeAlpha().raw().toBuffer();
  return theirs.length === (ours.data.length / 4) * 3 ? psnr(ours.data, 4, Float64Array.from(theirs)) : undefined;
}

const METHOD = `A step on a raster that lies in memory: nothing is decoded or encoded. Ours runs in Node, on kernels that the pool lends, and
is driven to its end without pauses; sharp takes the same pixels, and gives pixels. Both are warm and take turns in one
process. A cell is the median time of ours, that of sharp, both in milliseconds, the median of the ratios of ours to sharp's
in the same round with their quartiles, and the number of pairs, which are fewer where one takes long. *dB* tells how near
the two results are on the opaque 2 MP; below the table stands what sets them apart. Ours works in place, on a copy that is made before the clock
runs, and makes a new raster for a turn only; sharp always makes a picture. Rasters of ours are RGBA; sharp gets an opaque
one as RGB, which spares it a quarter and the premultiplying. What has alpha is a disc with a soft edge.`;

function markdownOf(subjects: readonly Subject[], rows: readonly Row[], notes: readonly string[]): string {
  const head = ["step", "sharp's", ...subjects.map(({ name }) => name), "dB"];
  const lines = rows.map(({ job, way, cells, likeness }) => {
    return [job.name, way.name, ...cells.map(cellText), likenessText(likeness)];
  });
  const differences = new Map(rows.map(({ way }) => [way.name, way.differs]));
  const sizes = subjects.map(({ name, raster: { size } }) => `${name} is ${size.width} × ${size.height}`);
  const list = [...[...differences].map(([name, differs]) => `${name}: ${differs}.`), `${sizes.join(", ")}.`, ...notes];
  return [METHOD, table(head, lines), list.map((note) => `- ${note}`).join("\n")].join("\n\n");
}

function cellText({ ours, theirs, ratio: { lower, median, upper, count } }: Cell): string {
  const ratio = `${median.toFixed(2)} (${lower.toFixed(2)}–${upper.toFixed(2)})`;
  return `${ours.toFixed(1)} / ${theirs.toFixed(1)}; ${ratio} ×${count}`;
}

function likenessText(decibels: number | undefined): string {
  if (decibels === undefined) return "–";
  return Number.isFinite(decibels) ? decibels.toFixed(1) : "the same";
}
