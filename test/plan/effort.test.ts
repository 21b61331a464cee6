import { describe, expect, test } from "vitest";
import type { Craft } from "../../src/plan/craft.ts";
import type { Output } from "../../src/plan/output.ts";
import { CRAFT, facts, faultOf, plan, ROWS_CRAFT } from "./planning.ts";

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

describe("several scans", () => {
  const of = (modifiers: string) => save(`wid=100&${modifiers}`).output;

  test("of fmt=pjpeg are those of a save, too: MozJPEG cannot be told how many passes there are to be", () => {
    expect(of("fmt=pjpeg")).toMatchObject({ encoder: "mozjpeg", progressive: true });
    for (const passes of [3, 4, 5]) {
      expect(of(`fmt=pjpeg&pscan=${passes}`)).toMatchObject({ encoder: "jpeg", scans: passes, effort: "small" });
    }
  });

  // What an output takes, by its scans.
  const craft = costing({ memory: one });
  const jpeg: Craft["encoders"]["jpeg"] = {
    ...craft.encoders.jpeg,
    memory: (_, { scans, huffman }) => {
      const kernels = scans !== "sequential" ? 900 : huffman === "optimised" ? 500 : 100;
      return { kernels, beside: 0 };
    },
  };
  const scanning = { ...craft, encoders: { ...craft.encoders, jpeg } };
  const within = (bytes: number, modifiers: string) =>
    plan(`wid=100&${modifiers}`, undefined, { MemoryBudget: `${100 * 50 * 4 + bytes}` }, scanning);

  test("become one, and then the codes of the standard, before the picture is refused; who asked for them is told", () => {
    expect(within(900, "fmt=pjpeg")).toMatchObject({ output: { scans: "progressive" }, warnings: [] });
    const warnings = [expect.stringContaining("written in one scan")];
    expect(within(899, "fmt=pjpeg")).toMatchObject({ output: { scans: "sequential", huffman: "optimised" }, warnings });
    expect(within(499, "fmt=pjpeg")).toMatchObject({ output: { scans: "sequential", huffman: "standard" }, warnings });
    expect(faultOf(() => within(99, "fmt=pjpeg")).code).toBe("memoryBudget");
  });

  test("that were to make a save smaller become one of small effort, and nobody is told", () => {
    const vars = (bytes: number) => ({ MozjpegMaxPixels: "0", MemoryBudget: `${100 * 50 * 4 + bytes}` });
    const of = (bytes: number) => save("wid=100&fmt=jpeg", vars(bytes), scanning);
    expect(of(900)).toMatchObject({ output: { scans: "small", effort: "small" }, warnings: [] });
    expect(of(899)).toMatchObject({ output: { scans: "sequential", effort: "small" }, warnings: [] });
    expect(of(499)).toMatchObject({ output: { huffman: "standard", effort: "fast" }, warnings: [] });
  });
});

describe("the limits of third parties", () => {
  test("hold for them, wherever MozjpegMaxPixels lies", () => {
    const limits = { maxSide: 99, maxPixels: 4999 };
    const { mozjpeg, squooshPng } = CRAFT.encoders;
    const of = (limits: typeof mozjpeg.limits) => ({
      ...CRAFT,
      encoders: { ...CRAFT.encoders, mozjpeg: { ...mozjpeg, limits }, squooshPng: { ...squooshPng, limits } },
    });
    const vars = { MozjpegMaxPixels: "100000000" };
    for (const modifiers of ["fmt=jpeg", "fmt=png"]) {
      expect(save(`wid=100&${modifiers}`, vars, of(limits)).output.encoder).toBe(modifiers.slice(4));
      expect(save(`wid=100&${modifiers}`, vars, of({ ...limits, maxSide: 100 })).output.encoder).toBe(
        modifiers.slice(4),
      );
      const within = of({ maxSide: 100, maxPixels: 5000 });
      expect(save(`wid=100&${modifiers}`, vars, within).output.encoder).not.toBe(modifiers.slice(4));
    }
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

  test("our own have time for all of their rows, as often as they are encoded", () => {
    const jpeg = { ...ROWS_CRAFT.encoders.jpeg, takes: "rows" as const, mostBytes: () => 1e6 };
    const working: Craft = {
      ...ROWS_CRAFT,
      encoders: {
        ...ROWS_CRAFT.encoders,
        jpeg: { ...jpeg, workMs: (_, { effort }) => (effort === "small" ? 500 : 90_000) },
      },
    };
    const of = (modifiers: string) => spent(save(`wid=100&${modifiers}`, { MozjpegMaxPixels: "0" }, working));
    expect([of("timeout=3000"), of("timeout=2999")]).toEqual(["small", "fast"]);
    expect([of("jpegSize=9&timeout=21000"), of("jpegSize=9&timeout=20999")]).toEqual(["small", "fast"]);
  });
});
