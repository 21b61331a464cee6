import { machine } from "./machine.ts";
import { type Findings, type Part, table } from "./part.ts";
import { peerVersion } from "./peers/load.ts";
import { PIPELINE_NAMES, PIPELINES } from "./pipelines.ts";

/** docs/bench.md. Nothing in it says whose machine it was, or where things lie there. */
export function documentOf(found: ReadonlyMap<Part, Findings>): string {
  const bars = [...found.values()].flatMap((findings) => findings.bars);
  const sections = [...found].map(([{ title }, { markdown }]) => `## ${title}\n\n${markdown}\n`);
  return `<!-- Written by bench/run.ts: \`npm run bench\`. -->
# Measurements

${new Date().toISOString().slice(0, 10)}, ${machine()}.

${METHOD}

## Bars

${table(
  ["bar", "wants", "got", ""],
  bars.map(({ name, wants, got, holds }) => [name, wants, got, holds ? "holds" : "**fails**"]),
)}

${sections.join("\n")}
## What is compared

${table(["pipeline", "packages", "what it is"], pipelines())}
`;
}

const METHOD = `Times are compared in pairs: what is measured and what it is measured by take turns, at least 31 times where there is a bar,
and the median of the ratios is told with their quartiles. A bar fails when the lower quartile is beyond it. All run in
one run on the same files, one thread each; the large files are made of one photograph by \`bench/make-sources.ts\`.`;

function pipelines(): readonly (readonly string[])[] {
  return PIPELINE_NAMES.map((name) => {
    const { packages, about } = PIPELINES[name];
    return [name, packages.map((one) => `${one} ${peerVersion(one)}`).join(", "), about];
  });
}
