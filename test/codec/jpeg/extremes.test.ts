import { describe, expect, test, vi } from "vitest";
import { Kernels } from "../../../src/pixels/kernels.ts";
import { ZIGZAG } from "../../oracle/jpeg-annex-k.ts";
import { gridOf } from "../../oracle/jpeg-scan.ts";
import { decodeAlone, expectAsOracle } from "../../support/jpeg-agreement.ts";
import { decodeJpeg } from "../../support/jpeg-decoding.ts";
import { componentsOf, pictureSpec } from "../../support/jpeg-pictures.ts";
import { plainProgression, SIMPLE_PROGRESSION, slowestProgression } from "../../support/jpeg-scripts.ts";
import { type JpegSpec, writeJpeg } from "../../support/jpeg-writer.ts";
import { MODULES } from "../../support/wasm-modules.ts";

// Takes a second or two alone, and more where others run beside it.
vi.setConfig({ testTimeout: 60_000 });

/** A gray picture whose blocks are given, by their coefficients in zigzag order. */
function grayOf(blocks: readonly Int16Array[], across: number, step: number, more: Partial<JpegSpec> = {}): JpegSpec {
  const down = Math.ceil(blocks.length / across);
  const whole = Array.from({ length: across * down }, (_, at) => blocks[at] ?? new Int16Array(64));
  return {
    size: { width: across * 8, height: down * 8 },
    components: componentsOf("1x1"),
    grids: [{ across, down, blocks: whole }],
    quantisers: [{ number: 0, steps: ZIGZAG.map(() => step) }],
    ...more,
  };
}

const only = (k: number, value: number) => Int16Array.from({ length: 64 }, (_, at) => (at === k ? value : 0));

describe("each coefficient for itself, and none else, gives its wave", () => {
  // A sample of a wave is at most an eighth of its coefficient for DC, a quarter for the rest: 500 is in the range of any
  // inverse DCT of 8-bit samples, before it is clamped.
  test.each([
    [1, 1023],
    [3, 341],
    [16, 63],
    [255, 4],
    [1000, 1],
  ])("with steps of %i", async (step, most) => {
    for (const value of [most, -most, Math.ceil(most / 7), -Math.ceil(most / 7)]) {
      const blocks = Array.from({ length: 64 }, (_, k) => only(k, value));
      const wide = [{ number: 0, steps: ZIGZAG.map(() => step), wide: step > 255 }];
      await expectAsOracle(writeJpeg(grayOf(blocks, 8, step, { quantisers: wide })));
      await expectAsOracle(
        writeJpeg(grayOf(blocks, 8, step, { quantisers: wide, marker: 0xc2, scans: plainProgression(1) })),
      );
    }
  });
});

describe("coefficients at the limits of baseline", () => {
  test("DC from one end to the other, by differences of 2047, is black and white", async () => {
    for (const marker of [0xc0, 0xc2] as const) {
      const scans = marker === 0xc2 ? plainProgression(1) : [{ of: [0] }];
      const blocks = [1023, -1024, 1023, -1024, 0, 1, -1].map((value) => only(0, value));
      await expectAsOracle(writeJpeg(grayOf(blocks, 4, 1, { marker, scans })));
    }
  });

  test("the last coefficient alone, behind three runs of sixteen zeros, and a full block", async () => {
    const full = Int16Array.from({ length: 64 }, (_, k) => (k % 2 === 0 ? 3 : -3));
    await expectAsOracle(writeJpeg(grayOf([only(63, -9), full, only(48, 2), only(16, 5), only(17, 5)], 5, 2)));
  });
});

describe("sides", () => {
  const LONGEST = 65_535;

  test.each([
    [LONGEST, 3],
    [3, LONGEST],
  ])("of %i × %i pixels come out as the oracle says", async (width, height) => {
    const size = { width, height };
    const components = componentsOf("2x2,1x1,1x1");
    const grids = components.map((component, of) => {
      const { across, down } = gridOf({ progressive: false, size, components }, component);
      const blocks = Array.from({ length: across * down }, (_, at) => only(of === 0 ? at % 7 : 0, (at % 19) * 3 - 30));
      return { across, down, blocks };
    });
    const quantisers = [0, 1].map((number) => ({ number, steps: ZIGZAG.map(() => 10) }));
    await expectAsOracle(writeJpeg({ size, components, grids, quantisers }), {}, [1, 8]);
  });

  // Nothing of source size is ever held (architecture.md): 17 GB could not be.
  test("of 65535 × 65535 pixels, almost all of them missing, cost little memory and no time where little is wanted", async () => {
    for (const marker of [0xc0, 0xc1] as const) {
      const file = writeJpeg(pictureSpec({ marker }));
      const at = file.findIndex((byte, place) => byte === 0xff && file[place + 1] === marker);
      file.set([0xff, 0xff, 0xff, 0xff], at + 5);
      const kernels = new Kernels(MODULES.kernels);
      const wanted = { x: 100, y: 8, width: 30, height: 20 };
      const { raster, warnings } = await decodeJpeg(kernels, file, { shrink: 8, wanted });
      expect(raster.data.subarray(-4)).toEqual(Uint8Array.of(128, 128, 128, 255));
      expect(warnings).not.toEqual([]);
      expect(kernels.bytes).toBeLessThan(16 * 1024 * 1024);
    }
  });

  test("of which the height is told behind the first scan (DNL) come out as the oracle says", async () => {
    const size = { width: 45, height: 37 };
    const three = [0, 1, 2].map((place) => ({ of: [place] }));
    await expectAsOracle(writeJpeg(pictureSpec({ size, heightBehind: true, fill: 2 })));
    await expectAsOracle(writeJpeg(pictureSpec({ size, heightBehind: true, scans: three })));
    await expectAsOracle(writeJpeg(pictureSpec({ size, heightBehind: true, marker: 0xc2, scans: SIMPLE_PROGRESSION })));
    await expectAsOracle(
      writeJpeg(pictureSpec({ size, heightBehind: true, scans: [{ of: [0, 1, 2], restartInterval: 2 }] })),
    );
  });

  test("of one pixel are one pixel at every scale", async () => {
    for (const shrink of [1, 2, 4, 8] as const) {
      const { raster } = await decodeAlone(writeJpeg(pictureSpec({ size: { width: 1, height: 1 } })), { shrink });
      expect(raster.size).toEqual({ width: 1, height: 1 });
    }
  });
});

describe("scans", () => {
  const of = (bits: number) =>
    writeJpeg(pictureSpec({ sampling: "1x1", marker: 0xc2, step: 1, scans: slowestProgression(1, bits) }));

  test("of one coefficient each, and one bit more of it each, come out as the oracle says", async () => {
    await expectAsOracle(of(0));
    await expectAsOracle(of(1));
  });

  // Each costs a pass over the picture: somewhere there has to be an end of it.
  test("that are more than any picture has are refused by their number", async () => {
    await expect(decodeAlone(of(5))).rejects.toMatchObject({
      code: "sourceUnsupported",
      detail: expect.stringContaining("scans"),
    });
  });
});
