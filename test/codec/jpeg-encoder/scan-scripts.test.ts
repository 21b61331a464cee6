import { describe, expect, test } from "vitest";
import { type Script, scriptOf } from "../../../src/codec/jpeg-encoder/scan-scripts.ts";
import { SIMPLE_PROGRESSION } from "../../support/jpeg-scripts.ts";

const NAMES = ["progressive", "small", 3, 4, 5] as const;
const EACH = NAMES.flatMap((name) => [1, 3].map((components) => ({ name, components })));

/** Bit positions that each coefficient of a component has been coded down to, scan by scan. */
function codedBy(script: Script, component: number): readonly number[] {
  const low = new Array<number>(64).fill(Number.NaN);
  for (const { of, first, last, ...bits } of script) {
    if (of !== undefined && of !== component) continue;
    for (let place = first; place <= last; place++) {
      // ITU-T T.81, G.1.1.1: AC comes behind the first scan of DC.
      if (place > 0) expect(low[0]).not.toBeNaN();
      const before = low[place] ?? Number.NaN;
      if (Number.isNaN(before)) expect(bits.high).toBe(0);
      // G.1.1.1.2: what is refined is one bit, the one below the last.
      else expect([bits.high, bits.low]).toEqual([before, before - 1]);
      low[place] = bits.low;
    }
  }
  return low;
}

describe.each(EACH)("the scans of $name, of $components components", ({ name, components }) => {
  const script = scriptOf(name, components);

  test("code every bit of every coefficient once, DC first", () => {
    for (let component = 0; component < components; component++) {
      expect(codedBy(script, component)).toEqual(new Array(64).fill(0));
    }
  });

  test("have DC or AC, and AC of one component (T.81, G.1.1.1.1)", () => {
    for (const { of, first, last } of script) {
      expect(first === 0 ? last : last - first).toBeGreaterThanOrEqual(0);
      if (first === 0) expect([of, last]).toEqual([undefined, 0]);
      else expect(of).toBeLessThan(components);
    }
  });
});

test("those of libjpeg are libjpeg's", () => {
  const said = scriptOf("progressive", 3).map(({ of, first, last, high, low }) => ({
    of: of === undefined ? [0, 1, 2] : [of],
    ...(first === 0 ? {} : { from: first, to: last }),
    ...(high === 0 ? {} : { high }),
    low,
  }));
  expect(said).toEqual(SIMPLE_PROGRESSION);
});

describe("a number is that of passes over the whole picture (protocol.md 3.1)", () => {
  test.each([3, 4, 5] as const)("%i", (passes) => {
    // Of one component each pass is one scan, but that the last bit of DC goes with that of AC.
    const refinesDc = scriptOf(passes, 1).filter(({ first, high }) => first === 0 && high > 0).length;
    expect(scriptOf(passes, 1).length - refinesDc).toBe(passes);
    const ac = (script: Script) => script.filter(({ first }) => first > 0);
    expect(ac(scriptOf(passes, 3)).length).toBe(3 * ac(scriptOf(passes, 1)).length);
  });
});
