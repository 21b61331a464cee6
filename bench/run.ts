/**
 * `npm run bench`: runs all parts of the bench and writes docs/bench.md; `npm run bench -- read jpeg` runs those alone,
 * and `--quick` makes fewer runs; neither writes. Ends with 1 where a bar does not hold.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ROOT } from "../scripts/local/bundle.ts";
import { fail } from "../scripts/local/console.ts";
import { documentOf } from "./document.ts";
import { jpeg } from "./jpeg.ts";
import { memory } from "./memory.ts";
import type { Findings, Part } from "./part.ts";
import { read } from "./read.ts";
import { textOf } from "./runners.ts";
import { steps } from "./steps.ts";

const PARTS: Readonly<Record<string, Part>> = { read, jpeg, steps, memory };

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
  const findings = await part.run({ quick: values.quick }).catch((cause) => fail(textOf(cause)));
  found.set(part, findings);
  console.log(`\n${part.title}\n\n${findings.markdown}\n`);
}

const bars = [...found.values()].flatMap((findings) => findings.bars);
for (const { name, wants, got, holds } of bars)
  console.log([`${holds ? "holds" : "FAILS"}  ${name}: ${got}`, wants].filter(Boolean).join(", wants "));
if (found.size === Object.keys(PARTS).length && !values.quick) {
  writeFileSync(join(ROOT, "docs/bench.md"), documentOf(found));
}
if (bars.some(({ holds }) => !holds)) fail("\nA bar does not hold.");
