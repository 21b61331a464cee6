import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Decoder, DecoderMaker } from "../../src/codec/decoder.ts";
import { AROUND, chunkInto } from "../../src/codec/png-encoder/chunks.ts";
import { Fault } from "../../src/faults.ts";
import type { Kernels } from "../../src/pixels/kernels.ts";
import type { Site } from "../../src/serve/site.ts";
import { pixelAt, pngOf, quarters, readPng } from "../support/charts.ts";
import { pictureSpec } from "../support/jpeg-pictures.ts";
import { SIMPLE_PROGRESSION } from "../support/jpeg-scripts.ts";
import { writeJpeg } from "../support/jpeg-writer.ts";
import { ask, buckets, properties, site } from "../support/site.ts";

const SIZE = { width: 64, height: 96 };
const BASELINE = writeJpeg(pictureSpec({ size: SIZE }));
/** Longer than what is read at once: its end comes with a chunk of its own. */
const LONG = writeJpeg(pictureSpec({ size: { width: 320, height: 480 }, step: 1 }));
const PROGRESSIVE = writeJpeg(pictureSpec({ size: SIZE, marker: 0xc2, scans: SIMPLE_PROGRESSION }));

/** The first part of a file. */
const cut = (file: Uint8Array, share: number) => file.subarray(0, file.length * share);

/** Ones in the last part of the coded bytes, which no code consists of. Source: ITU-T T.81, C.2. */
function overwritten(file: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(file);
  const from = Math.floor(file.length * 0.8);
  for (let at = from; at + 4 <= file.length; at += 2) copy.set([0xff, 0], at);
  return copy;
}

/** A PNG with other image data behind its header. */
function undeflated(png: Uint8Array): Uint8Array {
  const header = 8 + AROUND + 13;
  const file = new Uint8Array(header + 500 + 2 * AROUND);
  file.set(png.subarray(0, header));
  chunkInto(file, chunkInto(file, header, "IDAT", new Uint8Array(500).fill(0xff)), "IEND");
  return file;
}

const DAMAGED = {
  "cut.jpg": cut(BASELINE, 0.75),
  "cut-long.jpg": cut(LONG, 0.9),
  "overwritten.jpg": overwritten(BASELINE),
  "cut-progressive.jpg": cut(PROGRESSIVE, 0.75),
  "cut.png": cut(pngOf(quarters(100, 60)), 0.5),
};
const NAMES = Object.keys(DAMAGED);
const SIZES = new Map([
  ["cut-long.jpg", { width: 320, height: 480 }],
  ["cut.png", { width: 100, height: 60 }],
]);
/** No picture can be made of them at all. */
const REFUSED = {
  "text.jpg": new TextEncoder().encode("no picture"),
  "header.jpg": cut(BASELINE, 0.05),
  "header.png": cut(pngOf(quarters(100, 60)), 0.2),
  // Every chunk is whole, and what is in one of them is not deflated.
  "undeflated.png": undeflated(pngOf(quarters(100, 60))),
};

beforeAll(async () => {
  const files = { ...DAMAGED, ...REFUSED, "baseline.jpg": BASELINE, "progressive.jpg": PROGRESSIVE };
  for (const [key, file] of Object.entries(files)) await buckets.SOURCES.put(key, file);
  await buckets.SOURCES.put("quarters.png", pngOf(quarters(100, 60)));
});
beforeEach(async () => {
  await buckets.SAVES.put("renditions/", new Uint8Array());
});

const warningOf = (reply: Response) => reply.headers.get("X-Fixative-Warning");

async function pictureOf(path: string, on: Site = site()): Promise<{ warning: string | null; bytes: Uint8Array }> {
  const reply = await ask(path, {}, on);
  const bytes = new Uint8Array(await reply.arrayBuffer());
  if (reply.status !== 200) throw new Error(new TextDecoder().decode(bytes));
  return { warning: warningOf(reply), bytes };
}

describe("the reply", () => {
  test.each(NAMES)("to a picture of %s has it, and says in X-Fixative-Warning what is wrong", async (name) => {
    const { warning, bytes } = await pictureOf(`${name}?fmt=png`);
    expect(warning).toMatch(/^the (JPEG (is damaged, or parts of it are missing|ends without an end)|PNG ends after)/);
    expect(readPng(bytes).size).toEqual(SIZES.get(name) ?? SIZE);
  });

  test.each(["baseline", "progressive", "quarters"])(
    "to a picture of %s, which is whole, says nothing",
    async (name) => {
      expect((await pictureOf(`${name}?fmt=png`)).warning).toBeNull();
    },
  );

  test.each(Object.keys(REFUSED))(
    "to a picture of %s is a refusal, which says that it is damaged or none",
    async (name) => {
      const reply = await ask(`${name}?fmt=png`);
      expect([reply.status, await reply.text()]).toEqual([403, expect.stringMatching(/is damaged|is not a picture/)]);
    },
  );

  test("to a HEAD and to one who has the picture says it too", async () => {
    const get = await ask("cut?wid=20");
    await get.arrayBuffer();
    const etag = get.headers.get("ETag") ?? "";
    const head = await ask("cut?wid=20", { method: "HEAD" });
    const kept = await ask("cut?wid=20", { headers: { "If-None-Match": etag } });
    expect([head.status, kept.status]).toEqual([200, 304]);
    for (const reply of [head, kept]) expect(warningOf(reply)).toBe(warningOf(get));
  });

  test("stands beside the names of what was ignored", async () => {
    const reply = await ask("cut?wid=20&layer=1&src=quarters");
    await reply.arrayBuffer();
    expect(reply.headers.get("X-Fixative-Ignored")).not.toBeNull();
    expect(warningOf(reply)).not.toBeNull();
  });

  test("to a tile above the damage says nothing: nothing of it is seen", async () => {
    expect((await pictureOf("cut?fit=crop&wid=64&hei=16&align=0,-1&fmt=png")).warning).toBeNull();
    expect((await pictureOf("cut?fit=crop&wid=64&hei=16&align=0,1&fmt=png")).warning).not.toBeNull();
  });
});

describe("what is missing of a picture is gray, and the rest as it was", () => {
  test("in a baseline JPEG that was cut off: below the cut", async () => {
    const got = readPng((await pictureOf("cut?fmt=png")).bytes);
    const want = readPng((await pictureOf("baseline?fmt=png")).bytes);
    const row = SIZE.width * 4;
    expect(got.data.subarray(0, 32 * row)).toEqual(want.data.subarray(0, 32 * row));
    // Samples without coefficients are 128 in luma and in chroma.
    expect(pixelAt(got, 5, SIZE.height - 1)).toEqual([128, 128, 128, 255]);
    expect(pixelAt(got, 60, SIZE.height - 9)).toEqual([128, 128, 128, 255]);
  });

  test("in a progressive one that was cut off: it is less sharp, from the top to the bottom", async () => {
    const got = readPng((await pictureOf("cut-progressive?fmt=png")).bytes);
    const want = readPng((await pictureOf("progressive?fmt=png")).bytes);
    const meanOf = (from: number, to: number) => {
      let sum = 0;
      for (let at = from; at < to; at++) sum += Math.abs((got.data[at] ?? 0) - (want.data[at] ?? 0));
      return sum / (to - from);
    };
    const middle = want.data.length / 2;
    for (const mean of [meanOf(0, middle), meanOf(middle, want.data.length)]) expect(mean).toBeLessThan(24);
  });
});

describe("a save", () => {
  test.each(NAMES)("of %s is done, and its last property is the warning of the picture", async (name) => {
    const reply = await ask(`${name}?wid=20&fmt=png&req=saveToFile&name=warned.png`);
    expect(reply.status).toBe(200);
    const text = await reply.clone().text();
    const { warning } = await pictureOf(`${name}?wid=20&fmt=png`);
    expect(text.trimEnd().split("\n").at(-1)).toBe(`warning=${warning}`);
    expect(await properties(reply)).toMatchObject({ status: "done", width: "20", warning });
    expect(await buckets.SAVES.head("renditions/warned.png")).not.toBeNull();
  });

  test("of a picture that is whole has no such property", async () => {
    const answer = await properties(await ask("baseline?wid=20&req=saveToFile&name=whole.jpg"));
    expect(answer).toMatchObject({ status: "done" });
    expect(answer).not.toHaveProperty("warning");
  });
});

describe("with Truncated = refuse", () => {
  const strict = () => site({ Truncated: "refuse" });

  test.each(NAMES)("there is no picture of %s, but an error that says why", async (name) => {
    const { warning } = await pictureOf(`${name}?fmt=png`);
    const reply = await ask(`${name}?fmt=png`, {}, site({ Truncated: "refuse", ErrorDetail: "2" }));
    expect([reply.status, await reply.text()]).toEqual([403, expect.stringContaining(`${warning}`)]);
  });

  test.each(NAMES)("and no save of %s", async (name) => {
    const reply = await ask(`${name}?wid=20&fmt=png&req=saveToFile&name=refused.png`, {}, strict());
    expect(reply.status).toBe(403);
    expect(await properties(reply)).toMatchObject({ status: "failed", error: "sourceBroken" });
    expect(await buckets.SAVES.head("renditions/refused.png")).toBeNull();
  });

  test("pictures that are whole are as they were, and so is a tile above the damage", async () => {
    for (const path of ["baseline?fmt=png", "progressive?fmt=png", "cut?fit=crop&wid=64&hei=16&align=0,-1&fmt=png"]) {
      expect(await pictureOf(path, strict())).toEqual(await pictureOf(path));
    }
  });
});

describe("nothing is left for the next picture", () => {
  const GOOD = ["baseline?fmt=png", "progressive?fmt=png", "quarters?wid=33&fmt=png", "baseline?wid=20"];

  /** Makes the same pictures before and after. */
  async function unchangedBy(work: () => Promise<unknown>): Promise<void> {
    const all = async () => {
      const pictures: Uint8Array[] = [];
      for (const path of GOOD) pictures.push((await pictureOf(path)).bytes);
      return pictures;
    };
    const before = await all();
    await work();
    expect(await all()).toEqual(before);
  }

  test.each([...NAMES, ...Object.keys(REFUSED)])("by one of %s", async (name) => {
    await unchangedBy(async () => (await ask(`${name}?fmt=png`)).arrayBuffer());
  });

  test("by all of them at once, beside good ones", async () => {
    const wanted = (await pictureOf("baseline?fmt=png")).bytes;
    const paths = [...NAMES, ...Object.keys(REFUSED)].map((name) => `${name}?fmt=png`);
    await unchangedBy(async () => {
      const replies = paths.flatMap((path) => [ask(path), ask("baseline?fmt=png")]);
      const bodies = await Promise.all(replies.map(async (reply) => new Uint8Array(await (await reply).arrayBuffer())));
      for (const [at, body] of bodies.entries()) if (at % 2 === 1) expect(body).toEqual(wanted);
    });
  });

  /** The same site, kernels and codecs, but for what decodes a PNG. */
  function withPngDecoder(pull: (kernels: Kernels) => never): Site {
    const { engine } = site();
    const { codecs } = engine;
    const make = (kernels: Kernels): Decoder => ({
      push() {},
      end() {},
      pull: () => pull(kernels),
      warnings: [],
      steps: 0,
    });
    const png: DecoderMaker = { ...codecs.decoders.png, make };
    return site({}, { engine: { ...engine, codecs: { ...codecs, decoders: { ...codecs.decoders, png } } } });
  }

  test("by a kernel that traps in the middle of its work", async () => {
    let trapped = 0;
    const trapping = withPngDecoder((kernels) => {
      const block = kernels.reserve(100_000);
      kernels.bytesAt(block, 100_000).fill(0xa5);
      trapped++;
      // Beyond its memory.
      kernels.run.grayRow(block, kernels.bytes, 1000);
      throw new Error("there was no trap");
    });
    await unchangedBy(async () => {
      const reply = await ask("quarters?wid=33&fmt=png", {}, trapping);
      expect([reply.status, await reply.text()]).toEqual([500, expect.not.stringContaining("no trap")]);
    });
    expect(trapped).toBe(1);
  });

  test("by a decoder that gave up and left its memory full", async () => {
    const littering = withPngDecoder((kernels) => {
      const bytes = 1_000_000;
      kernels.bytesAt(kernels.reserve(bytes), bytes).fill(0xa5);
      throw new Fault("sourceBroken", "for a test");
    });
    await unchangedBy(async () => {
      const reply = await ask("quarters?wid=33&fmt=png", {}, littering);
      expect([reply.status, await reply.text()]).toEqual([403, expect.stringContaining("for a test")]);
    });
  });
});
