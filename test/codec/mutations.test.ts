import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { codecsOf } from "../../src/codec/codecs.ts";
import { Fault } from "../../src/faults.ts";
import { pixelCount } from "../../src/plan/size.ts";
import { decode } from "../support/decoding.ts";
import { encode } from "../support/encoding.ts";
import { blocksJpeg, exifSegment } from "../support/jpeg-bytes.ts";
import { outputFor } from "../support/outputs.ts";
import { noise, ramps } from "../support/pictures.ts";
import { pngFile } from "../support/png-bytes.ts";
import { sniff } from "../support/sniffing.ts";
import { MODULES } from "../support/wasm-modules.ts";

const { decoders, encoders } = codecsOf(MODULES);

/** What the planner would refuse (MaxSourcePixels) before anything is decoded. */
const MOST_PIXELS = 1_000_000;

type Outcome = "rows" | "fault" | "wants more" | "too large";

/** Sniffs and decodes as a request does. Whatever is thrown and no Fault is thrown on. */
async function attempt(file: Uint8Array): Promise<Outcome> {
  try {
    const facts = sniff(file);
    if (facts === "wants more") return facts;
    if (pixelCount(facts.size) > MOST_PIXELS) return "too large";
    const { raster } = await decode(decoders[facts.format], facts, file, 1000);
    expect(pixelCount(raster.size)).toBe(pixelCount(facts.size));
    return "rows";
  } catch (cause) {
    if (cause instanceof Fault) return "fault";
    throw cause;
  }
}

type Mutation = (file: Uint8Array) => Uint8Array;

const aPlace = fc.double({ min: 0, max: 0.999, noNaN: true });
const aMutation: fc.Arbitrary<Mutation> = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(aPlace, fc.nat(255)).map(([at, byte]) => withByte(at, () => byte)) },
  { weight: 4, arbitrary: fc.tuple(aPlace, fc.nat(7)).map(([at, bit]) => withByte(at, (byte) => byte ^ (1 << bit))) },
  {
    weight: 1,
    arbitrary: aPlace.map(
      (at): Mutation =>
        (file) =>
          file.slice(0, at * file.length),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(aPlace, aPlace).map(
      ([from, to]): Mutation =>
        (file) => {
          const [start, end] = [from * file.length, to * file.length];
          return Uint8Array.of(...file.subarray(0, end), ...file.subarray(start));
        },
    ),
  },
);

function withByte(place: number, change: (byte: number) => number): Mutation {
  return (file) => {
    const changed = file.slice();
    const at = Math.floor(place * file.length);
    changed[at] = change(file[at] ?? 0);
    return changed;
  };
}

const FILES: readonly (readonly [what: string, file: () => Promise<Uint8Array>, runs: number])[] = [
  ["a colour JPEG", () => encode(encoders, ramps({ width: 24, height: 20 }), outputFor("fmt=pjpeg", "jpeg")), 150],
  [
    "a grey JPEG on its side",
    async () => blocksJpeg([[10, 90]], { beforeFrame: exifSegment({ orientation: 6 }) }),
    100,
  ],
  ["a PNG", () => encode(encoders, noise({ width: 9, height: 7 }, 1, false), outputFor("fmt=png-alpha", "png")), 150],
  ...(["fmt=webp&qlt=60", "fmt=webp-alpha", "fmt=webp-alpha,,lossless"] as const).map(
    (modifiers) =>
      [
        `a WebP (${modifiers})`,
        () => encode(encoders, noise({ width: 19, height: 17 }, 1, false), outputFor(modifiers, "webp")),
        150,
      ] as const,
  ),
  [
    "an interlaced PNG with a palette",
    async () =>
      pngFile({
        width: 9,
        height: 7,
        depth: 4,
        colourType: 3,
        interlace: 1,
        before: [
          ["PLTE", new Uint8Array(48)],
          ["tRNS", Uint8Array.of(1, 2)],
        ],
        samples: (x, y) => [(x + y) % 16],
      }),
    100,
  ],
];

describe("a file that was changed anywhere gives rows of the size that was sniffed, or a Fault, and never anything else", () => {
  test.each(FILES)("%s", async (_, original, runs) => {
    const file = await original();
    const seen = new Map<Outcome, number>();
    await fc.assert(
      fc.asyncProperty(fc.array(aMutation, { minLength: 1, maxLength: 4 }), async (mutations) => {
        const outcome = await attempt(mutations.reduce((changed, mutate) => mutate(changed), file));
        seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
      }),
      // Always the same changes: what a third-party codec makes of others is for a longer run to find out.
      { seed: 20, numRuns: runs },
    );
    expect(seen.get("rows"), "some changes do no harm").toBeGreaterThan(0);
    expect(seen.get("fault"), "and some do").toBeGreaterThan(0);
    expect(await attempt(file), "the codec still works").toBe("rows");
  });
});
