import { describe, expect, test } from "vitest";
import type { Craft } from "../../src/plan/craft.ts";
import type { Output } from "../../src/plan/output.ts";
import { CRAFT, facts, faultOf, plan } from "./planning.ts";

type Vars = Readonly<Record<string, string>>;

/** What is spent on a picture: an effort of our own, MozJPEG, or a level of oxipng. */
function spent({ output }: { readonly output: Output }): string | number {
  if (output.encoder === "squooshPng") return output.oxipngLevel;
  return output.encoder === "mozjpeg" ? "mozjpeg" : output.effort;
}

const save = (modifiers: string, vars: Vars = {}, craft?: Craft) =>
  plan(`${modifiers}&req=saveToFile&name=a`, facts(1000, 500), vars, craft);

/** Encoders that cost what is said for an effort or a level. */
function costing(costs: { readonly memory?: typeof one; readonly blockingMs?: typeof one }): Craft {
  const of =
    (cost = one) =>
    (_: unknown, output: Output) =>
      cost(spent({ output }));
  const memory = (_: unknown, output: Output) => ({ kernels: 0, beside: of(costs.memory)(_, output) });
  const { jpeg, mozjpeg, png, png8, squooshPng, webp } = CRAFT.encoders;
  const all = { memory, blockingMs: of(costs.blockingMs) };
  return {
    ...CRAFT,
    encoders: {
      jpeg: { ...jpeg, ...all },
      mozjpeg: { ...mozjpeg, ...all },
      png: { ...png, ...all },
      png8: { ...png8, ...all },
      squooshPng: { ...squooshPng, ...all },
      webp: { ...webp, ...all },
    },
  };
}
const one = (_: string | number) => 1;

/** Source: save-contract "Effort". */
describe("SaveEffort", () => {
  test.each([
    ["fmt=jpeg", "mozjpeg"],
    ["fmt=pjpeg,gray&qlt=95,1", "mozjpeg"],
    ["fmt=jpeg&jpegSize=90", "small"],
    ["fmt=webp", "small"],
    ["fmt=webp-alpha,,lossless", "small"],
    ["fmt=png", 0],
    ["fmt=png-alpha,gray", 0],
  ])("is small by default, for a save alone: %s", (modifiers, most) => {
    expect(spent(save(`wid=100&${modifiers}`))).toBe(most);
    expect(spent(save(`wid=100&${modifiers}`, { SaveEffort: "fast", OxipngLevel: "6" }))).toBe("fast");
    for (const request of ["", "&req=img", "&name=a.jpg", "&timeout=300000"]) {
      expect(spent(plan(`wid=100&${modifiers}${request}`, undefined, { OxipngLevel: "6" }))).toBe("fast");
    }
  });

  test("changes nothing else of the output, and nothing of the picture", () => {
    for (const modifiers of ["fmt=pjpeg,gray&qlt=95,1&printRes=300", "fmt=webp-alpha&qlt=3", "fmt=png,gray"]) {
      const [saved, shown] = [save(`wid=100&${modifiers}`), plan(`wid=100&${modifiers}`)];
      const { mime, alpha, dpi } = shown.output;
      expect(saved.output).toMatchObject({ mime, alpha, ...(dpi === undefined ? {} : { dpi }) });
      expect({ ...saved, output: undefined, instead: undefined }).toEqual({
        ...shown,
        output: undefined,
        instead: undefined,
      });
    }
  });

  test("small has oxipng for a PNG where OxipngLevel says so", () => {
    expect(spent(save("wid=100&fmt=png", { OxipngLevel: "2" }))).toBe(2);
    expect(spent(save("wid=100&fmt=png-alpha,gray", { OxipngLevel: "6" }))).toBe(6);
    expect(spent(save("wid=100&fmt=jpeg", { OxipngLevel: "2" }))).toBe("mozjpeg");
  });
});

describe("MozjpegMaxPixels", () => {
  test.each([
    ["fmt=jpeg", "mozjpeg", "small"],
    ["fmt=png", 3, "small"],
    ["fmt=webp", "small", "fast"],
  ])(
    "is the largest picture that third parties encode, not one more: beyond it we do: %s",
    (modifiers, within, beyond) => {
      const vars = { OxipngLevel: "3", MozjpegMaxPixels: "5000" };
      expect(spent(save(`wid=100&${modifiers}`, vars))).toBe(within);
      expect(spent(save(`wid=5001&hei=1&fit=stretch,1&${modifiers}`, vars))).toBe(beyond);
    },
  );

  test("is a million by default, and none at 0", () => {
    expect(spent(save("wid=1000&hei=1000"))).toBe("mozjpeg");
    expect(spent(save("wid=1000&hei=1001"))).toBe("small");
    expect(spent(save("wid=1&hei=1", { MozjpegMaxPixels: "0" }))).toBe("small");
  });
});

describe("where the memory does not suffice, a larger file is better than none", () => {
  const RASTER = 100 * 50 * 4;
  const craft = costing({ memory: (spent) => ({ mozjpeg: 900, small: 900, fast: 500 })[spent] ?? 100 * Number(spent) });

  test("a save is encoded as fast as a reply, from the last byte on that is missing", () => {
    const roomy = save("wid=100", { MemoryBudget: `${RASTER + 900}` }, craft);
    expect([spent(roomy), roomy.peak.total, roomy.peak.encoder]).toEqual(["mozjpeg", RASTER + 900, 900]);
    const tight = save("wid=100", { MemoryBudget: `${RASTER + 899}` }, craft);
    expect([spent(tight), tight.peak.total, tight.peak.encoder]).toEqual(["fast", RASTER + 500, 500]);
  });

  test("oxipng has the highest level that fits, up to OxipngLevel", () => {
    const levels = [650, 600, 599, 100, 99, 0].map((more) =>
      spent(save("wid=100&fmt=png", { OxipngLevel: "6", MemoryBudget: `${RASTER + more}` }, craft)),
    );
    expect(levels).toEqual([6, 6, 5, 1, 0, 0]);
  });

  test("and what not even that fits into is refused by its numbers", () => {
    const fault = faultOf(() => save("wid=100", { MemoryBudget: `${RASTER + 499}` }, craft));
    expect(fault).toMatchObject({
      code: "memoryBudget",
      detail: `${RASTER + 500} bytes (source 0, kernels 0, raster ${RASTER}, encoder 500, file 0), at most ${RASTER + 499}`,
    });
  });
});

describe("where the time does not suffice, as well", () => {
  // Three times its estimated time must be left of half the time that the save has: 3000 ms for 500.
  const craft = costing({
    blockingMs: (spent) => ({ mozjpeg: 500, small: 500, fast: 90_000 })[spent] ?? 100 * Number(spent),
  });

  test("of timeout=, or else of SaveTimeout", () => {
    expect(spent(save("wid=100&timeout=3000", {}, craft))).toBe("mozjpeg");
    expect(spent(save("wid=100&timeout=2999", {}, craft))).toBe("fast");
    expect(spent(save("wid=100", { SaveTimeout: "3000" }, craft))).toBe("mozjpeg");
    expect(spent(save("wid=100", { SaveTimeout: "2999" }, craft))).toBe("fast");
    expect(spent(save("wid=100&timeout=3000", { SaveTimeout: "2999" }, craft))).toBe("mozjpeg");
  });

  test("oxipng has the highest level that can end in time", () => {
    const levels = [3600, 3599, 600, 599].map((timeout) =>
      spent(save(`wid=100&fmt=png&timeout=${timeout}`, { OxipngLevel: "6" }, craft)),
    );
    expect(levels).toEqual([6, 5, 1, 0]);
  });
});
