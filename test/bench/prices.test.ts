import { describe, expect, test } from "vitest";
import type { Task } from "../../bench/job.ts";
import { planOf, SETTINGS } from "../../bench/ours.ts";
import { weighing } from "../../bench/ours-held.ts";
import { priceTable } from "../../bench/price-table.ts";
import { codecsOf } from "../../src/codec/codecs.ts";
import { Fault } from "../../src/faults.ts";
import { pngFile } from "../support/png-bytes.ts";
import { MODULES } from "../support/wasm-modules.ts";

const SMALL = pngFile({ width: 40, height: 30, depth: 8, colourType: 2, samples: (x, y) => [x, y, x ^ y] });
const SIDES = [100, 1000, 4000] as const;
const OUTPUTS = ["jpeg", "png", "webp"] as const;

describe("what a rendition is said to hold", () => {
  const weigh = weighing(MODULES);
  const engine = { codecs: codecsOf(MODULES) };

  test.each(OUTPUTS.flatMap((output) => SIDES.map((side) => [output, side] as const)))(
    "%s of %d × itself: refused where planning refuses it, with the number that the refusal gives",
    (output, side) => {
      const task: Task = { size: { width: side, height: side }, output, saved: true };
      const { bytes, refused } = weigh(SMALL, task);
      const told = () => planOf(SMALL, task, SETTINGS, engine).peak.total;
      if (refused) expect(told).toThrow(`${bytes} bytes`);
      else expect(told()).toBe(bytes);
      expect(refused).toBe(bytes > SETTINGS.MemoryBudget);
    },
  );

  test("what fails for another reason is no price", () => {
    const task: Task = { size: { width: 70_000, height: 1 }, output: "jpeg" };
    expect(() => weigh(SMALL, task)).toThrow(Fault);
  });
});

test("a line of the price list says of what is refused that it is, and how much it would hold", () => {
  const lines = priceTable([
    { from: "JPEG", to: "PNG", held: { bytes: 18_460_000, refused: false }, time: { ms: 48.4, ofSharp: 0.94 } },
    { from: "WebP", to: "JPEG", held: { bytes: 18_460_000, refused: false }, time: { ms: 48.4, ofSharp: undefined } },
    { from: "WebP", to: "PNG", held: { bytes: 18_460_000, refused: false }, time: undefined },
    { from: "PNG", to: "JPEG", held: { bytes: 179_700_000, refused: true }, time: undefined },
  ]).split("\n");
  expect(lines.slice(2)).toEqual([
    "| JPEG | PNG | 48 | 0.9 | 18.5 MB |",
    "| WebP | JPEG | 48 | – | 18.5 MB |",
    "| WebP | PNG | – | – | 18.5 MB |",
    "| PNG | JPEG | refused |  | 179.7 MB |",
  ]);
});
