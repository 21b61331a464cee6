import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { unstable_readConfig } from "wrangler";
import { ROOT } from "../../scripts/local/bundle.ts";
import type { LocalWorker } from "../../scripts/local/worker.ts";
import { type Asking, ask, form } from "../support/ask.ts";
import { contentsOf, SAVE_PATH, startBundled } from "../support/local.ts";
import { jpegPixels, pngFile, testPattern } from "../support/pixels.ts";
import { doneOf, refusedOf, savePath } from "../support/save.ts";

const TOKEN = "a token of some length";
const MARKER = `${SAVE_PATH}/`;

/** A Worker as a deployment has it: a picture to save, and the folder to save it into. */
async function deployed(vars: Readonly<Record<string, string>> = {}): Promise<LocalWorker> {
  const worker = await startBundled({ vars });
  await worker.sources.put("pattern.png", pngFile(testPattern(80, 60)));
  await worker.saves.put(MARKER, "");
  return worker;
}

/** What of wrangler.toml is looked at here; wrangler's own type of it is `any` without the runtime's types. */
interface Shipped {
  readonly vars: Readonly<Record<string, unknown>>;
  readonly r2_buckets: readonly { readonly binding: string; readonly bucket_name?: string }[];
  readonly limits?: { readonly cpu_ms?: number } | undefined;
}

describe("wrangler.toml", () => {
  const path = join(ROOT, "wrangler.toml");
  const config: Shipped = unstable_readConfig({ config: path });

  test("It never says public.", () => {
    expect(readFileSync(path, "utf8")).not.toMatch(/public/i);
  });

  test("It saves below renditions and sets nothing else.", () => {
    expect(config.vars).toEqual({ SavePath: SAVE_PATH });
  });

  test("It keeps sources and saves in two buckets.", () => {
    const buckets = config.r2_buckets.map(({ binding, bucket_name }) => [binding, bucket_name]);
    expect(buckets.map(([binding]) => binding)).toEqual(["SOURCES", "SAVES"]);
    expect(new Set(buckets.map(([, name]) => name)).size).toBe(2);
  });

  test("It allows 120 seconds of CPU.", () => {
    expect(config.limits?.cpu_ms).toBe(120_000);
  });
});

/** Every way to ask for a save, with and without something that could pass for a token. */
const WAYS: readonly (readonly [says: string, path: string, asking: Asking])[] = [
  ["a GET", savePath("pattern", "wid=40", "a.jpg"), {}],
  ["a POST of the URL", savePath("pattern", "wid=40", "a.jpg"), { method: "POST" }],
  ["a POST of a form", "/is/image/pattern", form("wid=40&req=saveToFile&name=a.jpg")],
];
const CREDENTIALS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "no Authorization": {},
  "a bearer token": { Authorization: `Bearer ${TOKEN}` },
  "an empty bearer token": { Authorization: "Bearer " },
  "the word undefined for a token": { Authorization: "Bearer undefined" },
  "basic authorization": { Authorization: "Basic dXNlcjpwYXNzd29yZA==" },
};
const SAVES = WAYS.flatMap(([says, path, asking]) =>
  Object.entries(CREDENTIALS).map(([credentials, authorization]) => {
    const headers = { ...asking.headers, ...authorization };
    return [says, credentials, path, { ...asking, headers }] as const;
  }),
);

describe("as it ships, without the secret SAVE_TOKEN", () => {
  let worker: LocalWorker;
  beforeAll(async () => {
    worker = await deployed();
  });
  afterAll(() => worker?.stop());

  test.each(SAVES)("A save is refused, saying what to set: %s with %s.", async (_way, _with, path, asking) => {
    const { error, message } = refusedOf(await ask(worker.url, path, asking));
    expect(error).toBe("tokenUnset");
    expect(message).toContain("SAVE_TOKEN");
    expect([...(await contentsOf(worker.saves)).keys()]).toEqual([MARKER]);
  });

  test("A picture is served.", async () => {
    const { status, headers, body } = await ask(worker.url, "/is/image/pattern?wid=40");
    expect([status, headers["content-type"]]).toEqual([200, "image/jpeg"]);
    expect(jpegPixels(body)).toMatchObject({ width: 40, height: 30 });
  });

  test("An error names neither keys nor settings.", async () => {
    const { status, body } = await ask(worker.url, "/is/image/secret-key");
    expect([status, body.toString()]).toEqual([403, "The picture does not exist\n"]);
  });
});

test("An empty SAVE_TOKEN is no token: an empty one does not match it.", async () => {
  const worker = await deployed({ SAVE_TOKEN: "" });
  for (const [, , path, asking] of SAVES) {
    expect(refusedOf(await ask(worker.url, path, asking)).error).toBe("tokenUnset");
  }
  await worker.stop();
});

describe("with the secret SAVE_TOKEN", () => {
  let worker: LocalWorker;
  beforeAll(async () => {
    worker = await deployed({ SAVE_TOKEN: TOKEN });
  });
  afterAll(() => worker?.stop());

  test.each([
    ["no header at all", {}],
    ["another token", { Authorization: "Bearer another token of it" }],
    ["the beginning of the token", { Authorization: `Bearer ${TOKEN.slice(0, -1)}` }],
    ["more than the token", { Authorization: `Bearer ${TOKEN}s` }],
    ["the token in another case", { Authorization: `Bearer ${TOKEN.toUpperCase()}` }],
    ["no token", { Authorization: "Bearer" }],
    ["the token without its scheme", { Authorization: TOKEN }],
    ["another scheme", { Authorization: `Basic ${TOKEN}` }],
    ["another header", { "X-Authorization": `Bearer ${TOKEN}` }],
  ])("A save with %s is refused, and nothing is stored.", async (_says, headers) => {
    for (const [, path, asking] of WAYS) {
      const reply = await ask(worker.url, path, { ...asking, headers: { ...asking.headers, ...headers } });
      expect(refusedOf(reply).error).toBe("tokenWrong");
    }
    expect([...(await contentsOf(worker.saves)).keys()]).toEqual([MARKER]);
  });

  test("The token does not count in the URL.", async () => {
    const path = `${savePath("pattern", "wid=40", "a.jpg")}&Authorization=Bearer+${TOKEN.replaceAll(" ", "+")}`;
    expect(refusedOf(await ask(worker.url, path)).error).toBe("tokenWrong");
  });

  test.each(WAYS)("A save with the right token is done: %s.", async (_says, path, asking) => {
    await worker.saves.delete(`${SAVE_PATH}/a.jpg`);
    for (const scheme of ["Bearer", "bearer"]) {
      const headers = { ...asking.headers, Authorization: `${scheme} ${TOKEN}` };
      expect(doneOf(await ask(worker.url, path, { ...asking, headers }))).toMatchObject({ width: 40, height: 30 });
    }
    expect([...(await contentsOf(worker.saves)).keys()]).toEqual([MARKER, `${SAVE_PATH}/a.jpg`]);
  });

  test("No answer repeats the token.", async () => {
    for (const token of [TOKEN, "wrong"]) {
      const headers = { Authorization: `Bearer ${token}` };
      const { body } = await ask(worker.url, savePath("pattern", "wid=40", "a.jpg"), { headers });
      expect(body.toString()).not.toContain(TOKEN);
    }
  });
});
