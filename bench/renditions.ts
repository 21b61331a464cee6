import { statSync } from "node:fs";
import type { BenchWorker } from "./bench-worker.ts";
import { type Compared, type Comparison, compare, WIDTHS } from "./compare.ts";
import type { Output } from "./job.ts";
import { type Options, table } from "./part.ts";
import { MEASURE } from "./runners.ts";
import { fileName, pathOf, type SourceName, sourceOf } from "./sources.ts";

/** The forms in which renditions are compared, and how tables call them. */
const KINDS = {
  raster: "decoded and resampled",
  jpeg: "decoded, resampled and encoded",
} as const satisfies Partial<Record<Output, string>>;
type Kind = keyof typeof KINDS;

/** Compares the pipelines on each of these sources: a section a source, and what went wrong, a sentence each. */
export async function compareSources(
  sources: readonly SourceName[],
  kinds: readonly Kind[],
  worker: BenchWorker,
  options: Options,
): Promise<{ readonly sections: readonly string[]; readonly troubles: readonly string[] }> {
  const comparisons = new Map<SourceName, Comparison>();
  for (const source of sources) comparisons.set(source, await compare(source, kinds, worker, options));
  const troubles = [...comparisons.values()].flatMap((comparison) => comparison.troubles);
  return {
    sections: [...comparisons].map(([source, { rows }]) => sectionOf(source, kinds, rows)),
    troubles: [...new Set(troubles)],
  };
}

function sectionOf(source: SourceName, kinds: readonly Kind[], rows: readonly Compared[]): string {
  const { size } = sourceOf(source);
  const bytes = statSync(pathOf(source)).size;
  const file = `\`${fileName(source)}\`: ${size.width} × ${size.height}, ${formOf(source)}, ${bytes} bytes.`;
  return [`### ${source}`, file, ...kinds.map((kind) => tableOf(kind, rows))].join("\n\n");
}

/** `baseline`, or `RGB, filters chosen for each row, interlaced` */
function formOf(source: SourceName): string {
  const { png, progressive = false } = sourceOf(source);
  if (png === undefined) return progressive ? "progressive" : "baseline";
  const filters = png.adaptive ? "filters chosen for each row" : "filter None";
  return [png.colours, filters, ...(png.interlaced === true ? ["interlaced"] : [])].join(", ");
}

/** A row a pipeline: its times, and what else is known of the renditions, at each width. */
function tableOf(kind: Kind, all: readonly Compared[]): string {
  const rows = all.filter(({ job }) => job.output === kind);
  const widths = WIDTHS.filter((width) => rows.some(({ job }) => job.size.width === width));
  const columns: Readonly<Record<string, (cells: Cells) => string>> = {
    ...Object.fromEntries(widths.map((width, at) => [`→ ${width} px`, (cells: Cells) => timeText(cells[at])])),
    ...(kind === "raster" ? {} : { bytes: (cells) => listOf(cells, ({ bytes }) => String(bytes)) }),
    ...(rows.some(({ psnr }) => psnr !== undefined)
      ? { dB: (cells) => listOf(cells, ({ psnr }) => psnr?.toFixed(1)) }
      : {}),
  };
  const lines = [...new Set(rows.map(({ pipeline }) => pipeline))].map((pipeline) => {
    const cells = widths.map((width) => rows.find((row) => row.pipeline === pipeline && row.job.size.width === width));
    return [pipeline, ...Object.values(columns).map((text) => text(cells))];
  });
  return table([KINDS[kind], ...Object.keys(columns)], lines);
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
