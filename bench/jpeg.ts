import { statSync } from "node:fs";
import { type BenchWorker, startBenchWorker } from "./bench-worker.ts";
import { type Compared, type Comparison, compare, WIDTHS } from "./compare.ts";
import type { Output } from "./job.ts";
import { barAgainstSharp, barsOfGrowth, bucketTime, pauseTime } from "./jpeg-bars.ts";
import { makeSources } from "./make-sources.ts";
import { startInNode } from "./node-runner.ts";
import { type Bar, type Options, type Part, table, unchecked } from "./part.ts";
import { installPeers } from "./peers/load.ts";
import { MEASURE, textOf } from "./runners.ts";
import { comparedSources, fileName, pathOf, type SourceName, sourceOf } from "./sources.ts";

/** Renditions of JPEG photographs: how long they take, how large and how good they are, against other libraries. */
export const jpeg: Part = {
  title: "Renditions of JPEG photographs",
  async run(options) {
    const notes = [installPeers()].filter((note) => note !== undefined);
    const worker = await startBenchWorker();
    try {
      notes.push(...(await makeSources()));
      const bars = [await barOnSharp(worker, options), ...(await barsOfGrowth(worker, options))];
      notes.push(await pauseTime(worker, options), await bucketTime(worker, options));
      const comparisons = new Map<SourceName, Comparison>();
      for (const source of options.quick ? QUICK_SOURCES : comparedSources()) {
        comparisons.set(source, await compare(source, worker, options));
      }
      return { markdown: markdownOf(comparisons, notes), bars };
    } finally {
      await worker.stop();
    }
  },
};

const QUICK_SOURCES: readonly SourceName[] = ["12 MP", "100 MP"];

/** The bar that needs sharp, which may not be there. */
async function barOnSharp(worker: BenchWorker, options: Options): Promise<Bar> {
  try {
    const sharp = await startInNode(MEASURE);
    try {
      return await barAgainstSharp(worker, sharp, options);
    } finally {
      await sharp.stop();
    }
  } catch (cause) {
    return unchecked("12 MP photograph → 800 px against sharp", textOf(cause));
  }
}

const KINDS = {
  raster: "decoded and resampled",
  jpeg: "decoded, resampled and encoded",
} as const satisfies Record<Output, string>;
const OUTPUTS = Object.keys(KINDS) as readonly Output[];

const METHOD = `Every file lies in memory before the clock runs; workerd's steps by whole milliseconds. A cell is the median time in
milliseconds, the median of its ratios to sharp's time in the same round with their quartiles, and the number of rounds.
Ours renders without the pauses that it makes for timers; what they take is told at the end of this section. JPEG is of
quality 80 with chroma halved both ways. *Bytes* is the size of the file at each width; *dB* the PSNR at each width, of the
raster or of the file decoded again, to a reference: Lanczos3 in float64 over every pixel that libjpeg-turbo decodes. It is
computed for 8 and 12 MP.`;

function markdownOf(comparisons: ReadonlyMap<SourceName, Comparison>, notes: readonly string[]): string {
  const troubles = [...comparisons.values()].flatMap((comparison) => comparison.troubles);
  const sections = [...comparisons].map(([source, { rows }]) => sectionOf(source, rows));
  return [METHOD, ...sections, [...notes, ...new Set(troubles)].map((note) => `- ${note}`).join("\n")].join("\n\n");
}

function sectionOf(source: SourceName, rows: readonly Compared[]): string {
  const { size, progressive = false } = sourceOf(source);
  const kind = progressive ? "progressive" : "baseline";
  const file = `\`${fileName(source)}\`: ${size.width} × ${size.height}, ${kind}, ${statSync(pathOf(source)).size} bytes.`;
  const tables = OUTPUTS.map((output) => tableOf(output, rows));
  return [`### ${source}`, file, ...tables].join("\n\n");
}

/** A row a pipeline: its times, and what else is known of the renditions, at each width. */
function tableOf(output: Output, all: readonly Compared[]): string {
  const rows = all.filter(({ job }) => job.output === output);
  const widths = WIDTHS.filter((width) => rows.some(({ job }) => job.size.width === width));
  const columns: Readonly<Record<string, (cells: Cells) => string>> = {
    ...Object.fromEntries(widths.map((width, at) => [`→ ${width} px`, (cells: Cells) => timeText(cells[at])])),
    ...(output === "jpeg" ? { bytes: (cells) => listOf(cells, ({ bytes }) => String(bytes)) } : {}),
    ...(rows.some(({ psnr }) => psnr !== undefined)
      ? { dB: (cells) => listOf(cells, ({ psnr }) => psnr?.toFixed(1)) }
      : {}),
  };
  const lines = [...new Set(rows.map(({ pipeline }) => pipeline))].map((pipeline) => {
    const cells = widths.map((width) => rows.find((row) => row.pipeline === pipeline && row.job.size.width === width));
    return [pipeline, ...Object.values(columns).map((text) => text(cells))];
  });
  return table([KINDS[output], ...Object.keys(columns)], lines);
}

/** What a pipeline made at each width. */
type Cells = readonly (Compared | undefined)[];

function listOf(cells: Cells, text: (cell: Compared) => string | undefined): string {
  return cells.map((cell) => (cell === undefined ? undefined : text(cell)) ?? "–").join(" / ");
}

function timeText(cell: Compared | undefined): string {
  if (cell === undefined) return "–";
  const { lower, median, upper, count } = cell.ratio;
  const ratio = cell.pipeline === MEASURE ? "" : `; ${median.toFixed(2)} (${lower.toFixed(2)}–${upper.toFixed(2)})`;
  return `${cell.ms.toFixed(1)}${ratio} ×${count}`;
}
