/**
 * `npm run bench`: runs all parts of the bench and writes docs/bench.md and a table of the README; `npm run bench -- read jpeg` runs those alone,
 * and `--quick` makes fewer runs; neither writes. Ends with 1 where a bar does not hold.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ROOT } from "../scripts/local/bundle.ts";
import { fail } from "../scripts/local/console.ts";
import { between } from "../scripts/local/marked.ts";
import { catalog } from "./catalog.ts";
import { documentOf } from "./document.ts";
import { encode } from "./encode.ts";
import { jpeg } from "./jpeg.ts";
import { jpegSizes } from "./jpeg-sizes.ts";
import { memory } from "./memory.ts";
import { type Findings, type Part, progress } from "./part.ts";
import { png } from "./png.ts";
import { prices } from "./prices.ts";
import { read } from "./read.ts";
import { textOf } from "./runners.ts";
import { standardJob } from "./standard-job.ts";
import { steps } from "./steps.ts";

const PARTS: Readonly<Record<string, Part>> = {
  ...{ read, catalog, jpeg, jpegSizes, png, encode },
  standard: standardJob,
  ...{ steps, memory, prices },
};

const { values, positionals } = parseArgs({
  options: { quick: { type: "boolean", default: false } },
  allowPositionals: true,
});
const unknown = positionals.find((name) => PARTS[name] === undefined);
if (unknown !== undefined)
  fail(`no part of the bench is called ${unknown}: there are ${Object.keys(PARTS).join(", ")}`);

const found = new Map<Part, Findings>();
for (const [name, part] of Object.entries(PARTS)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  console.error(part.title);
  const started = performance.now();
  const findings = await part.run({ quick: values.quick }).catch((cause) => fail(textOf(cause)));
  found.set(part, findings);
  progress(`${((performance.now() - started) / 1000).toFixed(0)} s`);
  console.log(`\n${part.title}\n\n${findings.markdown}\n`);
}

const bars = [...found.values()].flatMap((findings) => findings.bars);
for (const { name, wants, got, holds } of bars)
  console.log([`${holds ? "holds" : "FAILS"}  ${name}: ${got}`, wants].filter(Boolean).join(", wants "));
if (found.size === Object.keys(PARTS).length && !values.quick) {
  writeFileSync(join(ROOT, "docs/bench.md"), documentOf(found));
  for (const { readme } of found.values()) if (readme !== undefined) writeReadme(readme);
}
if (bars.some(({ holds }) => !holds)) fail("\nA bar does not hold.");

function writeReadme({ mark, markdown }: NonNullable<Findings["readme"]>): void {
  const path = join(ROOT, "README.md");
  writeFileSync(path, between(readFileSync(path, "utf8"), { mark, writer: "bench/run.ts" }, markdown));
}
