import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, expect, test } from "vitest";
import { ROOT } from "../../scripts/local/bundle.ts";
import { readJpeg, readPng } from "../support/charts.ts";

/** What the README promises, run as it says. */
const run = promisify(execFile);

const started: ChildProcess[] = [];
afterEach(async () => {
  for (const child of started.splice(0)) {
    if (child.exitCode === null && child.kill("SIGINT")) await once(child, "exit");
  }
});

/** Starts the server by its script, and waits for the address that it prints. */
async function start(...options: string[]): Promise<{ readonly origin: string; readonly child: ChildProcess }> {
  const child = spawn(process.execPath, [join(ROOT, "scripts/start.ts"), ...options], { cwd: ROOT });
  started.push(child);
  let printed = "";
  // Left open: the server goes on to log, and ends where nobody takes that.
  for await (const text of child.stdout.setEncoding("utf8").iterator({ destroyOnReturn: false })) {
    printed += text;
    const [, origin] = /fixative is at (\S+)/.exec(printed) ?? [];
    if (origin === undefined) continue;
    child.stdout.resume();
    return { origin, child };
  }
  throw new Error(`the server ended, having said: ${printed}`);
}

test("npm run demo saves five renditions, two of them by a catalog, prints what was answered, and leaves them in demo-output/", async () => {
  const { stdout } = await run("npm", ["run", "-s", "demo"], { cwd: ROOT });
  expect(stdout.match(/^status=done$/gm)).toHaveLength(5);
  const file = (name: string) => readFileSync(join(ROOT, "demo-output", name));
  expect(readJpeg(file("harbour-800.jpg")).size).toEqual({ width: 800, height: 600 });
  expect(readJpeg(file("square.jpg")).size).toEqual({ width: 500, height: 500 });
  const lantern = readPng(file("lantern-600.png"));
  expect(lantern.size.height).toBe(600);
  expect(lantern.data.some((value, at) => at % 4 === 3 && value === 0)).toBe(true);
  expect(readJpeg(file("port-main.jpg")).size).toEqual({ width: 600, height: 450 });
  expect(readJpeg(file("lantern-card.jpg")).size).toEqual({ width: 800, height: 480 });
  expect(stdout).toContain("/is/image/atelier/port-d-%C3%A9t%C3%A9?$pdp-main$&req=resolve\n200\n");
});

test("npm start serves the samples on the port it is given, until Ctrl-C", async () => {
  const { origin, child } = await start("--port", "0");
  const reply = await fetch(`${origin}/is/image/harbour?wid=64`);
  expect(reply.status).toBe(200);
  expect(readJpeg(new Uint8Array(await reply.arrayBuffer())).size).toEqual({ width: 64, height: 48 });
  const saved = await fetch(`${origin}/is/image/badge?req=saveToFile&name=from-start.png`);
  expect(await saved.text()).toContain("status=done");

  child.kill("SIGINT");
  const [code] = await once(child, "exit");
  expect(code).toBe(0);
});

test("npm run put brings a picture into the server that is running", async () => {
  const { origin } = await start("--port", "0");
  const key = `put-${process.pid}.png`;
  expect((await fetch(`${origin}/is/image/${key}`)).status).toBe(403);
  await run(process.execPath, ["scripts/put.ts", "samples/badge.png", key], { cwd: ROOT });
  expect((await fetch(`${origin}/is/image/${key}`)).status).toBe(200);
});

test("npm run put without a file, or with one that is not there, says so and fails", async () => {
  await expect(run(process.execPath, ["scripts/put.ts"], { cwd: ROOT })).rejects.toThrow("npm run put -- <file> [key]");
  await expect(run(process.execPath, ["scripts/put.ts", "no-such-file"], { cwd: ROOT })).rejects.toThrow(
    "no-such-file cannot be read",
  );
});

test("npm run put says of a catalog file when it counts", async () => {
  // No attribute file names it: it is never read.
  const key = "catalogs/put-by-a-test.txt";
  const { stdout } = await run(
    process.execPath,
    ["scripts/put.ts", "scripts/samples/catalogs/atelier/macros.txt", key],
    {
      cwd: ROOT,
    },
  );
  expect(stdout).toMatch(/^catalogs\/put-by-a-test\.txt, \d+ bytes: in force within CatalogRefresh seconds\n$/);
});
