/** A column of the README's table: a section of docs/bench.md, and what is timed there. */
interface Column {
  readonly says: string;
  /** The heading of the section. */
  readonly section: string;
  /** The first cell of the head of its table. */
  readonly timed: string;
}

const RASTER = "decoded and resampled";
const COLUMNS: readonly Column[] = [
  { says: "JPEG, 12 MP", section: "12 MP", timed: RASTER },
  { says: "progressive, 12 MP", section: "12 MP progressive", timed: RASTER },
  { says: "JPEG, 100 MP", section: "100 MP", timed: RASTER },
  { says: "PNG, 12 MP", section: "12 MP PNG", timed: RASTER },
  { says: "JPEG, 12 MP, and encoded", section: "12 MP", timed: "decoded, resampled and encoded" },
];

/** The rows of the bench, and how the README calls them. */
const PEERS: readonly (readonly [row: string, says: string])[] = [
  ["ours in workerd", "fixative, in workerd"],
  ["sharp", "sharp, native"],
  ["wasm-image-optimization", "wasm-image-optimization"],
  ["@jsquash", "@jsquash"],
  ["@cf-wasm/photon", "@cf-wasm/photon"],
];

const WIDTH = "→ 800 px";

/** Milliseconds of each peer, with the ratio to sharp's of the same round, as docs/bench.md has them: head and rows. */
export function peersIn(bench: string): {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
} {
  const tables = COLUMNS.map(({ section, timed }) => tableIn(sectionOf(bench, section), timed));
  return {
    head: ["milliseconds; × sharp", ...COLUMNS.map(({ says }) => says)],
    rows: PEERS.map(([row, says]) => [says, ...tables.map((cells) => cells.get(row) ?? "–")]),
  };
}

function sectionOf(bench: string, heading: string): string {
  const [, text = ""] = bench.split(`\n### ${heading}\n`);
  return text.split("\n### ")[0] ?? "";
}

/** The cells of one width, by the first cell of their rows. */
function tableIn(section: string, timed: string): ReadonlyMap<string, string> {
  const lines = section.split("\n");
  const from = lines.findIndex((line) => line.startsWith(`| ${timed} |`));
  const rows = lines.slice(Math.max(0, from));
  const end = rows.findIndex((line) => !line.startsWith("|"));
  const [head = [], , ...body] = rows
    .slice(0, end < 0 ? undefined : end)
    .map((line) => line.split("|").map((cell) => cell.trim()));
  const at = head.indexOf(WIDTH);
  return new Map(from < 0 || at < 0 ? [] : body.map((cells) => [cells[1] ?? "", medians(cells[at] ?? "")]));
}

/** `30.0; 0.86 (0.86–0.87) ×18` → `30.0; 0.86`, without quartiles and counts. */
function medians(cell: string): string {
  return cell.replace(/ \([^)]*\)/, "").replace(/ ×\d+$/, "");
}
