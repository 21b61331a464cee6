import { readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { LOCAL_VARS, type LocalWorker } from "../../scripts/local/worker.ts";
import { makeTool, type Tool } from "../support/cli.ts";
import { interruptedSaves } from "../support/interrupted-saves.ts";
import { SAVE_PATH, startBundled } from "../support/local.ts";
import { pngFile, testPattern } from "../support/pixels.ts";

const TOKEN = "a secret";

let tool: Tool;
let worker: LocalWorker;
beforeAll(async () => {
  tool = makeTool();
  worker = await startBundled({ vars: { ...LOCAL_VARS, SaveAccess: "token", SAVE_TOKEN: TOKEN }, quiet: true });
  await worker.saves.put(`${SAVE_PATH}/`, "");
  await worker.sources.put("pattern.png", pngFile(testPattern(80, 60)));
});
afterAll(async () => {
  await worker?.stop();
  tool.remove();
});

const env = { FIXATIVE_TOKEN: TOKEN };
const save = (...args: readonly string[]) => tool.run(["save", "--server", worker.url.origin, ...args], { env });

test("A URL of another host is saved by the Worker, and its object is what the URL says.", async () => {
  const { code, stdout } = await save(
    "https://s7d1.scene7.com/is/image/pattern?wid=40&fmt=png",
    "--names",
    "é & {n}.png",
  );
  expect([code, stdout]).toEqual([0, "saved  1\n"]);
  const object = await worker.saves.get(`${SAVE_PATH}/é & 1.png`);
  expect(object?.httpMetadata?.contentType).toBe("image/png");
});

test("What the Worker refuses is told in its words, and tried once.", async () => {
  const { code, stdout } = await save("/is/image/nowhere?wid=40");
  expect(code).toBe(1);
  expect(stdout).toMatch(
    /^saved {3}0\nfailed {2}1\n {2}sourceMissing {2}1 {2}line 1: nowhere\.jpg: The picture does not exist/,
  );
  const folder = await save("/is/image/pattern", "--names", "nowhere/{base}");
  expect(folder.stdout).toContain("npx wrangler r2 object put");
  const stranger = await tool.run(["save", "/is/image/pattern", "--server", worker.url.origin]);
  expect(stranger.stdout).toContain("tokenWrong");
});

test("A save without an answer is asked for by a condition, which the Worker keeps: what is there stays.", async () => {
  const list = "/is/image/pattern?wid=30&fmt=png\n";
  const args = ["-", "--names", "once", "--journal", `${tool.folder}/once.jsonl`];
  const run = (...more: readonly string[]) =>
    tool.run(["save", "--server", worker.url.origin, ...args, ...more], { env, stdin: list });
  expect((await run()).code).toBe(0);
  const { version } = (await worker.saves.head(`${SAVE_PATH}/once.png`)) ?? {};
  const journal = readFileSync(`${tool.folder}/once.jsonl`, "utf8");
  writeFileSync(`${tool.folder}/once.jsonl`, journal.slice(0, journal.indexOf('{"saved"')));

  expect((await run("--resume", "--settle", "0")).code).toBe(0);
  expect((await worker.saves.head(`${SAVE_PATH}/once.png`))?.version).toBe(version);
});

test("120 saves that are interrupted by Ctrl-C, kill -9 and Ctrl-C again: none twice, none missing.", async () => {
  const withToken: Tool = {
    ...tool,
    start: (args) => tool.start(args, { env }),
    run: (args) => tool.run(args, { env }),
  };
  const result = await interruptedSaves(worker, withToken, "pattern", 120, [
    { signal: "SIGINT", share: 0.25 },
    { signal: "SIGKILL", share: 0.5 },
    { signal: "SIGINT", share: 0.75 },
  ]);
  expect(result).toMatchObject({ codes: [130, null, 130, 0], rewritten: [], missing: [] });
});
