import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { LOCAL_VARS, type LocalWorker } from "../../scripts/local/worker.ts";
import { ask } from "../support/ask.ts";
import { contentsOf, SAVE_PATH, startBundled } from "../support/local.ts";
import { pngFile, testPattern } from "../support/pixels.ts";
import { askFor } from "../support/request-line.ts";
import { doneOf, refusedOf } from "../support/save.ts";

/** Bytes of a name, each a character, as no URL parser lets them through; why nothing is saved under it. */
const REFUSED: readonly (readonly [bytes: string, says: string])[] = [
  ["../../a.jpg", "a segment that is .."],
  ["/../../a.jpg", "a slash at its beginning"],
  ["a/../../../b.jpg", "a segment that is .."],
  ["%2e%2e/%2e%2e/a.jpg", "a segment that is .."],
  ["..\\..\\a.jpg", "a backslash"],
  ["\\\\host\\a.jpg", "a backslash"],
  ["a.jpg?../../b.jpg", "a segment that is .."],
  ["\xff.jpg", "U+FFFD"],
  ["..\xc0\xafa.jpg", "U+FFFD"],
  ["\xc0\xae\xc0\xae/a.jpg", "U+FFFD"],
  ["\xe0\x80\xae/a.jpg", "U+FFFD"],
  ["\xed\xa0\x80.jpg", "U+FFFD"],
  ["\xe9.jpg", "U+FFFD"],
  ["\xef\xbf\xbd.jpg", "U+FFFD"],
  ["\xe2\x80\xaegpj.jpg", "a bidirectional control character"],
  ["a\xe2\x80\xa8.jpg", "a Unicode line separator"],
  ["a\xc2\x85.jpg", "a control character"],
  ["a\0.jpg", "a control character"],
  ["a.jpg\0.html", "a control character"],
  ["..\t/a.jpg", "a control character"],
  ["..\r/a.jpg", "a control character"],
  ["..\n/a.jpg", "a control character"],
  ["a\x1b[2J.jpg", "a control character"],
  ["a\x7f.jpg", "a control character"],
  ["a.jpg\r\nX-Injected: 1", "a control character"],
];

/** Bytes of a name, and the name under which they are saved. */
const SAVED: readonly (readonly [bytes: string, name: string])[] = [
  ["\xc3\xa9.jpg", "\u00e9.jpg"],
  ["e\xcc\x81\xcc\x81.jpg", "\u00e9\u0301.jpg"],
  ["\xf0\x9f\x98\x80.jpg", "\u{1f600}.jpg"],
  ["\xef\xbb\xbfa.jpg", "\ufeffa.jpg"],
  ["%", "%"],
  ["a%zz.jpg", "a%zz.jpg"],
  ["%252e%252e%252fa.jpg", "%2e%2e%2fa.jpg"],
  ["'a'.jpg", "'a'.jpg"],
];

const LINE = "/is/image/pattern?wid=4&req=saveToFile&name=";
const FORM = {
  method: "POST",
  headers: { "Content-Type": "application/x-www-form-urlencoded; charset=ISO-8859-1" },
} as const;
const inForm = (bytes: string) => ({ ...FORM, body: Buffer.from(`req=saveToFile&name=${bytes}`, "latin1") });

let worker: LocalWorker;
beforeAll(async () => {
  worker = await startBundled({ vars: { ...LOCAL_VARS, CreateFolders: "1" } });
  await worker.sources.put("pattern.png", pngFile(testPattern(8, 6)));
  await worker.saves.put("a.jpg", "what was there before");
});
afterAll(() => worker?.stop());

// Source: save-contract "Where it goes".
describe("Nothing is saved under", () => {
  beforeEach(async () => {
    const before = await contentsOf(worker.saves);
    return async () => expect(await contentsOf(worker.saves)).toEqual(before);
  });

  test.each(REFUSED)("%j in a form, which may be any bytes: %s.", async (bytes, says) => {
    const { error, message } = refusedOf(await ask(worker.url, "/is/image/pattern", inForm(bytes)));
    expect([error, message]).toEqual(["nameInvalid", expect.stringContaining(says)]);
  });

  test.each(REFUSED)("%j in the request line, whether or not the runtime takes it for one.", async (bytes, says) => {
    const reply = await askFor(worker.url, LINE + bytes);
    // Raw line ends and broken UTF-8 never come to the Worker: that is 400, by the runtime.
    if (reply.status === 400) return expect(reply.headers).not.toHaveProperty("x-injected");
    expect(refusedOf(reply).message).toContain(says);
  });
});

test.each(SAVED)("%j is saved as %j, from the request line as from a form.", async (bytes, name) => {
  const key = `${SAVE_PATH}/${name}`;
  const ways = [() => askFor(worker.url, LINE + bytes), () => ask(worker.url, "/is/image/pattern", inForm(bytes))];
  for (const asked of ways) {
    const { etag } = doneOf(await asked());
    expect((await worker.saves.head(key))?.etag).toBe(etag);
    await worker.saves.delete(key);
  }
  expect([...(await contentsOf(worker.saves)).keys()]).toEqual(["a.jpg"]);
});
