import { expect, test } from "vitest";
import { fadeInto } from "../../../src/pixels/steps/fade.ts";
import type { Rect } from "../../../src/plan/size.ts";
import { fadedPicture } from "../../oracle/steps.ts";
import { drive } from "../../support/driving.ts";
import { roomyKernels } from "../../support/guarded.ts";
import { expectNearPicture } from "../../support/near.ts";
import { noise } from "../../support/pictures.ts";

const kernels = roomyKernels();

/** Every alpha once. */
const ALPHAS = {
  size: { width: 256, height: 1 },
  data: new Uint8Array(1024).map((_, at) => (at % 4 === 3 ? at >> 2 : 9)),
};

test("a fade is exact for every alpha and every opacity of four decimals, halves rounded up", () => {
  for (let part = 0; part <= 10_000; part++) {
    kernels.clear();
    const got = { ...ALPHAS, data: ALPHAS.data.slice() };
    drive(fadeInto(kernels, got, { step: "fade", within: { x: 0, y: 0, ...got.size }, opacity: part / 10_000 }));
    // The product as it is meant, in whole numbers, not as a fraction that is a little below it.
    const wanted = ALPHAS.data.map((level, at) => {
      const alpha = Math.floor(((ALPHAS.data[at | 3] ?? 0) * part + 5000) / 10_000);
      if (alpha === 0) return 0;
      return at % 4 === 3 ? alpha : level;
    });
    expect(Buffer.compare(got.data, wanted), `opacity ${part / 10_000}`).toBe(0);
  }
});

const PARTS: readonly Rect[] = [
  { x: 0, y: 0, width: 70, height: 500 },
  { x: 3, y: 5, width: 61, height: 480 },
  { x: 69, y: 499, width: 1, height: 1 },
  { x: 10, y: 10, width: 0, height: 20 },
  { x: 10, y: 10, width: 20, height: 0 },
];
test.each(PARTS)("a fade changes what lies within $x, $y, $width × $height and nothing else", (within) => {
  kernels.clear();
  const source = noise({ width: 70, height: 500 }, 1, false);
  const got = { ...source, data: source.data.slice() };
  const samples = drive(fadeInto(kernels, got, { step: "fade", within, opacity: 0.375 }));
  const isWithin = (x: number, y: number) =>
    x >= within.x && x < within.x + within.width && y >= within.y && y < within.y + within.height;
  const wanted = fadedPicture(source, (x, y) => (isWithin(x, y) ? 0.375 : 1));
  // Where nothing is done, not even colours that nothing shows of are cleared.
  for (let pixel = 0; pixel < 70 * 500; pixel++) {
    if (isWithin(pixel % 70, Math.floor(pixel / 70))) continue;
    wanted.data.set(source.data.subarray(pixel * 4, pixel * 4 + 4), pixel * 4);
  }
  expectNearPicture(got, wanted, 0);
  expect(samples).toBe(within.width * within.height * 4);
});

test("a fade takes rows that are longer than a band", () => {
  kernels.clear();
  const source = noise({ width: 40_000, height: 3 }, 2, false);
  const got = { ...source, data: source.data.slice() };
  drive(fadeInto(kernels, got, { step: "fade", within: { x: 0, y: 0, ...source.size }, opacity: 0.5 }));
  expectNearPicture(
    got,
    fadedPicture(source, () => 0.5),
    0,
  );
});
