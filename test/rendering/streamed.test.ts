import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Orientation } from "../../src/plan/orientation.ts";
import { allGoldens } from "../golden/goldens.ts";
import { goldenSources } from "../golden/sources.ts";
import { pngOf } from "../support/charts.ts";
import { noise } from "../support/pictures.ts";
import { jpegFile } from "../support/pixels.ts";
import { jpegOfBytes, takingRows } from "../support/row-encoders.ts";
import { factsOf, REAL, rendered } from "./rendered.ts";

const CODECS = takingRows(REAL);
const size = { width: 61, height: 173 };
const clear = noise(size, 5, false);
const SOURCES = {
  "opaque.png": pngOf(noise(size, 3, true)),
  "clear.png": pngOf(clear),
  "photo.jpg": jpegFile({ ...size, data: clear.data }, 85),
} as const;

/** Says where the file of a plan that streams differs from that of the same plan with a raster; undefined where nothing streams. */
async function difference(source: Uint8Array, modifiers: string, orientation?: Orientation) {
  const facts = { ...factsOf(source), ...(orientation === undefined ? {} : { orientation }) };
  const streamed = await rendered(source, modifiers, CODECS, { facts });
  if (!streamed.plan.streams) return undefined;
  const held = await rendered(source, modifiers, CODECS, { facts, change: (plan) => ({ ...plan, streams: false }) });
  if (streamed.file.length !== held.file.length) return `${streamed.file.length} bytes instead of ${held.file.length}`;
  const at = streamed.file.findIndex((byte, place) => byte !== held.file[place]);
  return at < 0 ? "" : `byte ${at}: ${streamed.file[at]} instead of ${held.file[at]}`;
}

const integer = (min: number, max: number) => fc.integer({ min, max });
const side = integer(1, 400);
const modifier = fc.oneof(
  fc.tuple(side, side).map(([width, height]) => `wid=${width}&hei=${height}`),
  fc.constantFrom("fit=fit,1", "fit=stretch,1", "fit=crop", "fit=hfit", "align=-1,1", "align=0.3,-0.7"),
  fc.tuple(integer(-30, 60), integer(-60, 170), side, side).map((crop) => `crop=${crop}`),
  fc.tuple(integer(-90, 90), integer(-90, 190), side, side).map((part) => `scl=0.7&rect=${part}`),
  fc.constantFrom("cropN=-0.13,-0.07,1.31,1.17", "size=77.5,0", "extend=3,70,5,90", "extendN=0.1,0.9,-0.2,0.3"),
  fc.constantFrom("flip=lr", "layer=0&flip=lr&layer=comp", "op_invert=1", "op_hue=70", "op_contrast=33"),
  fc.constantFrom("op_colorize=ff8000,off", "op_saturation=-40", "opac=37", "layer=0&opac=61&layer=comp"),
  fc.constantFrom("color=ff000080", "bgColor=00ff0030", "bgc=2060c0", "fmt=png-alpha", "fmt=png", "maskUse=invert"),
);

describe("a plan that streams gives the bytes that it gives with a raster", () => {
  test.each([
    "",
    "wid=20&hei=400&bgc=ff0000",
    "wid=300&hei=60",
    "rect=-500,-500,70,140&bgc=00ff00",
    "fmt=png-alpha&crop=-5.5,-70.3,90,310.7&opac=50",
    "fmt=png-alpha&wid=33&hei=333&fit=stretch,1&color=20406080",
    "bgc=ff00ff&op_invert=1&op_hue=20&layer=0&op_contrast=20",
    "wid=1400&fit=fit,1",
  ])("%s", async (modifiers) => {
    for (const source of Object.values(SOURCES)) {
      for (const orientation of [1, 2] as const) expect(await difference(source, modifiers, orientation)).toBe("");
    }
  });

  test("whatever is asked for", async () => {
    let streamed = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...Object.values(SOURCES)),
        fc.array(modifier, { maxLength: 6 }),
        fc.constantFrom<Orientation>(1, 2),
        async (source, modifiers, orientation) => {
          const text = modifiers.join("&");
          const found = await difference(source, text, orientation).catch((thrown: Error) => {
            if (!/wants something of the layer left/.test(thrown.message)) throw thrown;
            return undefined;
          });
          if (found === undefined) return;
          streamed++;
          expect(`${text}: ${found}`).toBe(`${text}: `);
        },
      ),
      { numRuns: 600 },
    );
    expect(streamed).toBeGreaterThan(300);
  });

  test("for every golden picture of one source", async () => {
    const sources = goldenSources();
    let streamed = 0;
    for (const { url, id } of allGoldens()) {
      const { pathname, search } = new URL(url, "https://pictures.example");
      const name = pathname.slice("/is/image/".length);
      const source = sources.get(`${name}.png`) ?? sources.get(`${name}.jpg`) ?? sources.get(name);
      if (source === undefined || /mask=|src=|jpegSize=/.test(search)) continue;
      const found = await difference(source, search.slice(1));
      if (found === undefined) continue;
      streamed++;
      expect(`${id}: ${found}`).toBe(`${id}: `);
    }
    expect(streamed).toBeGreaterThan(60);
  });
});

describe("where several scans are too much, before there is any piece", () => {
  const outOfRoom = (diary: Parameters<typeof jpegOfBytes>[1]) => ({
    ...REAL,
    encoders: { ...REAL.encoders, jpeg: jpegOfBytes((quality) => quality * 10, diary, 0) },
  });

  test("a plan that streams reads its source again, writes one scan, and says so", async () => {
    const diary = { begun: [], made: [] };
    const { plan, file, warnings, readings } = await rendered(SOURCES["photo.jpg"], "fmt=pjpeg", outOfRoom(diary));
    expect([plan.streams, readings, file.length]).toEqual([true, 2, 800]);
    expect(diary.begun).toMatchObject([{ scans: "progressive" }, { scans: "sequential" }]);
    expect(warnings).toEqual([expect.stringMatching(/^written in one scan: /)]);
  });

  test("another one encodes its raster again", async () => {
    const diary = { begun: [], made: [] };
    const { readings, warnings } = await rendered(SOURCES["photo.jpg"], "fmt=pjpeg&op_blur=2", outOfRoom(diary));
    expect(readings).toBe(1);
    expect(diary.begun).toHaveLength(2);
    expect(warnings).toHaveLength(1);
  });

  test("nobody is told who did not ask for several", async () => {
    const diary = { begun: [], made: [] };
    const save = "req=saveToFile&name=a.jpg";
    const { warnings } = await rendered(SOURCES["photo.jpg"], save, outOfRoom(diary), {
      vars: { MozjpegMaxPixels: "0" },
    });
    expect(diary.begun).toMatchObject([{ scans: "small" }, { scans: "sequential" }]);
    expect(warnings).toEqual([]);
  });
});
