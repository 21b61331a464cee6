import { deflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { Raster } from "../../../src/pixels/raster.ts";
import { noise } from "../../support/pictures.ts";
import { pngFile as encoded } from "../../support/pixels.ts";
import { chunksIn, pngFile, pngOf, withDataIn } from "../../support/png-bytes.ts";
import { decodePng } from "../../support/png-decoding.ts";
import { factsOf, faultOf } from "../../support/sniffing.ts";

/**
 * What is missing at the end is no damage: the rows that are there are shown, with a warning. Source: PNG (Third
 * Edition), 13.2: "recover from errors whenever possible".
 */

/** Rows of a cut file that are there; the others must be nothing. */
function rowsOf(file: Uint8Array, whole: Raster, facts = factsOf(file)): { rows: number; warnings: readonly string[] } {
  const { width, height } = whole.size;
  const { raster, warnings } = decodePng(file, { facts, chunkBytes: 10_000 });
  const missing = facts.alpha ? [0, 0, 0, 0] : [0, 0, 0, 255];
  const [, said] = /^the PNG ends after (\d+) of \d+ rows$/.exec(warnings[0] ?? "") ?? [];
  const rows = said === undefined ? height : Number(said);
  const wanted = Uint8Array.from(whole.data);
  for (let at = rows * width * 4; at < wanted.length; at += 4) wanted.set(missing, at);
  expect(Buffer.compare(raster.data, wanted), `${rows} rows and nothing`).toBe(0);
  return { rows, warnings };
}

/** Cuts a file everywhere; what is there of it never becomes less. */
function cutEverywhere(file: Uint8Array, places: readonly number[]): void {
  const whole = decodePng(file).raster;
  const { height } = whole.size;
  const facts = factsOf(file);
  const dataAt = Buffer.from(file.buffer, file.byteOffset, file.length).indexOf("IDAT", 0, "latin1");
  let before = 0;
  for (const at of places) {
    const cut = file.slice(0, at);
    if (at < dataAt + 4) {
      const { code, detail } = faultOf(() => decodePng(cut, { facts }));
      expect([code, detail]).toEqual(["sourceBroken", "the PNG has an end before its image data"]);
    } else if (before === 0 && isWithoutRows(cut, facts)) {
      expect(faultOf(() => decodePng(cut, { facts })).detail).toBe("the PNG has no rows");
    } else {
      const { rows, warnings } = rowsOf(cut, whole, facts);
      expect(rows).toBeGreaterThanOrEqual(before);
      const wanted = rows < height ? [`the PNG ends after ${rows} of ${height} rows`] : ["the PNG ends without an end"];
      expect(warnings, `cut at byte ${at}`).toEqual(wanted);
      before = rows;
    }
  }
  expect(before).toBe(height);
}

function isWithoutRows(file: Uint8Array, facts: ReturnType<typeof factsOf>): boolean {
  try {
    decodePng(file, { facts });
    return false;
  } catch {
    return true;
  }
}

const upTo = (length: number) => Array.from({ length }, (_, at) => at);

describe("a file that is cut off has the rows that are there, and says how many", () => {
  const small = noise({ width: 9, height: 13 }, 1, false);
  const SMALL: readonly (readonly [what: string, file: Uint8Array])[] = [
    ["deflated", Uint8Array.from(encoded({ ...small.size, data: small.data }))],
    ["stored", Uint8Array.from(encoded({ ...small.size, data: small.data }, 0))],
    ["in small chunks", withDataIn([7, 0, 30], Uint8Array.from(encoded({ ...small.size, data: small.data })))],
    [
      "of a palette, without alpha",
      pngFile({
        ...{ width: 50, height: 60, colourType: 3, depth: 8 },
        before: [["PLTE", small.data.subarray(0, 300)]],
        samples: (x, y) => [(x * y + x) % 100],
      }),
    ],
  ];

  test.each(SMALL)("at every byte of a small one, %s", (_, file) => {
    expect(file.length).toBeGreaterThan(400);
    cutEverywhere(file, upTo(Math.min(file.length - 1, 1024)).concat(file.length - 1));
  });

  test("at two hundred places of a large one", () => {
    const large = noise({ width: 300, height: 500 }, 2, true);
    const file = Uint8Array.from(encoded({ ...large.size, data: large.data }));
    expect(file.length).toBeGreaterThan(400_000);
    cutEverywhere(
      file,
      upTo(200)
        .map((at) => Math.floor((at / 200) * file.length))
        .concat(file.length - 1),
    );
  });
});

describe("image data that end early in a file that is whole", () => {
  const spec = { width: 20, height: 12, colourType: 2, depth: 8, samples: (x: number, y: number) => [x, y, 9] };
  const whole = decodePng(pngFile(spec)).raster;
  const [header = ["IHDR", new Uint8Array()], data = ["IDAT", new Uint8Array()], end = ["IEND", new Uint8Array()]] =
    chunksIn(pngFile(spec));

  test("are missing rows just so", () => {
    const rows = deflateSync(pixelsOf(7));
    const file = pngOf([header, ["IDAT", rows], end]);
    expect(rowsOf(file, whole)).toEqual({ rows: 7, warnings: ["the PNG ends after 7 of 12 rows"] });
  });

  test("in the middle of a row lack that row", () => {
    const file = pngOf([header, ["IDAT", deflateSync(pixelsOf(7.5))], end]);
    expect(rowsOf(file, whole).rows).toBe(7);
  });

  test("are no picture where there is not one row", () => {
    for (const rows of [0, 0.9]) {
      const file = pngOf([header, ["IDAT", deflateSync(pixelsOf(rows))], end]);
      expect(faultOf(() => decodePng(file))).toEqual({ code: "sourceBroken", detail: "the PNG has no rows" });
    }
  });

  test("without their own checksum are all there, with a warning", () => {
    for (const missing of [1, 4]) {
      const file = pngOf([header, ["IDAT", data[1].subarray(0, -missing)], end]);
      const warnings = ["the image data of the PNG ends without an end"];
      expect(rowsOf(file, whole)).toEqual({ rows: 12, warnings });
    }
  });

  test("are refused where what is there is damaged", () => {
    const cut = pngOf([header, ["IDAT", deflateSync(pixelsOf(7))], end]);
    const facts = factsOf(cut);
    for (const at of [cut.length - 1, cut.length - 14]) {
      const damaged = cut.slice();
      damaged[at] = (cut[at] ?? 0) ^ 1;
      expect(faultOf(() => decodePng(damaged, { facts })).detail).toMatch(/wrong checksum/);
    }
  });

  /** Filtered rows, as many as that, and parts of one. */
  function pixelsOf(rows: number): Uint8Array {
    const bytes = new Uint8Array(12 * 61);
    for (let y = 0; y < 12; y++) {
      for (let x = 0; x < 20; x++) bytes.set(spec.samples(x, y), y * 61 + 1 + x * 3);
    }
    return bytes.subarray(0, rows * 61);
  }
});

describe("image data that go on behind the last row", () => {
  const spec = { width: 20, height: 12, colourType: 0, depth: 8, samples: (x: number, y: number) => [x * y] };
  const whole = decodePng(pngFile(spec)).raster;
  const tall = (height: number) => {
    const [, data = ["IDAT", new Uint8Array()]] = chunksIn(
      pngFile({ ...spec, height, samples: (x, y) => [(x * y) & 255] }),
    );
    return data[1];
  };
  const [header = ["IHDR", new Uint8Array()], , end = ["IEND", new Uint8Array()]] = chunksIn(pngFile(spec));

  test.each([1, 100, 20_000])("are of no account: %i rows", (more) => {
    const file = pngOf([header, ["IDAT", tall(12 + more)], end]);
    expect(rowsOf(file, whole)).toEqual({ rows: 12, warnings: [] });
  });

  test("are inflated a little, and no further: what they say cannot cost more", () => {
    // A thousandth of what it inflates to.
    const bomb = deflateSync(Buffer.concat([Buffer.alloc(12 * 21), Buffer.alloc(50_000_000)]));
    const file = pngOf([header, ["IDAT", bomb], end]);
    const { warnings, steps } = decodePng(file);
    expect([warnings, steps < 10_000]).toEqual([[], true]);
  });

  test("are refused where they are damaged before that", () => {
    const data = tall(14);
    data[data.length - 1] = (data.at(-1) ?? 0) ^ 1;
    const file = pngOf([header, ["IDAT", data], end]);
    expect(faultOf(() => decodePng(file)).code).toBe("sourceBroken");
  });
});
