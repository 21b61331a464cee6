import { describe, expect, test } from "vitest";
import { toneOf } from "../../src/plan/tone.ts";
import { readPlain } from "../support/reading.ts";

const NEUTRAL = {
  brightness: 0,
  contrast: 0,
  colorize: undefined,
  balance: [0, 0, 0],
  hue: 0,
  saturation: 0,
  invert: false,
};

/** The tone of layer 0. */
function tone(modifiers: string) {
  const { layers, problems } = readPlain(`layer=0&${modifiers}`);
  expect(problems).toEqual([]);
  return toneOf(layers[0]?.commands ?? {});
}

describe("toneOf", () => {
  test.each([
    "",
    "wid=100",
    "op_brightness=0&op_contrast=0&op_hue=0&op_saturation=0&op_invert=0&op_colorbalance=0,0,0",
    "op_blur=3&op_usm=1,1&op_sharpen=1&op_noise=3&op_grow=1",
  ])("is nothing where nothing changes: %s", (modifiers) => {
    expect(tone(modifiers)).toBeUndefined();
  });

  test.each([
    ["op_brightness=-100", { brightness: -100 }],
    ["op_contrast=100", { contrast: 100 }],
    ["op_colorbalance=0,0,-1", { balance: [0, 0, -1] }],
    ["op_hue=-180", { hue: -180 }],
    ["op_saturation=7", { saturation: 7 }],
    ["op_invert=1", { invert: true }],
  ])("takes %s, and all else at its default", (modifiers, part) => {
    expect(tone(modifiers)).toEqual({ ...NEUTRAL, ...part });
  });

  test.each([
    ["op_colorize=ff8000", { colour: [255, 128, 0], normalise: true, contrast: 0 }],
    ["op_colorize=255,128,0,norm", { colour: [255, 128, 0], normalise: true, contrast: 0 }],
    ["op_colorize=ff8000,norm,12.5", { colour: [255, 128, 0], normalise: true, contrast: 12.5 }],
    ["op_colorize=ff8000,off", { colour: [255, 128, 0], normalise: false, contrast: 0 }],
    ["op_colorize=ff8000,off,50", { colour: [255, 128, 0], normalise: false, contrast: 0 }],
    // An alpha means nothing: alpha is not changed.
    ["op_colorize=ff800080", { colour: [255, 128, 0], normalise: true, contrast: 0 }],
  ])("reads %s with its defaults", (modifiers, colorize) => {
    expect(tone(modifiers)).toEqual({ ...NEUTRAL, colorize });
  });

  test("takes colorize for a change, even to a middle gray", () => {
    expect(tone("op_colorize=808080,off")).toBeDefined();
  });

  test("does not depend on the order in which operations are written", () => {
    const parts = ["op_invert=1", "op_hue=30", "op_brightness=5", "op_colorize=102030"];
    expect(tone(parts.join("&"))).toEqual(tone(parts.toReversed().join("&")));
  });

  test("is that of the composite, where its operations stand behind layer=comp", () => {
    const { composite } = readPlain("layer=0&op_hue=30&layer=comp&op_brightness=5");
    expect(toneOf(composite.commands)).toEqual({ ...NEUTRAL, brightness: 5 });
  });
});
