import { describe, expect, test } from "vitest";
import { type Colour, opaque, printed, yccColour, yccColourByLibjpeg, ycckColour } from "../oracle/jpeg-samples.ts";
import { ALIGNMENTS, guarded, guardedCopy, roomyKernels } from "../support/guarded.ts";
import { expectNear } from "../support/near.ts";
import { randomBytes } from "../support/random.ts";

const kernels = roomyKernels();

/** Every remainder of a step of sixteen pixels, twice over, and a row of many steps. */
const COUNTS = [0, ...Array.from({ length: 40 }, (_, index) => index + 1), 257];
const MATRIX = COUNTS.flatMap((count) => ALIGNMENTS.map((alignment) => ({ count, alignment })));

/** How many bytes behind their pixels the kernels say they may write: fifteen pixels. */
const BEHIND = 60;

type Run = (planes: readonly number[], to: number, count: number) => void;
type Twin = (samples: readonly number[]) => Colour;

const at = (list: readonly number[], index: number) => list[index] ?? 0;

/** Each kernel, how many planes it takes, and its twin; the twins are exact but where a test says otherwise. */
const KERNELS: Readonly<Record<string, { readonly planes: number; readonly run: Run; readonly twin: Twin }>> = {
  grayRow: {
    planes: 1,
    run: (p, to, count) => kernels.run.grayRow(at(p, 0), to, count),
    twin: (s) => [at(s, 0), at(s, 0), at(s, 0)],
  },
  rgbRow: {
    planes: 3,
    run: (p, to, count) => kernels.run.rgbRow(at(p, 0), at(p, 1), at(p, 2), to, count),
    twin: (s) => [at(s, 0), at(s, 1), at(s, 2)],
  },
  yccRow: {
    planes: 3,
    run: (p, to, count) => kernels.run.yccRow(at(p, 0), at(p, 1), at(p, 2), to, count),
    twin: (s) => yccColourByLibjpeg(at(s, 0), at(s, 1), at(s, 2)),
  },
  "cmykRow, inks inverted": {
    planes: 4,
    run: (p, to, count) => kernels.run.cmykRow(at(p, 0), at(p, 1), at(p, 2), at(p, 3), to, count, 0),
    twin: (s) => printed([at(s, 0), at(s, 1), at(s, 2)], at(s, 3)),
  },
  "cmykRow, inks as they are": {
    planes: 4,
    run: (p, to, count) => kernels.run.cmykRow(at(p, 0), at(p, 1), at(p, 2), at(p, 3), to, count, 255),
    twin: (s) => printed([255 - at(s, 0), 255 - at(s, 1), 255 - at(s, 2)], 255 - at(s, 3)),
  },
  ycckRow: {
    planes: 4,
    run: (p, to, count) => kernels.run.ycckRow(at(p, 0), at(p, 1), at(p, 2), at(p, 3), to, count),
    twin: (s) => ycckColour(at(s, 0), at(s, 1), at(s, 2), at(s, 3)),
  },
};

/** Runs a kernel on copies of its planes; its pixels, having seen that it wrote no farther than it says. */
function pixelsOf(run: Run, planes: readonly Uint8Array[], alignment = 0): Uint8Array {
  kernels.clear();
  const count = planes[0]?.length ?? 0;
  const from = planes.map((plane) => guardedCopy(kernels, plane, alignment));
  const to = guarded(kernels, count * 4 + BEHIND, alignment);
  run(
    from.map(({ address }) => address),
    to.address,
    count,
  );
  expect([to, ...from].map((block) => block.trespasses())).toEqual([0, ...planes.map(() => 0)]);
  expect(
    from.map(({ bytes }) => bytes),
    "the planes are left alone",
  ).toEqual(planes);
  return to.bytes.slice(0, count * 4);
}

function colours(planes: readonly Uint8Array[], twin: Twin): Uint8Array {
  const count = planes[0]?.length ?? 0;
  return opaque(Array.from({ length: count }, (_, pixel) => twin(planes.map((plane) => plane[pixel] ?? 0))));
}

/** All pairs of two bytes, as two planes. */
const PAIRS = [
  Uint8Array.from({ length: 65_536 }, (_, index) => index & 255),
  Uint8Array.from({ length: 65_536 }, (_, index) => index >> 8),
] as const;
const plain = (value: number) => new Uint8Array(65_536).fill(value);

describe.each(Object.entries(KERNELS))("%s", (_, { planes, run, twin }) => {
  test.each(MATRIX)("gives exactly the twin's $count pixels at alignment $alignment", ({ count, alignment }) => {
    const rows = Array.from({ length: planes }, (_, plane) => randomBytes(count, count * 10 + plane));
    expectNear(pixelsOf(run, rows, alignment), colours(rows, twin), 0);
  });

  test("reads no farther than 15 bytes behind its planes", () => {
    kernels.clear();
    const to = kernels.reserve(33 * 4 + BEHIND);
    // At the very end of the memory a byte too far is a trap.
    expect(() => run(new Array(planes).fill(kernels.bytes - 33 - 15), to, 33)).not.toThrow();
    expect(() => run(new Array(planes).fill(kernels.bytes - 33 - 14), to, 33)).toThrow();
  });
});

describe("every combination", () => {
  const run = (name: string): Run => KERNELS[name]?.run ?? (() => undefined);

  test.each([0, 1, 16, 100, 128, 200, 235, 254, 255])("of Cb and Cr at Y = %i is libjpeg's, bit for bit", (y) => {
    const rows = [plain(y), PAIRS[0], PAIRS[1]];
    const got = pixelsOf(run("yccRow"), rows);
    expectNear(
      got,
      colours(rows, (s) => yccColourByLibjpeg(at(s, 0), at(s, 1), at(s, 2))),
      0,
    );
    // 1: libjpeg's factors have five digits, which decides sums that lie within 0.001 of a half.
    expectNear(
      got,
      colours(rows, (s) => yccColour(at(s, 0), at(s, 1), at(s, 2))),
      1,
    );
  });

  test.each([0, 255])("of an ink and black is rounded exactly, with the complement %i", (complement) => {
    const rows = [PAIRS[0], PAIRS[0], PAIRS[0], PAIRS[1]];
    const flip = (value: number) => value ^ complement;
    const got = pixelsOf(
      ([c = 0, m = 0, y = 0, k = 0], to, count) => kernels.run.cmykRow(c, m, y, k, to, count, complement),
      rows,
    );
    expectNear(
      got,
      colours(rows, ([c = 0, , , k = 0]) => printed([flip(c), flip(c), flip(c)], flip(k))),
      0,
    );
  });

  test("of luma and black is rounded exactly by ycckRow, without chroma", () => {
    const rows = [PAIRS[0], plain(128), plain(128), PAIRS[1]];
    const got = pixelsOf(run("ycckRow"), rows);
    expectNear(
      got,
      colours(rows, ([y = 0, , , k = 0]) => printed([255 - y, 255 - y, 255 - y], k)),
      0,
    );
  });

  test.each([0, 90, 255])("of Cb and Cr at Y = %i is inverted by ycckRow where there is no black", (y) => {
    const rows = [plain(y), PAIRS[0], PAIRS[1], plain(255)];
    const got = pixelsOf(run("ycckRow"), rows);
    const light = pixelsOf(run("yccRow"), rows.slice(0, 3));
    expectNear(
      got,
      light.map((value, index) => (index % 4 === 3 ? value : 255 - value)),
      0,
    );
  });

  test("of gray is itself, opaque", () => {
    const all = Uint8Array.from({ length: 256 }, (_, value) => value);
    const wanted = opaque(Array.from(all, (value) => [value, value, value] as const));
    expect(pixelsOf(run("grayRow"), [all])).toEqual(wanted);
  });
});
