import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { LOCAL_VARS, type LocalWorker } from "../../scripts/local/worker.ts";
import { ask, form } from "../support/ask.ts";
import { contentsOf, SAVE_PATH, startBundled } from "../support/local.ts";
import { pngFile, testPattern } from "../support/pixels.ts";
import { doneOf, refusedOf, refusedPictureOf, savePath } from "../support/save.ts";

/** About the longest URL that reaches a Worker. */
const LONGEST = 16_000;
/** A reply should not be as long as the attack; the longest honest one lists every `fmt`. */
const SHORT = 1000;

/** A command that cannot be carried out, the code of its refusal, and what the message must contain. */
type Bad = readonly [query: string, error: string, ...says: readonly string[]];

const BAD: readonly Bad[] = [
  ["wid=abc", "badRequest", "wid", "a number of pixels > 0", '"abc"'],
  ["wid=-5", "badRequest", "wid", "a number of pixels > 0", '"-5"'],
  ["wid=0", "badRequest", "wid", "a number of pixels > 0", '"0"'],
  ["wid=", "badRequest", "wid", "a number of pixels > 0", "got nothing"],
  ["wid=1,2", "badRequest", "wid", "a number of pixels > 0", '"1,2"'],
  ["wid=NaN", "badRequest", "wid", "a number of pixels > 0", '"NaN"'],
  ["wid=0x10", "badRequest", "wid", "a number of pixels > 0", '"0x10"'],
  ["wid=1e999", "badRequest", "wid", "a number of pixels > 0", '"1e999"'],
  ["%77id=abc", "badRequest", "wid", "a number of pixels > 0", '"abc"'],
  ["wid=40&wid=abc", "badRequest", "wid", "a number of pixels > 0", '"abc"'],
  ["wid=%zz", "badRequest", "wid", "a number of pixels > 0", '"%zz"'],
  ["wid=%", "badRequest", "wid", "a number of pixels > 0", '"%"'],
  ["wid=%00", "badRequest", "wid", "a number of pixels > 0", '"\\u0000"'],
  ["wid=40%0d%0aSet-Cookie:%20a=b", "badRequest", "wid", "a number of pixels > 0", '"40\\r\\nSet-Cookie: a=b"'],
  [`wid=${"9".repeat(LONGEST)}`, "badRequest", "wid", "a number of pixels > 0", '"9999999999'],
  [`wid=${"%00".repeat(LONGEST / 3)}`, "badRequest", "wid", "a number of pixels > 0", '"\\u0000\\u0000'],
  ["wid=999999999", "outputTooLarge", "999999999 × ", "at most 1", "000000 pixels"],
  ["hei=999999999", "outputTooLarge", " × 999999999", "at most 1", "000000 pixels"],
  ["wid=65501&hei=1", "outputTooLarge", "65501 × 1", "at most 65500 pixels a side"],
  ["scl=0", "badRequest", "scl", "a number > 0", '"0"'],
  ["scl=-1", "badRequest", "scl", "a number > 0", '"-1"'],
  ["scl=1e-400", "badRequest", "scl", "a number > 0", '"1e-400"'],
  ["scl=1e-9", "outputTooLarge", "80000000000 × 60000000000", "at most 1000000000 pixels a side"],
  ["fmt=nonsense", "badRequest", "fmt", "one of jpeg, ", '"nonsense"'],
  ["fmt=constructor", "badRequest", "fmt", "one of jpeg, ", '"constructor"'],
  ["fmt=png,lzw,jpeg,1", "badRequest", "fmt", "at most 3 values", '"png,lzw,jpeg,1"'],
  ["fmt=tif", "notBuilt", "fmt=tif"],
  ["fmt=jpeg,cmyk", "notBuilt", "fmt=jpeg,cmyk"],
  ["qlt=900", "badRequest", "qlt", "1..100", '"900"'],
  ["qlt=0", "badRequest", "qlt", "1..100", '"0"'],
  ["qlt=80,2", "badRequest", "qlt", "0 or 1", '"2"'],
  ["align=9,9", "badRequest", "align", "-1..1", '"9"'],
  ["align=0", "badRequest", "align", "vertical", "got nothing"],
  ["bgc=zzz", "badRequest", "bgc", "a colour", '"zzz"'],
  ["bgc=300,0,0", "badRequest", "bgc", "a colour", '"300,0,0"'],
  ["resMode=__proto__", "badRequest", "resMode", "one of bilin, ", '"__proto__"'],
  ["fit=toString&wid=40", "badRequest", "fit", "one of fit, ", '"toString"'],
  ["fit=crop", "badRequest", "fit", "wid or hei", "neither"],
  ["timeout=0", "badRequest", "timeout", "a whole number of at least 1", '"0"'],
  ["timeout=1.5", "badRequest", "timeout", "a whole number of at least 1", '"1.5"'],
];

/** What counts for saves only; a picture takes no notice of it. */
const BAD_FOR_SAVES: readonly Bad[] = [["timeout=9999999", "badRequest", "timeout", "at most 300000", "9999999"]];

/** Paths that name no picture, escaped or not. */
const BAD_PATHS: readonly Bad[] = [
  ["/is/image/a%00b", "objectInvalid", "without control characters", '"a\\u0000b"'],
  ["/is/image/a%0d%0aSet-Cookie:%20a=b", "objectInvalid", "without control characters", '"a\\r\\nSet-Cookie: a=b"'],
  ["/is/image/..%2f..%2fpattern", "objectInvalid", "without .. elements", '"../../pattern"'],
  ["/is/image/%2e%2e%2fpattern", "objectInvalid", "without .. elements", '"../pattern"'],
  ["/is/image/pattern/..%2f", "objectInvalid", "without .. elements", '"pattern/.."'],
  ["/is/image/a%2cb", "objectInvalid", "without a comma", '"a,b"'],
  ["/is/image/pattern%3fwid=40", "objectInvalid", "without a question mark", '"pattern?wid=40"'],
  ["/is/image/%", "sourceMissing", "%.jpg"],
  ["/is/image/%zz", "sourceMissing", "%zz.jpg"],
  ["/is/image/%ff%fe", "sourceMissing", "ÿþ.jpg"],
  ["/is/image/%5c..%5cpattern", "sourceMissing", "pattern.jpg"],
  ["/is/image/constructor", "sourceMissing", "constructor.jpg"],
  ["/is/image/__proto__", "sourceMissing", "__proto__.jpg"],
];

/** Names under which nothing is ever saved, as they stand in the query. */
const BAD_NAMES: readonly Bad[] = [
  ["", "nameMissing", "a relative path"],
  ["&name=", "badRequest", "name", "a relative path", "got nothing"],
  ["&name=/etc/a.jpg", "nameInvalid", "must be relative"],
  ["&name=C:%5ca.jpg", "nameInvalid", "a backslash"],
  ["&name=C:a.jpg", "nameInvalid", "a drive letter"],
  ["&name=https:a.jpg", "nameInvalid", "a scheme"],
  ["&name=..%2fa.jpg", "nameInvalid", "a segment that is .."],
  ["&name=a%2f%2e%2e%2fb.jpg", "nameInvalid", "a segment that is .."],
  ["&name=./a.jpg", "nameInvalid", "a segment that is ."],
  ["&name=a//b.jpg", "nameInvalid", "an empty segment"],
  ["&name=a.jpg/", "nameInvalid", "must name a file"],
  ["&name=a%00.jpg", "nameInvalid", "a control character"],
  ["&name=a%0d%0ab.jpg", "nameInvalid", "a control character"],
  ["&name=%E2%80%AEgpj.jpg", "nameInvalid", "a bidirectional control"],
  ["&name=%EF%BF%BD.jpg", "nameInvalid", "U+FFFD"],
  ["&name=a%ff.jpg", "badRequest", "name", "text in UTF-8", '"a%ff.jpg"'],
  ["&name=a.html", "nameInvalid", "not an image's"],
  [`&name=${"%C3%A9".repeat(600)}.jpg`, "nameInvalid", "at most 1024"],
];

let worker: LocalWorker;
beforeAll(async () => {
  worker = await startBundled({ vars: LOCAL_VARS });
  await worker.sources.put("pattern.png", pngFile(testPattern(80, 60)));
  await worker.saves.put(`${SAVE_PATH}/`, "");
  await worker.saves.put(`${SAVE_PATH}/old.jpg`, "what was there before");
});
afterAll(() => worker?.stop());

/** Long rows are cut in the names of tests. */
const rows = (bad: readonly Bad[]) => bad.map((row) => [row[0].slice(0, 60), row] as const);

function expectSaid(message: string, says: readonly string[]): void {
  for (const text of says) expect(message).toContain(text);
  expect(message.length).toBeLessThan(SHORT);
}

describe("Nothing of this changes what is saved:", () => {
  beforeEach(async () => {
    const before = await contentsOf(worker.saves);
    return async () => expect(await contentsOf(worker.saves)).toEqual(before);
  });

  test.each(rows(BAD))(
    "A picture with %s is refused, naming what was wanted and what came.",
    async (_, [query, , ...says]) => {
      const replies = [
        await ask(worker.url, `/is/image/pattern?${query}`),
        await ask(worker.url, "/is/image/pattern", form(query)),
      ];
      for (const reply of replies) {
        expectSaid(refusedPictureOf(reply), says);
        expect(reply.headers).not.toHaveProperty("set-cookie");
      }
    },
  );

  test.each(rows([...BAD, ...BAD_FOR_SAVES]))(
    "A save with %s is refused for the same.",
    async (_, [query, error, ...says]) => {
      const replies = [
        await ask(worker.url, savePath("pattern", query, "old.jpg")),
        await ask(worker.url, "/is/image/pattern?req=saveToFile&name=old.jpg", form(query)),
      ];
      for (const reply of replies) {
        const refused = refusedOf(reply);
        expect(refused.error).toBe(error);
        expectSaid(refused.message, says);
      }
    },
  );

  test.each(rows(BAD_PATHS))("%s names no picture, neither to show nor to save.", async (_, [path, error, ...says]) => {
    expectSaid(refusedPictureOf(await ask(worker.url, path)), says);
    const refused = refusedOf(await ask(worker.url, `${path}?req=saveToFile&name=old.jpg`));
    expect(refused.error).toBe(error);
    expectSaid(refused.message, says);
  });

  test.each([
    ["a bad object", `/is/image/,${"a".repeat(LONGEST)}`],
    ["an object that is not there", `/is/image/${"a".repeat(LONGEST)}`],
  ])("The reply to %s is short, however long the path is.", async (_, path) => {
    const said = refusedPictureOf(await ask(worker.url, path));
    const { message } = refusedOf(await ask(worker.url, `${path}?req=saveToFile&name=old.jpg`));
    expect([said.length, message.length].filter((length) => length >= SHORT)).toEqual([]);
  });

  test.each(rows(BAD_NAMES))("A save with %s for a name is refused.", async (_, [name, error, ...says]) => {
    const refused = refusedOf(await ask(worker.url, `/is/image/pattern?wid=40&req=saveToFile${name}`));
    expect(refused.error).toBe(error);
    expectSaid(refused.message, says);
  });

  test.each(["constructor", "__proto__", "saveToFile2", ""])(
    "req=%s is refused, listing what there is.",
    async (req) => {
      expectSaid(refusedPictureOf(await ask(worker.url, `/is/image/pattern?req=${req}`)), [
        "req",
        "one of img, saveToFile,",
      ]);
    },
  );

  test.each([["/is/image/../../pattern"], ["/is/image/%2e%2e/pattern"], ["/is/imagepattern"], ["//"]])(
    "%s is outside of /is/image: 404.",
    async (path) => {
      const { status, body } = await ask(worker.url, `${path}?req=saveToFile&name=old.jpg`);
      expect([status, body.toString()]).toEqual([404, "Pictures are at /is/image/<object>\n"]);
    },
  );

  test("timeout= is no matter of a picture.", async () => {
    expect((await ask(worker.url, "/is/image/pattern?wid=40&timeout=9999999")).status).toBe(200);
  });
});

/** What means nothing: unknown names are ignored (protocol.md, A-65), real URLs are full of them. */
const NOISE: readonly string[] = [
  "a".repeat(LONGEST),
  `${"x=%zz&".repeat(LONGEST / 6)}y=1`,
  "%".repeat(LONGEST / 2),
  "%00=%00",
  "{".repeat(LONGEST / 2),
  "constructor=1&__proto__=2&toString=3&hasOwnProperty=4&valueOf=5",
  "__proto__[wid]=9&wid[]=9",
  "&&&?&.wid=9&wid",
];

test.each(NOISE.map((noise, at) => [noise.slice(0, 40), at, noise] as const))(
  "%s is noise: the picture is the same, shown and saved.",
  async (_, at, noise) => {
    const plain = await ask(worker.url, "/is/image/pattern?wid=40");
    const noisy = await ask(worker.url, `/is/image/pattern?wid=40&${noise}`);
    expect([noisy.status, noisy.body.equals(plain.body)]).toEqual([200, true]);
    const saved = await ask(worker.url, `${savePath("pattern", "wid=40", `noise-${at}.jpg`)}&${noise}`);
    const { etag } = doneOf(await ask(worker.url, savePath("pattern", "wid=40", "plain.jpg")));
    expect(doneOf(saved).etag).toBe(etag);
  },
);
