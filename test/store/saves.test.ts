import { afterEach, describe, expect, test, vi } from "vitest";
import { Deadline } from "../../src/render/deadline.ts";
import { SAVE_ID, SAVE_ID_BYTES } from "../../src/store/own-object.ts";
import { type FileToSave, saveFile } from "../../src/store/saves.ts";
import { bucketWith } from "../support/doubles.ts";
import { Scene } from "../support/faults/scene.ts";
import { buckets } from "../support/site.ts";

const FILE: FileToSave = {
  key: "renditions/saved.bin",
  bytes: Uint8Array.from({ length: 10_000 }, (_, at) => at),
  contentType: "application/octet-stream",
  cacheControl: "no-cache",
  metadata: { width: "1" },
};
const GRACE_MS = 1000;

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

interface Attempt {
  readonly at: number;
  readonly options: R2PutOptions;
  readonly bytes: Uint8Array;
}

/** Saves the file to a bucket that fails when it has all of it, so often; in a time that passes by itself. */
async function saved(timeoutMs: number, failures: number) {
  const attempts: Attempt[] = [];
  const bucket = bucketWith(buckets.SAVES, {
    async put(key: string, body: ReadableStream, options: R2PutOptions) {
      const at = Date.now();
      const bytes = new Uint8Array(await new Response(body).arrayBuffer());
      attempts.push({ at, options, bytes });
      if (attempts.length <= failures) throw new Error("put: Reduce your concurrent request rate. (10058)");
      return buckets.SAVES.put(key, bytes, options);
    },
  });
  const scene = new Scene();
  const calls = bucketWith(bucket, {
    put: (...args: Parameters<R2Bucket["put"]>) => scene.call("put", () => bucket.put(...args)),
    head: (key: string) => scene.call("look", () => bucket.head(key)),
  });
  scene.clock.install();
  const deadline = new Deadline(Date.now(), timeoutMs, "saveTimeout");
  const outcome = await scene
    .play(saveFile(calls, FILE, deadline, GRACE_MS))
    .catch((thrown: unknown) => thrown)
    .finally(() => deadline.end());
  return { attempts, outcome, expires: deadline.expires, endedAt: scene.clock.now };
}

const gaps = (attempts: readonly Attempt[]) =>
  attempts.slice(1).map(({ at }, before) => Math.round(at - (attempts[before]?.at ?? 0)));

// Source: save-contract "Two outcomes", 5.
describe("a write that is tried again", () => {
  test("brings the same bytes, the same id and the same digest, and says so in the object", async () => {
    const { attempts, outcome } = await saved(60_000, 3);
    expect(attempts).toHaveLength(4);
    for (const { bytes, options } of attempts) {
      expect(bytes).toEqual(FILE.bytes);
      expect(options).toEqual(attempts[0]?.options);
    }
    const object = await buckets.SAVES.head(FILE.key);
    expect(outcome).toMatchObject({ etag: object?.etag, size: FILE.bytes.length });
    expect(object?.customMetadata).toEqual({ width: "1", [SAVE_ID]: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    expect(object?.checksums.sha256).toEqual(await crypto.subtle.digest("SHA-256", FILE.bytes));
  });

  test.each([
    ["the least", 0, [100, 200, 400, 800, 1600, 2000, 2000]],
    ["the most", 1, [200, 400, 800, 1600, 3200, 4000, 4000]],
  ])("waits longer each time, up to four seconds: with %s jitter", async (_, chance, waits) => {
    vi.spyOn(Math, "random").mockReturnValue(chance);
    const { attempts } = await saved(60_000, 7);
    expect(gaps(attempts)).toEqual(waits);
  });

  test.each([1, 150, 500, 1000, 7000, 60_000])(
    "is not when the wait would go beyond a deadline in %i ms",
    async (ms) => {
      vi.spyOn(Math, "random").mockReturnValue(1);
      const { attempts, outcome, expires, endedAt } = await saved(ms, 1000);
      expect(outcome).toMatchObject({ code: "saveUnknown" });
      const last = attempts.at(-1)?.at ?? 0;
      expect(last).toBeLessThan(expires);
      expect(endedAt).toBe(last);
      // And it is as long as it would not.
      const next = Math.min(4000, 200 * 2 ** (attempts.length - 1));
      expect(last + next).toBeGreaterThanOrEqual(expires);
    },
  );
});

test("two saves have two ids, and SAVE_ID_BYTES is what one takes of the metadata", async () => {
  const first = (await saved(60_000, 0)).attempts[0]?.options.customMetadata ?? {};
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  const second = (await saved(60_000, 0)).attempts[0]?.options.customMetadata ?? {};
  expect(first[SAVE_ID]).not.toBe(second[SAVE_ID]);
  expect(SAVE_ID_BYTES).toBe(`${SAVE_ID}${first[SAVE_ID]}`.length);
});

test("a file of one byte is written", async () => {
  const deadline = new Deadline(Date.now(), 60_000, "saveTimeout");
  const file = { ...FILE, bytes: Uint8Array.of(7) };
  expect(await saveFile(buckets.SAVES, file, deadline, GRACE_MS)).toMatchObject({ size: 1 });
  deadline.end();
});

// As the local R2 says it, with a body that it has not read.
describe.each([10_000, 3_000_000])("what R2 itself refuses, of %i bytes, is saveFailed", (length) => {
  test.each([
    ["10020", "a key that is too long", { key: "k".repeat(1025) }],
    ["10012", "more metadata than fits", { metadata: { much: "m".repeat(20_000) } }],
  ])("%s: %s", async (code, _, parts) => {
    const deadline = new Deadline(Date.now(), 60_000, "saveTimeout");
    let puts = 0;
    const counting = bucketWith(buckets.SAVES, {
      put(...args: Parameters<R2Bucket["put"]>) {
        puts++;
        return buckets.SAVES.put(...args);
      },
    });
    const file = { ...FILE, bytes: new Uint8Array(length), ...parts };
    const thrown: unknown = await saveFile(counting, file, deadline, GRACE_MS).catch((cause: unknown) => cause);
    deadline.end();
    expect(thrown).toMatchObject({ code: "saveFailed", cause: { message: expect.stringContaining(`(${code})`) } });
    expect(puts).toBe(1);
  });
});

test("a body that is given up before its put says so is a put that failed, and tried again", async () => {
  // The runtime's own stream does not tell its writer; the standard's does.
  vi.stubGlobal(
    "FixedLengthStream",
    class extends TransformStream<Uint8Array, Uint8Array> {
      constructor() {
        super({ transform: (chunk, controller) => controller.enqueue(chunk) });
      }
    },
  );
  let puts = 0;
  const bucket = bucketWith(buckets.SAVES, {
    async put(key: string, body: ReadableStream, options: R2PutOptions) {
      if (puts++ === 0) {
        await body.cancel();
        await scheduler.wait(5);
        throw new Error("Network connection lost.");
      }
      return buckets.SAVES.put(key, await new Response(body).arrayBuffer(), options);
    },
  });
  const deadline = new Deadline(Date.now(), 60_000, "saveTimeout");
  expect(await saveFile(bucket, FILE, deadline, GRACE_MS)).toMatchObject({ size: FILE.bytes.length });
  expect(puts).toBe(2);
  deadline.end();
});
