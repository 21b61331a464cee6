import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { imageDataFile } from "./catalog-file.ts";
import { type InWorkerd, loadedInWorkerd } from "./catalog-in-workerd.ts";
import { FEW, type FirstLoading, MANY } from "./catalog-process.ts";
import { inFreshProcess } from "./catalog-tasks.ts";
import { ratioText, roundsOf } from "./pairs.ts";
import { type Bar, megabytes, type Options, type Part, progress, table, unchecked } from "./part.ts";
import { installPeers, peerVersion } from "./peers/load.ts";
import { textOf } from "./runners.ts";
import { median, pairwise } from "./statistics.ts";

const MOST_MS = 1000;
const MOST_HELD = 24e6;
/** Both do the same work; of 9 MB of records fewer are in the processor's caches than of 90 KB. */
const MOST_RATIO = 1.5;
/**
 * Young garbage lies in a space that V8 makes as large as it likes, up to 67 MB here: how much of it there is at most says nothing of what
 * loading needs. In 1 MB it is taken away as it comes.
 */
const SMALL_YOUNG_SPACE = ["--max-semi-space-size=1"];
/** Fresh processes, of which the median counts. */
const PROCESSES = 5;
const QUICK_PROCESSES = 1;
const COUNT = MANY.toLocaleString("en");

/** What catalogs cost: loading a large file of image data, holding it, and looking records up. */
export const catalog: Part = {
  title: "Loading image data",
  async run(options) {
    const trouble = installPeers();
    const file = imageDataFile(MANY);
    const inWorkerd = await loadedInWorkerd(imageDataFile(FEW), file, processes(options));
    const ours = await firstLoadings("ours", file, options);
    const paragraphs = [
      `A generated file of ${COUNT} records as shops have them, ${megabytes(file.length)}: 20 columns, most of them empty. All is ` +
        "checked while it is loaded; the file's bytes are kept, and a record is read when it is looked up.",
    ];
    const bars = [loadingBar("in workerd", inWorkerd), loadingBar("in Node", ours), ...memoryBars(ours)];
    try {
      if (trouble !== undefined) throw new Error(trouble);
      const theirs = await firstLoadings("papaparse", file, options);
      paragraphs.push(comparedWith(ours, theirs, inWorkerd), await inTurns(options));
    } catch (cause) {
      paragraphs.push(`papaparse does not run here: ${textOf(cause)}.`);
    }
    const { text, bar } = await lookedUp(options);
    return { markdown: [...paragraphs, text].join("\n\n"), bars: [...bars, bar] };
  },
};

async function firstLoadings(
  name: "ours" | "papaparse",
  file: Uint8Array,
  options: Options,
): Promise<readonly FirstLoading[]> {
  progress(`first loadings in Node: ${name}`);
  const folder = mkdtempSync(join(tmpdir(), "fixative-bench-"));
  const asked = { name, path: join(folder, "images.txt") };
  const loadings: FirstLoading[] = [];
  try {
    writeFileSync(asked.path, file);
    while (loadings.length < processes(options)) {
      const { peak } = await inFreshProcess("firstLoading", asked, SMALL_YOUNG_SPACE);
      loadings.push({ ...(await inFreshProcess("firstLoading", asked)), peak });
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return loadings;
}

function processes({ quick }: Options): number {
  return quick ? QUICK_PROCESSES : PROCESSES;
}

function loadingBar(where: string, loadings: readonly { readonly ms: number }[]): Bar {
  const got = median(loadings.map(({ ms }) => ms));
  return {
    name: `CPU of loading ${COUNT} records the first time, ${where}`,
    wants: `≤ ${MOST_MS} ms`,
    got: `${got.toFixed(0)} ms`,
    holds: got <= MOST_MS,
  };
}

function memoryBars(loadings: readonly FirstLoading[]): readonly Bar[] {
  const file = megabytes(loadings[0]?.fileBytes ?? 0);
  return [
    memoryBar(`memory that ${COUNT} records hold, with the file of ${file}`, median(loadings.map(({ held }) => held))),
    memoryBar(`peak of memory while they are loaded, with the file`, median(loadings.map(({ peak }) => peak))),
  ];
}

function memoryBar(name: string, got: number): Bar {
  if (Number.isNaN(got)) return unchecked(name, "this system does not tell what processes hold");
  return { name, wants: `≤ ${megabytes(MOST_HELD)}`, got: megabytes(got), holds: got <= MOST_HELD };
}

function comparedWith(
  ours: readonly FirstLoading[],
  theirs: readonly FirstLoading[],
  inWorkerd: readonly InWorkerd[],
): string {
  const row = (name: string, loadings: readonly FirstLoading[]) => [
    name,
    `${median(loadings.map(({ ms }) => ms)).toFixed(0)} ms`,
    megabytes(median(loadings.map(({ held }) => held))),
    megabytes(median(loadings.map(({ peak }) => peak))),
  ];
  return [
    table(
      ["first loading in a fresh process", "CPU", "held", "peak"],
      [
        row("ours in Node", ours),
        ["ours in workerd", `${median(inWorkerd.map(({ ms }) => ms)).toFixed(0)} ms`, "", growthText(inWorkerd)],
        row(`papaparse ${peerVersion("papaparse")} and a Map of objects`, theirs),
      ],
    ),
    "",
    `Medians of ${ours.length}. CPU is that of all threads of the process, in workerd with that of receiving the file. *Held* is the growth of the heap ` +
      "and of what is beside it after a collection, *peak* the most by which resident memory grew; the file's bytes count in both where they are " +
      "still needed, as ours are. The peak in Node is measured with a young generation of 1 MB, which V8 makes up to 67 MB large otherwise; " +
      "that in workerd is as it comes. papaparse checks nothing.",
  ].join("\n");
}

function growthText(loadings: readonly InWorkerd[]): string {
  const [peak, receiving] = [median(loadings.map((one) => one.peak)), median(loadings.map((one) => one.receiving))];
  return `${megabytes(peak)} (receiving the file alone ${megabytes(receiving)})`;
}

async function inTurns(options: Options): Promise<string> {
  progress("loadings in turns");
  const [ours = [], theirs = []] = await inFreshProcess("loadings", roundsOf(options));
  return (
    `Loaded again and again in one process, in turns, ours takes ${median(ours).toFixed(0)} ms of CPU and papaparse ` +
    `${median(theirs).toFixed(0)} ms: ${ratioText(pairwise(ours, theirs))}.`
  );
}

async function lookedUp(options: Options): Promise<{ readonly text: string; readonly bar: Bar }> {
  progress("look-ups");
  const name = `a look-up among ${COUNT} records, to one among ${FEW}`;
  try {
    const [many = [], few = []] = await inFreshProcess("lookUps", roundsOf(options));
    const ratio = pairwise(many, few);
    const perSecond = (times: readonly number[]) => Math.round(1e9 / median(times)).toLocaleString("en");
    return {
      text:
        `A look-up reads the whole record: ${(median(many) / 1000).toFixed(1)} µs among ${COUNT} records and ` +
        `${(median(few) / 1000).toFixed(1)} among ${FEW}, which makes ${perSecond(many)} and ${perSecond(few)} a second.`,
      bar: { name, wants: `≤ ${MOST_RATIO}`, got: ratioText(ratio), holds: ratio.lower <= MOST_RATIO },
    };
  } catch (cause) {
    return { text: "", bar: unchecked(name, textOf(cause)) };
  }
}
