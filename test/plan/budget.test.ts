import { describe, expect, test } from "vitest";
import { jpegDecoding } from "../../src/codec/jpeg/decoder.ts";
import type { Craft } from "../../src/plan/craft.ts";
import { type Delivery, PIECE_BYTES } from "../../src/plan/delivery.ts";
import type { SourceFacts } from "../../src/plan/facts.ts";
import { CRAFT, drawn, facts, faultOf, plan, ROWS_CRAFT } from "./planning.ts";

const EXACT = { ScaleQuality: "exact" };

describe("peak memory", () => {
  const MIB = 1_048_576;
  const WANTED = { x: 1, y: 2, width: 3, height: 4 };
  const AXIS = { box: 2, cells: 9, leading: 1, trailing: 0 };
  const BOXES = { across: AXIS, down: AXIS, wide: false };
  interface Costs {
    readonly kernels: number;
    readonly beside: number;
    readonly resampler: number;
    readonly encoder: number;
  }

  /** Costs what is said, and notes what was asked. */
  function costing({ kernels, beside, resampler, encoder }: Costs, asked: unknown[] = []): Craft {
    const decoder = {
      shrinks: [1, 2, 4, 8] as const,
      isWhole: false,
      memory: (...about: readonly unknown[]) => {
        asked.push(about);
        return { kernels, beside };
      },
    };
    return {
      decoders: { jpeg: decoder, png: decoder, webp: decoder },
      encoders: {
        ...CRAFT.encoders,
        jpeg: { ...CRAFT.encoders.jpeg, memory: () => ({ kernels: 0, beside: encoder }) },
        png: { ...CRAFT.encoders.png, memory: () => ({ kernels: 0, beside: encoder + 1 }) },
        webp: { ...CRAFT.encoders.webp, memory: () => ({ kernels: 0, beside: encoder + 2 }) },
      },
      resampling: (resample, alpha) => {
        asked.push([resample, alpha]);
        return { bytes: resampler, wanted: WANTED, boxes: BOXES };
      },
      stepBytes: () => 0,
    };
  }

  test.each([
    [{ kernels: 1000, beside: 20, resampler: 300, encoder: 4 }, 1000 + 300 + 80_000 + 20],
    [{ kernels: 1000, beside: 3, resampler: 300, encoder: 40 }, 1000 + 300 + 80_000 + 40],
    [{ kernels: 0, beside: 0, resampler: 0, encoder: 0 }, 80_000],
  ])("is kernels, raster, and the larger of source and encoder: %o", (costs, total) => {
    expect(plan("wid=200", undefined, {}, costing(costs)).peak).toEqual({
      kernels: costs.kernels + costs.resampler,
      source: costs.beside,
      raster: 200 * 100 * 4,
      encoder: costs.encoder,
      file: 0,
      total,
    });
  });

  test("adds up what was held to decode one file after the other, for nobody knows when that is given back", () => {
    const craft = costing({ kernels: 5, beside: 1000, resampler: 0, encoder: 0 });
    const peakOf = (modifiers: string, mask?: SourceFacts) => plan(modifiers, undefined, {}, craft, 100, mask).peak;
    expect(peakOf("wid=10").source).toBe(1000);
    expect(peakOf("wid=10&mask=m", facts(10, 10)).source).toBe(2000);
    // The picture and its mask, and both of them once more for the median.
    expect(peakOf("wid=10&mask=m&op_colorize=ff0000", facts(10, 10))).toMatchObject({ source: 4000, kernels: 5 });
  });

  test("counts the view with its bars, and the encoder that is used", () => {
    const craft = costing({ kernels: 0, beside: 0, resampler: 0, encoder: 10 });
    expect(plan("wid=200&hei=200", undefined, {}, craft).peak).toMatchObject({ raster: 160_000, encoder: 10 });
    expect(plan("wid=200&hei=200&fmt=png", undefined, {}, craft).peak.encoder).toBe(11);
    expect(plan("wid=200&hei=200&fmt=webp", undefined, {}, craft).peak.encoder).toBe(12);
  });

  test("is asked of the decoder for what the resampler wants of the picture, and for what it may be added up to", () => {
    const asked: unknown[] = [];
    const source = facts(1001, 667, 6);
    const craft = costing({ kernels: 0, beside: 0, resampler: 0, encoder: 0 }, asked);
    const { resample } = drawn("fit=crop&wid=50&hei=50", source, {}, craft, 12_345);
    expect(asked).toEqual([
      [resample, false],
      [source, 12_345, { shrink: 8, wanted: WANTED, boxes: BOXES }],
    ]);
  });

  test("is asked for pixels that are not added up where they get another alpha before", () => {
    for (const [modifiers, alpha, boxes] of [
      ["wid=50", true, BOXES],
      ["wid=50&mask=m&maskUse=invert", false, BOXES],
      ["wid=50&maskUse=off", false, BOXES],
      ["wid=50&maskUse=off", true, undefined],
      ["wid=50&maskUse=invert", true, undefined],
    ] as const) {
      const asked: unknown[][] = [];
      const craft = costing({ kernels: 0, beside: 0, resampler: 0, encoder: 0 }, asked);
      plan(
        modifiers,
        { ...facts(1000, 500), alpha },
        {},
        craft,
        9,
        modifiers.includes("mask=m") ? facts(9, 9) : undefined,
      );
      expect(asked[1]?.[2], modifiers).toEqual({ shrink: 8, wanted: WANTED, ...(boxes && { boxes }) });
    }
  });

  test("above MemoryBudget is refused by name and number, and at it is not", () => {
    const craft = costing({ kernels: 1000, beside: 20, resampler: 300, encoder: 40 });
    expect(plan("wid=200", undefined, { MemoryBudget: "81340" }, craft).peak.total).toBe(81_340);
    const fault = faultOf(() => plan("wid=200", undefined, { MemoryBudget: "81339" }, craft));
    expect(fault).toMatchObject({
      code: "memoryBudget",
      detail: "81340 bytes (source 20, kernels 1300, raster 80000, encoder 40, file 0), at most 81339",
      mayBeTold: true,
    });
  });

  describe("of a plan that streams", () => {
    const craft: Craft = {
      ...costing({ kernels: 1000, beside: 20, resampler: 300, encoder: 0 }),
      stepBytes: (_, size) => size.height,
      encoders: {
        ...ROWS_CRAFT.encoders,
        jpeg: {
          takes: "rows",
          limits: CRAFT.encoders.jpeg.limits,
          blockingMs: () => 0,
          memory: (_, output) => ({ kernels: output.huffman === "standard" ? 50 : 5000, beside: 7 }),
          mostBytes: ({ width, height }) => 10 * width * height,
          workMs: () => 0,
        },
      },
    };
    const BAND = 2000 * 64 * 4;
    const of = (modifiers: string, vars: Readonly<Record<string, string>> = {}, delivery?: Delivery) =>
      plan(`fit=stretch,1&wid=2000&hei=1000${modifiers}`, undefined, vars, craft, 100, undefined, delivery);

    test("is all at once: decoder, resampler, steps and encoder, a band, and pieces of the file with what they are joined into", () => {
      expect(of("&op_invert=1")).toMatchObject({
        streams: true,
        peak: { kernels: 1300 + 5000 + 64, source: 20, raster: BAND, encoder: 7, file: 2 * PIECE_BYTES },
      });
      const { kernels, source, raster, encoder, file, total } = of("&op_invert=1").peak;
      expect(total).toBe(kernels + source + raster + encoder + file);
      expect(of("").claim.own).toBe(of("").peak.total);
    });

    test("has the raster, and the most of the kernels, where it does not stream", () => {
      expect(of("&op_blur=3").peak).toMatchObject({ kernels: 5000, raster: 2000 * 1000 * 4, file: 2 * PIECE_BYTES });
    });

    test("has all of the file where that has to be whole, and says by number what is too much of it", () => {
      const whole = of("", {}, "whole").peak;
      expect(whole.file).toBe(40_000_000);
      const least = whole.total - 5000 + 50;
      expect(of("", { MemoryBudget: `${least}` }, "whole").output).toMatchObject({ huffman: "standard" });
      expect(faultOf(() => of("", { MemoryBudget: `${least - 1}` }, "whole"))).toMatchObject({
        code: "saveTooLargeForCondition",
        detail: `its file may take 40000000 bytes, in pieces and joined, and ${least - 40_000_000} are held beside it, at most ${least - 1} in all`,
        mayBeTold: true,
      });
      expect(of("", { MemoryBudget: `${least - 1}` }, "pieces").peak.file).toBe(2 * PIECE_BYTES);
      expect(faultOf(() => of("", { MemoryBudget: "100000" }, "whole")).code).toBe("memoryBudget");
    });

    test("has standard tables before it is refused", () => {
      const { total } = of("").peak;
      const spent = [total, total - 1, total - 4950].map((MemoryBudget) => {
        const { output } = of("", { MemoryBudget: `${MemoryBudget}` });
        return output.encoder === "jpeg" ? output.huffman : undefined;
      });
      expect(spent).toEqual(["optimised", "standard", "standard"]);
      expect(faultOf(() => of("", { MemoryBudget: `${total - 4951}` })).code).toBe("memoryBudget");
    });

    test("counts the source twice where it may have to be read again", () => {
      expect(of("&fmt=pjpeg")).toMatchObject({ instead: { scans: "sequential" }, peak: { source: 40 } });
    });

    test("of jpegSize= holds the raster, and two files of that size", () => {
      expect(of("&jpegSize=3").streams).toBe(false);
      expect(of("&jpegSize=3").peak).toMatchObject({ raster: 2000 * 1000 * 4, file: 2 * 3072 });
    });

    test("is that of a file of any size where no file can have as many bytes as jpegSize= says", () => {
      // 20,000,000 bytes at most: 19,532 units of 1024 are the first that are no fewer.
      expect(of("&jpegSize=19531")).toMatchObject({ streams: false, peak: { file: 2 * 19_531 * 1024 } });
      expect(of("&jpegSize=19532")).toEqual(of(""));
    });
  });

  describe("as the gate counts it", () => {
    const decoder = (bytes: number) => ({
      shrinks: [1] as const,
      isWhole: true,
      memory: () => ({
        kernels: 5,
        beside: 100 + bytes,
        uses: { codec: "squooshPng", bytes, reused: bytes * 2 } as const,
      }),
    });
    const craft: Craft = {
      ...CRAFT,
      decoders: { jpeg: decoder(7000), png: decoder(9000), webp: CRAFT.decoders.webp },
      encoders: {
        ...CRAFT.encoders,
        jpeg: {
          ...CRAFT.encoders.jpeg,
          memory: () => ({ kernels: 0, beside: 600, uses: { codec: "mozjpegEncoder", bytes: 600 } }),
        },
        png: {
          ...CRAFT.encoders.png,
          memory: () => ({ kernels: 0, beside: 300, uses: { codec: "squooshPng", bytes: 299 } }),
        },
        webp: { ...CRAFT.encoders.webp, memory: () => ({ kernels: 0, beside: 400 }) },
      },
    };
    const claimOf = (modifiers: string, mask?: SourceFacts) => plan(modifiers, undefined, {}, craft, 100, mask).claim;
    const RASTER = 10 * 5 * 4;

    test("is apart: what is the picture's own, and what stays with the codecs, which is as much of each as it ever needs", () => {
      expect(claimOf("wid=10")).toEqual({
        own: 5 + RASTER + 100,
        codecs: { squooshPng: 14_000, mozjpegEncoder: 600 },
      });
      expect(claimOf("wid=10&fmt=png").codecs).toEqual({ squooshPng: 14_000 });
    });

    test("adds up what is the picture's own, file after file, and takes the larger one of a codec that is used twice", () => {
      const mask: SourceFacts = { ...facts(10, 10), format: "png" };
      expect(claimOf("wid=10&mask=m", mask)).toEqual({
        own: 5 + RASTER + 200,
        codecs: { squooshPng: 18_000, mozjpegEncoder: 600 },
      });
    });

    test("has no codec where the encoder has none, whose memory is the picture's own", () => {
      expect(claimOf("wid=10&fmt=webp")).toEqual({ own: 5 + RASTER + 400, codecs: { squooshPng: 14_000 } });
    });
  });

  test("is refused only after what is over another limit, which says more", () => {
    const craft = costing({ kernels: 2 ** 40, beside: 0, resampler: 0, encoder: 0 });
    expect(faultOf(() => plan("wid=65501", undefined, {}, craft)).code).toBe("outputTooLarge");
    expect(faultOf(() => plan("wid=65500&hei=1", facts(65_501, 1), {}, craft)).code).toBe("sourceTooLarge");
  });

  describe("of the JPEG decoder", () => {
    const real: Craft = { ...CRAFT, decoders: { ...CRAFT.decoders, jpeg: jpegDecoding } };
    const sampling = [
      { across: 2, down: 2 },
      { across: 1, down: 1 },
      { across: 1, down: 1 },
    ];
    const jpeg = (wholeFile: boolean, width = 6000, height = 4000): SourceFacts => ({
      ...facts(width, height),
      jpeg: { wholeFile, sampling },
    });

    test("the length of a progressive file counts, and that of another one does not", () => {
      const short = plan("wid=100", jpeg(true), {}, real, 1 * MIB).peak;
      const long = plan("wid=100", jpeg(true), {}, real, 50 * MIB).peak;
      expect([short.source, long.source]).toEqual([1 * MIB, 50 * MIB]);
      expect(long.total - short.total).toBe(49 * MIB);
      const baseline = plan("wid=100", jpeg(false), {}, real, 50 * MIB).peak;
      expect(baseline).toEqual(plan("wid=100", jpeg(false), {}, real, 1 * MIB).peak);
      expect(baseline.source).toBe(0);
    });

    test("a progressive file of 150 MB is refused, and a baseline one is not", () => {
      expect(faultOf(() => plan("wid=100", jpeg(true), {}, real, 150e6)).code).toBe("memoryBudget");
      expect(plan("wid=100", jpeg(false), {}, real, 150e6).peak.total).toBeLessThan(10 * MIB);
    });

    test("it does not depend on the height, and little of it on what is seen", () => {
      for (const wholeFile of [false, true]) {
        const low = plan("wid=100&hei=100&fit=crop", jpeg(wholeFile, 6000, 100), {}, real);
        const high = plan("wid=100&hei=100&fit=crop", jpeg(wholeFile, 6000, 60_000), EXACT, real, 10_000_000);
        expect(low.drawing?.decode).toEqual(high.drawing?.decode);
        expect(high.peak.kernels).toBe(low.peak.kernels);
      }
    });
  });
});
