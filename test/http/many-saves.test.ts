import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { LOCAL_VARS, type LocalWorker } from "../../scripts/local/worker.ts";
import { ask } from "../support/ask.ts";
import { SAVE_PATH, startBundled } from "../support/local.ts";
import { jpegFile, pngFile, testPattern } from "../support/pixels.ts";
import { type Done, doneOf, savePath } from "../support/save.ts";

const MANY = 200;
const ONE_KEY = 50;

/** Room for some of these at a time, and not for idle instances of all codecs. */
const VARS = { ...LOCAL_VARS, MemoryBudget: "60000000" };

const MIX: readonly (readonly [object: string, modifiers: string])[] = [
  ["photo", "wid=200"],
  ["photo", "wid=300&fmt=webp"],
  ["photo", "wid=150&op_usm=1,2&fmt=png"],
  ["drawing", "fmt=png-alpha&wid=170"],
  ["drawing", "fmt=webp-alpha&wid=90"],
  ["drawing", "wid=260&fmt=pjpeg"],
  ["web", "wid=120"],
  ["web", "wid=220&fmt=webp"],
  ["web", "rotate=30&wid=99&fmt=png"],
  ["photo", "mask=drawing&wid=130&fmt=png-alpha"],
];

let worker: LocalWorker;
beforeAll(async () => {
  worker = await startBundled({ vars: VARS });
  await worker.saves.put(`${SAVE_PATH}/`, "");
  await worker.sources.put("photo.jpg", jpegFile(testPattern(500, 400)));
  await worker.sources.put("drawing.png", pngFile(testPattern(300, 200)));
  await worker.sources.put("web.webp", (await ask(worker.url, "/is/image/photo?wid=400&fmt=webp")).body);
});
afterAll(() => worker?.stop());

const saved = async (object: string, modifiers: string, name: string): Promise<Done> =>
  doneOf(await ask(worker.url, savePath(object, modifiers, name)));

async function fileOf(name: string): Promise<Buffer> {
  const object = await worker.saves.get(`${SAVE_PATH}/${name}`);
  if (object === null) throw new Error(`${name} is not there`);
  return Buffer.from(await object.arrayBuffer());
}

const md5 = (bytes: Buffer) => createHash("md5").update(bytes).digest("hex");

// Source: save-contract "Two outcomes", 1.
test("Of 200 saves at once none is lost, and each is what it is alone.", async () => {
  const alone: Buffer[] = [];
  for (const [at, [object, modifiers]] of MIX.entries()) {
    await saved(object, modifiers, `alone-${at}`);
    alone.push(await fileOf(`alone-${at}`));
  }
  expect(new Set(alone.map(md5)).size).toBe(MIX.length);

  const answers = await Promise.all(
    Array.from({ length: MANY }, (_, at) => {
      const [object, modifiers] = MIX[at % MIX.length] ?? ["", ""];
      return saved(object, modifiers, `many-${at}`);
    }),
  );
  for (const [at, answer] of answers.entries()) {
    const file = await fileOf(`many-${at}`);
    expect(answer).toMatchObject({ name: `many-${at}`, size: file.length, etag: md5(file) });
    expect(Buffer.compare(file, alone[at % MIX.length] ?? Buffer.alloc(0)), `many-${at}`).toBe(0);
  }
});

// Source: save-contract "Two outcomes", 6.
test("Of 50 saves to one key every answer is true of its own bytes, and what stays is what was written last.", async () => {
  const modifiers = Array.from({ length: ONE_KEY }, (_, at) => `wid=${60 + at}&fmt=png`);
  const alone: Done[] = [];
  for (const [at, each] of modifiers.entries()) alone.push(await saved("drawing", each, `own-${at}.png`));
  expect(new Set(alone.map(({ etag }) => etag)).size).toBe(ONE_KEY);

  const answers = await Promise.all(modifiers.map((each) => saved("drawing", each, "one.png")));
  for (const [at, { width, size, etag }] of answers.entries()) {
    expect({ width, size, etag }).toEqual({ width: 60 + at, size: alone[at]?.size, etag: alone[at]?.etag });
  }
  const there = await worker.saves.head(`${SAVE_PATH}/one.png`);
  const last = Math.max(...answers.map(({ lastUpdated }) => lastUpdated));
  expect(there?.uploaded.getTime()).toBe(last);
  const latest = answers.filter(({ lastUpdated }) => lastUpdated === last).map(({ etag }) => etag);
  expect(latest).toContain(there?.etag);
  expect(md5(await fileOf("one.png"))).toBe(there?.etag);
});
