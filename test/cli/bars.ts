/**
 * `npm run bars:cli [-- --saves 1000]`: so many saves by the tool against the local Worker, interrupted twice by Ctrl-C and resumed. All must be
 * saved, none twice, none missing; the tool must have sent none twice.
 */
import { parseArgs } from "node:util";
import { fail } from "../../scripts/local/console.ts";
import { LOCAL_VARS, startLocal } from "../../scripts/local/worker.ts";
import { makeTool } from "../support/cli.ts";
import { interruptedSaves } from "../support/interrupted-saves.ts";
import { SAVE_PATH } from "../support/local.ts";
import { pngFile, testPattern } from "../support/pixels.ts";

const { values } = parseArgs({ options: { saves: { type: "string", default: "1000" } } });
const saves = Number(values.saves);
if (!Number.isInteger(saves) || saves < 1) fail(`--saves: wants a number of saves, got ${values.saves}`);

const worker = await startLocal({ vars: LOCAL_VARS, quiet: true });
const tool = makeTool();
const begun = performance.now();
try {
  await worker.saves.put(`${SAVE_PATH}/`, "");
  await worker.sources.put("pattern.png", pngFile(testPattern(80, 60)));
  const { codes, table, rewritten, missing, others, sent } = await interruptedSaves(worker, tool, "pattern", saves, [
    { signal: "SIGINT", share: 1 / 3 },
    { signal: "SIGINT", share: 2 / 3 },
  ]);
  console.log(table);
  console.log(`exit codes ${codes.join(", ")}; ${((performance.now() - begun) / 1000).toFixed(1)} s in all`);
  console.log(
    `sent ${sent} of ${saves}; rewritten ${rewritten.length}, missing ${missing.length}, others ${others.length}`,
  );
  const isHeld =
    codes.join() === "130,130,0" && sent === saves && rewritten.length + missing.length + others.length === 0;
  if (!isHeld) fail("The bar is not held.");
} finally {
  tool.remove();
  await worker.stop();
}
