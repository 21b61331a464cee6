import { beforeEach, describe, expect, test } from "vitest";
import { pngOf, readJpeg, readPng } from "../support/charts.ts";
import { picture } from "../support/pictures.ts";
import { ask, buckets, properties, site } from "../support/site.ts";

/** Waves with a soft alpha: nothing that an encoder finds too easy. */
const WAVES = picture({ width: 240, height: 160 }, (x, y) => {
  const wave = (length: number, phase: number) => Math.round(128 + 100 * Math.sin(x / length + y / 17 + phase));
  return [wave(9, 0), wave(13, 1), wave(21, y / 40), Math.min(255, x * 3)];
});

beforeEach(async () => {
  const { objects } = await buckets.SAVES.list();
  await buckets.SAVES.delete(objects.map(({ key }) => key));
  await buckets.SAVES.put("renditions/", new Uint8Array());
  await buckets.SOURCES.put("waves.png", pngOf(WAVES));
});

type Vars = Readonly<Record<string, string>>;

async function saved(modifiers: string, vars: Vars = {}): Promise<Uint8Array> {
  const reply = await ask(`waves?${modifiers}&req=saveToFile&name=a`, {}, site(vars));
  const answer = await properties(reply);
  expect(answer).toMatchObject({ outcome: "#S7Z OK", status: "done" });
  const object = await buckets.SAVES.get("renditions/a");
  if (object === null) throw new Error("nothing was saved");
  const bytes = new Uint8Array(await object.arrayBuffer());
  expect(answer.size).toBe(`${bytes.length}`);
  return bytes;
}

async function shown(modifiers: string): Promise<Uint8Array> {
  const reply = await ask(`waves?${modifiers}`);
  expect(reply.status).toBe(200);
  return new Uint8Array(await reply.arrayBuffer());
}

const FORMATS = ["jpeg", "pjpeg,gray", "png", "png-alpha", "png,gray", "webp", "webp-alpha", "webp,,lossless"];
const OXIPNG = { OxipngLevel: "2" };

/** Source: save-contract "Effort". */
describe("what a save is encoded by", () => {
  test.each(FORMATS)("is the encoder of req=img with SaveEffort = fast: the same bytes, fmt=%s", async (fmt) => {
    expect(await saved(`fmt=${fmt}`, { SaveEffort: "fast", ...OXIPNG })).toEqual(await shown(`fmt=${fmt}`));
  });

  test.each(FORMATS)("above MozjpegMaxPixels is that of req=img or our own with more effort, fmt=%s", async (fmt) => {
    const larger = { MozjpegMaxPixels: `${240 * 160 - 1}`, ...OXIPNG };
    const within = { MozjpegMaxPixels: `${240 * 160}`, ...OXIPNG };
    const [above, below, reply] = [
      await saved(`fmt=${fmt}`, larger),
      await saved(`fmt=${fmt}`, within),
      await shown(`fmt=${fmt}`),
    ];
    expect(above).not.toEqual(below);
    if (fmt.startsWith("webp")) expect(above).toEqual(reply);
    else expect(above).not.toEqual(reply);
  });

  test("is the same every time, so that a rendition can be made again byte for byte", async () => {
    for (const fmt of ["pjpeg", "png", "webp"]) {
      expect(await saved(`fmt=${fmt}`, OXIPNG)).toEqual(await saved(`fmt=${fmt}`, OXIPNG));
    }
  });

  test("is as fast as a reply where the memory would not suffice for more: a larger file is better than none", async () => {
    const { encoder, total } = JSON.parse(await (await ask("waves?fmt=png&req=plan")).text()).peak;
    expect(encoder).toBeGreaterThan(0);
    expect(await saved("fmt=png", { MemoryBudget: `${total}`, ...OXIPNG })).toEqual(await shown("fmt=png"));
  });

  test("and has the level of oxipng for which the time suffices", async () => {
    // Level 6 may take 22 s a megapixel, level 4 10 s: three times as much must be there in half of the time.
    const [four, six] = [await saved("fmt=png", { OxipngLevel: "4" }), await saved("fmt=png", { OxipngLevel: "6" })];
    expect(four).not.toEqual(six);
    expect(await saved("fmt=png&timeout=4000", { OxipngLevel: "6" })).toEqual(four);
    expect(await saved("fmt=png&timeout=60000", { OxipngLevel: "6" })).toEqual(six);
  });
});

describe("what is saved is the picture that req=img shows", () => {
  test.each(["png", "png-alpha", "png,gray", "png-alpha,gray"])(
    "of a PNG pixel for pixel, in fewer bytes by oxipng, fmt=%s",
    async (fmt) => {
      const [file, reply] = [await saved(`fmt=${fmt}&wid=200`, OXIPNG), await shown(`fmt=${fmt}&wid=200`)];
      expect(readPng(file)).toEqual(readPng(reply));
      expect(file.length).toBeLessThan(reply.length);
    },
  );

  test("of a JPEG to a level or two, with chroma as qlt= says and a resolution as printRes= says", async () => {
    for (const modifiers of ["fmt=jpeg&qlt=90&printRes=300", "fmt=pjpeg&qlt=70,1"]) {
      const [file, reply] = [await saved(modifiers), await shown(modifiers)];
      // SOI, the segment of JFIF, and the quantisers: all that stands before the frame.
      expect(file.subarray(0, 20)).toEqual(reply.subarray(0, 20));
      const [got, want] = [readJpeg(file), readJpeg(reply)];
      const sum = got.data.reduce((total, level, at) => total + Math.abs(level - (want.data[at] ?? 0)), 0);
      // MozJPEG has quantisers of its own; seen is 1.33.
      expect(sum / got.data.length).toBeLessThan(1.5);
    }
  });
});
