import { mkdtempSync, rmSync } from "node:fs";
import { get, type IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { bundle } from "../../scripts/local/bundle.ts";
import { type LocalWorker, startLocal } from "../../scripts/local/worker.ts";
import { ask } from "../support/ask.ts";
import { fileOf, MIB } from "../support/long-files.ts";
import { pngFile, testPattern } from "../support/pixels.ts";
import { refusal, save, whole } from "../support/save.ts";

const PATH = "/is/image/picture?wid=40&fmt=png";
let worker: LocalWorker;
const output = mkdtempSync(join(tmpdir(), "fixative-pieces-"));

beforeAll(async () => {
  worker = await startLocal({ modules: bundle("test/support/worker-of-pieces/wrangler.toml", output), quiet: true });
  await worker.sources.put("picture.png", pngFile(testPattern(100, 60)));
});
afterAll(async () => {
  await worker?.stop();
  rmSync(output, { recursive: true });
});

const leases = async () => (await ask(worker.url, "/leases")).body.toString();

/** Nobody has room for a picture any more. */
const allGivenBack = () => vi.waitFor(async () => expect(await leases()).toBe("0"), { timeout: 20_000, interval: 100 });

/** A reply as far as its headers. */
function begun(path: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    get(new URL(path, worker.url), { agent: false }, resolve).on("error", reject);
  });
}

test("a long reply comes in chunks, without a length, whole, and with one tag", async () => {
  const { status, headers, body } = await ask(worker.url, PATH);
  expect([status, headers["content-length"], headers["transfer-encoding"]]).toEqual([200, undefined, "chunked"]);
  expect(body.equals(fileOf(11 * MIB + 7))).toBe(true);
  const again = await ask(worker.url, PATH, { headers: { "If-None-Match": headers.etag ?? "" } });
  expect([again.status, again.headers.etag]).toEqual([304, headers.etag]);
  const head = await ask(worker.url, PATH, { method: "HEAD" });
  expect([head.status, head.headers.etag, head.headers["content-length"]]).toEqual([200, headers.etag, undefined]);
  await allGivenBack();
});

// A client must not take a part of a file for the whole.
test("a client sees that a long reply broke off", async () => {
  const reply = await begun(`${PATH}&$fails=1`);
  expect(reply.statusCode).toBe(200);
  let bytes = 0;
  const reading = (async () => {
    for await (const chunk of reply) bytes += chunk.length;
  })();
  await expect(reading).rejects.toThrow("aborted");
  expect(reply.complete).toBe(false);
  expect(bytes).toBeLessThanOrEqual(8 * MIB);
  await allGivenBack();
});

test("a client that goes away in the middle leaves nothing behind", async () => {
  const reply = await begun(PATH);
  await new Promise((resolve) => reply.once("data", resolve));
  reply.destroy();
  await allGivenBack();
  expect((await ask(worker.url, PATH)).body.length).toBe(11 * MIB + 7);
}, 60_000);

// Source: save-contract "Two outcomes", 1.
test("a long save lies in R2 as it was made, and is read again byte for byte", async () => {
  const { answer, file } = whole(await save(worker, "picture", "wid=40&fmt=png", "long.png"));
  expect(file.equals(fileOf(11 * MIB + 7))).toBe(true);
  expect(answer).toMatchObject({ size: file.length, width: 40, etag: expect.stringMatching(/-3$/) });
});

test("a long save that fails in the middle leaves nothing at its key", async () => {
  const refused = refusal(await save(worker, "picture", "wid=40&fmt=png&$fails=1", "broken.png"));
  expect(refused).toMatchObject({ status: "failed", error: "internal" });
});
