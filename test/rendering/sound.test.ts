import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readSettings } from "../../src/settings/settings.ts";
import { facts } from "../plan/planning.ts";
import { headers, hostileModifier } from "./hostile.ts";
import { judged } from "./judged.ts";

const SETTINGS = [
  readSettings({}),
  readSettings({ ScaleQuality: "exact", DefaultUpscale: "1" }),
  readSettings({ LinearLight: "1", DefaultPix: "400,0", MaxPix: "3000,3000", ResMode: "bilin" }),
  readSettings({ AutoOrient: "0", DefaultPix: "1,1", MaxRenderRgnPixels: "100000000" }),
];
const RUNS = 15_000;

describe("a plan is sound, or there is none", () => {
  // All of these once were not.
  test.each([
    ["scl=1e-9&rect=0,0,462,47&op_blur=100", 1, 1],
    ["rect=0,0,100,100,10000000&layer=0&op_usmR=2,100", 100, 100],
    ["size=1,1&rect=0,2147483648,1,1,1.5", 1, 3],
    ["rgn=0,65501,2,2404&rotate=426", 1, 1000],
    ["size=500,0&rect=5000,5000,10,10,2", 1000, 1000],
    ["op_sharpen=1&rect=2,-1200,1,1078", 1, 1],
    ["scl=5e-324&rect=800,2,1166,1", 1000, 2],
    ["scale=1.7976931348623157e308&extendN=0,0,0,0", 1000, 500],
    ["extendN=-0.000,-1e-9,-2147483648,0.000&res=1.7976931348623157e308", 1, 1],
  ])("%s of %i × %i", (modifiers, width, height) => {
    for (const settings of SETTINGS) expect(judged(modifiers, facts(width, height), settings).complaint).toBe("");
  });

  test("whatever is asked of whatever source", () => {
    const outcomes = { planned: 0, refused: 0, misread: 0 };
    const commands = fc.array(hostileModifier, { minLength: 1, maxLength: 6 }).map((modifiers) => modifiers.join("&"));
    fc.assert(
      fc.property(headers, commands, fc.constantFrom(...SETTINGS), (source, modifiers, settings) => {
        const { outcome, complaint } = judged(modifiers, source, settings);
        outcomes[outcome]++;
        const where = `${modifiers} of ${source.size.width} × ${source.size.height}`;
        expect(`${where}: ${complaint}`).toBe(`${where}: `);
      }),
      { numRuns: RUNS },
    );
    // Most of it must come so far that there is something to be looked at.
    expect(outcomes.planned).toBeGreaterThan(RUNS / 3);
    expect(outcomes.refused).toBeGreaterThan(RUNS / 10);
  });
});
