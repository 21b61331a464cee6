import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LOCAL_VARS, type LocalWorker } from "../../scripts/local/worker.ts";
import { ask, form } from "../support/ask.ts";
import { contentsOf, startBundled } from "../support/local.ts";
import { pngFile, testPattern } from "../support/pixels.ts";
import { doneOf, refusedOf, savePath } from "../support/save.ts";

const PATTERN = pngFile(testPattern(80, 60));

describe.each([
  ["MaxPix", "abc"],
  ["SaveAccess", "everybody"],
  ["ClientAddressFilter", "0177.0.0.1"],
])("with %s = %s, which cannot be understood", (setting, value) => {
  let worker: LocalWorker;
  beforeAll(async () => {
    worker = await startBundled({ vars: { ...LOCAL_VARS, CreateFolders: "1", [setting]: value } });
    await worker.sources.put("pattern.png", PATTERN);
  });
  afterAll(() => worker?.stop());

  const named = [setting, JSON.stringify(value)];

  test.each(["/is/image/pattern", "/is/image/pattern?wid=40", "/is/image/none", "/is/image", "/"])(
    "%s is answered 500, naming the setting and its value.",
    async (path) => {
      const { status, headers, body } = await ask(worker.url, path);
      expect(status).toBe(500);
      expect(headers).toMatchObject({ "content-type": "text/plain; charset=utf-8", "cache-control": /no-store/ });
      for (const name of named) expect(body.toString()).toContain(name);
    },
  );

  test("A save is refused in the words of a save, naming the setting, and nothing is stored.", async () => {
    // Save-contract "The answer": 403 and properties for every failure.
    const replies = [
      await ask(worker.url, savePath("pattern", "wid=40", "a.png")),
      await ask(worker.url, savePath("pattern", "wid=40", "a.png"), { method: "POST" }),
    ];
    expect((await contentsOf(worker.saves)).size).toBe(0);
    for (const reply of replies) {
      const { error, message } = refusedOf(reply);
      expect(error).toBe("settings");
      for (const name of named) expect(message).toContain(name);
    }
  });

  test("A save by a form is answered with an error too, and nothing is stored.", async () => {
    const { status } = await ask(worker.url, "/is/image/pattern", form("req=saveToFile&name=a.png"));
    expect(status).toBeGreaterThanOrEqual(400);
    expect((await contentsOf(worker.saves)).size).toBe(0);
  });
});

/** SOURCES and SAVES as one bucket: what saves would overwrite are the sources. */
const ONE_BUCKET = { SOURCES: "pictures", SAVES: "pictures" };

async function inOneBucket(vars: Readonly<Record<string, string>>, act: (worker: LocalWorker) => Promise<void>) {
  const worker = await startBundled({ vars: { ...LOCAL_VARS, CreateFolders: "1", ...vars }, buckets: ONE_BUCKET });
  try {
    const folder = vars.RootPath === undefined || vars.RootPath === "" ? "" : `${vars.RootPath}/`;
    await worker.sources.put(`${folder}pattern.png`, PATTERN);
    expect((await contentsOf(worker.saves)).size, "the two bindings are of one bucket").toBe(1);
    await act(worker);
  } finally {
    await worker.stop();
  }
}

describe("with SOURCES and SAVES in one bucket", () => {
  test.each([
    ["the sources are everywhere", {}],
    ["the sources are everywhere, and saves deep down", { SavePath: "a/b/c" }],
    ["saves go where the sources are", { RootPath: "originals", SavePath: "originals" }],
    ["saves go among the sources", { RootPath: "originals", SavePath: "originals/made" }],
    ["the sources are among the saves", { RootPath: "all/originals", SavePath: "all" }],
    ["SaveDirectory leads among the sources", { RootPath: "originals", SaveDirectory: "originals", SavePath: "made" }],
    ["saves go among the catalogs", { RootPath: "originals", SavePath: "catalogs/made" }],
    // R2 stores keys in NFC, so these two spellings are one folder there; the local runtime keeps them apart.
    ["the same folder is spelled with a combining accent", { RootPath: "e\u0301", SavePath: "\u00e9" }],
  ])("Every save is refused where %s, and nothing is written.", async (_says, vars) => {
    await inOneBucket(vars, async (worker) => {
      const before = await contentsOf(worker.saves);
      const replies = [
        await ask(worker.url, savePath("pattern", "wid=40", "pattern.png")),
        await ask(worker.url, savePath("pattern", "wid=40", "made/new.jpg"), { method: "POST" }),
      ];
      expect(await contentsOf(worker.saves)).toEqual(before);
      for (const reply of replies) expect(refusedOf(reply).error).toBe("saveOverSources");
    });
  });

  test.each([
    ["SharedBucket says that it is meant", { SharedBucket: "1" }],
    ["sources and saves have folders of their own", { RootPath: "originals" }],
    ["the folders only begin alike", { RootPath: "renditions-of-yore" }],
  ])("A save is done where %s.", async (_says, vars) => {
    await inOneBucket(vars, async (worker) => {
      const before = await contentsOf(worker.saves);
      doneOf(await ask(worker.url, savePath("pattern", "wid=40", "made/new.jpg")));
      const after = new Map(await contentsOf(worker.saves));
      expect(after.delete("renditions/made/new.jpg")).toBe(true);
      expect(after).toEqual(before);
    });
  });
});

test("Two buckets need no such care: saves may go anywhere in a bucket of their own.", async () => {
  const vars = { ...LOCAL_VARS, CreateFolders: "1", RootPath: "originals", SavePath: "originals" };
  const worker = await startBundled({ vars });
  await worker.sources.put("originals/pattern.png", PATTERN);
  const before = await contentsOf(worker.sources);
  doneOf(await ask(worker.url, savePath("pattern", "wid=40", "pattern.png")));
  expect(await contentsOf(worker.sources)).toEqual(before);
  await worker.stop();
});
