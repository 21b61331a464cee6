import { describe, expect, test } from "vitest";
import { type Blocks, blocksFor } from "../../../src/pixels/steps/quantise-blocks.ts";
import { Histogram } from "../../../src/pixels/steps/quantise-histogram.ts";
import { roomyKernels } from "../../support/guarded.ts";
import { randomNumbers } from "../../support/random.ts";

const SLOTS = 65_536;
/** A picture for which the table is as large as it gets. */
const SIZE = { width: 400, height: 400 };
/** Words that may be read of the table, for each colour that is counted: for up to `MOST_LOOKS` slots, and to count in them. */
const WORDS_A_COLOUR = 2 * 512 + 40;

/** Blocks that count how often a word of the table is read, and end a test in which that is too often. */
function counted(most: number): { readonly blocks: Blocks; readonly read: { words: number } } {
  const blocks = blocksFor(roomyKernels(), SIZE);
  const read = { words: 0 };
  const slots: Uint32Array = new Proxy(blocks.slots, {
    get(table, name) {
      const value = Reflect.get(table, name, table);
      if (typeof value === "function") return value.bind(table);
      if (++read.words > most) throw new Error(`more than ${most} words were read`);
      return value;
    },
  });
  // The histogram goes on with what this gives back.
  blocks.slots.fill = (value) => {
    Uint32Array.prototype.fill.call(blocks.slots, value);
    return slots;
  };
  return { blocks: { ...blocks, slots }, read };
}

const EVEN = 0xfefefefe;
/** Of four components the lowest bits. */
const ODD = 0x01010101;

/** So many colours from this one on that belong in the first `slots` slots. */
function meeting(slots: number, first: number, count: number, next: (colour: number) => number): Uint32Array {
  const colours: number[] = [];
  for (let colour = first; colours.length < count && colour <= 0xffffffff; colour = next(colour)) {
    if (Math.imul(colour, 0x9e3779b1) >>> 16 < slots) colours.push(colour);
  }
  return Uint32Array.from(colours);
}

const nextEven = (colour: number) => (((colour | ODD) + 1) & EVEN) >>> 0;

describe("a colour is found by a bounded number of looks", () => {
  test.each([
    // Too few for the table to be full.
    ["opaque ones that all belong in a few slots", meeting(191, 0xff000000, 48_900, (colour) => colour + 1)],
    ["translucent ones that do in cells of two levels as well", meeting(191, 0x02000000, 48_900, nextEven)],
    [
      "ones that fill the table in good order, and meet when it is made coarser",
      meeting(3000, 0x02000000, 50_000, nextEven).map((colour, at) => colour | (Math.imul(at & 15, 0x204081) & ODD)),
    ],
  ])("%s", (_, colours) => {
    const { blocks } = counted(colours.length * WORDS_A_COLOUR);
    const histogram = new Histogram(blocks);
    histogram.count(colours);
    expect(histogram.isExact).toBe(false);
    const places = [...histogram.places()];
    expect(places.reduce((sum, place) => sum + histogram.weightAt(place), 0)).toBe(colours.length);
    // No component of any is lost.
    for (const component of [0, 1, 2, 3]) {
      const mean = colours.reduce((sum, colour) => sum + ((colour >>> (component * 8)) & 255), 0) / colours.length;
      const kept = places.reduce(
        (sum, place) => sum + histogram.meanAt(place, component) * histogram.weightAt(place),
        0,
      );
      expect(kept / colours.length).toBeCloseTo(mean, 6);
    }
  });

  test("any as many as there is room for, without making any of them coarser", () => {
    const next = randomNumbers(3);
    const colours = new Set<number>();
    while (colours.size < SLOTS * (3 / 4)) colours.add((0xff000000 | (next() * 2 ** 24)) >>> 0);
    const { blocks, read } = counted(Number.POSITIVE_INFINITY);
    const histogram = new Histogram(blocks);
    histogram.count(Uint32Array.from(colours));
    expect(histogram.isExact).toBe(true);
    expect(read.words / colours.size).toBeLessThan(40);
  });
});
