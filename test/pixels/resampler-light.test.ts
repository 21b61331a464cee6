import { describe, expect, test } from "vitest";
import { levelsOfLight, lightOf, lightOfLevels } from "../../src/pixels/light.ts";
import { expectNear } from "../support/near.ts";

describe("light", () => {
  test("of black and white is 0 and 255, of the middle gray that prints call 18 % about that", () => {
    expect([lightOf(0), lightOf(255)]).toEqual([0, 255]);
    expect(lightOf(118) / 255).toBeCloseTo(0.18, 2);
  });

  test("of each level is in the table, to a float's accuracy", () => {
    expectNear(
      lightOfLevels(),
      Float32Array.from({ length: 256 }, (_, level) => lightOf(level)),
      0,
    );
  });

  test("of each level leads back to that level", () => {
    const table = levelsOfLight();
    const back = [...lightOfLevels()].map((light) => table[Math.round(light * 64)]);
    expect(back).toEqual(Array.from({ length: 256 }, (_, level) => level));
  });

  test("is encoded to the nearest level, at every step of the table", () => {
    const table = levelsOfLight();
    expect(table.length).toBe(255 * 64 + 1);
    for (const [step, level] of table.entries()) {
      const light = step / 64;
      expect(light).toBeGreaterThanOrEqual(lightOf(level - 0.5) - 1e-9);
      expect(light).toBeLessThanOrEqual(lightOf(level + 0.5) + 1e-9);
    }
  });
});
