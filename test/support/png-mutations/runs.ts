import { describe, expect, test, vi } from "vitest";
import { Fault } from "../../../src/faults.ts";
import { Kernels } from "../../../src/pixels/kernels.ts";
import type { SourceFacts } from "../../../src/plan/facts.ts";
import { turned } from "../../../src/plan/orientation.ts";
import { pixelCount } from "../../../src/plan/size.ts";
import { refuseSource } from "../../../src/plan/source-limits.ts";
import { readSettings } from "../../../src/settings/settings.ts";
import { GuardedKernels } from "../guarded-kernels.ts";
import { untrue } from "../png-judging/complaints.ts";
import { expectVerdict } from "../png-judging/verdict.ts";
import { PNG_KINDS, samplePng } from "../png-samples.ts";
import { expectBounded, PNG_DECODER, type PngAsked, type PngPicture, type PngRefusal, tryPng } from "../png-trial.ts";
import { randomNumbers } from "../random.ts";
import { factsOf, sniff } from "../sniffing.ts";
import { MODULES } from "../wasm-modules.ts";
import { type Next, upTo } from "./chance.ts";
import { mutatedPng } from "./mutated.ts";

const LIMITS = readSettings({});
/** More pixels than that are not decoded here, but one: all rows before it are gone through. */
const MANY = 100_000;

/** A picture that comes after each attempt. */
const GOOD = samplePng({ width: 9, height: 7, depth: 8, colourType: 6 }, 1);

/** The facts of a file that is not refused by them. @throws Fault */
function factsAllowed(file: Uint8Array): SourceFacts {
  const facts = sniff(file);
  if (facts === "wants more") throw new Fault("sourceBroken", "its header does not end");
  refuseSource({ facts, bytes: file.length }, LIMITS, PNG_DECODER);
  return facts;
}

type Asked = PngAsked & { readonly facts: SourceFacts };

/** How a file with these facts is decoded. */
function askedOf(facts: SourceFacts, bytes: number, next: Next): Asked {
  const pieces = [1, 7, 100, bytes][upTo(3, next)] ?? 1;
  const pushBytes = () => 1 + upTo(pieces - 1, next);
  const { width, height } = turned(facts.size, facts.orientation);
  if (width * height <= MANY) return { facts, pushBytes };
  return { facts, pushBytes, wanted: { x: upTo(width - 1, next), y: upTo(99, next) % height, width: 1, height: 1 } };
}

/** Decodes in memory of its own, of which no more may be taken than was told. */
async function alone(file: Uint8Array, asked: Asked): Promise<PngPicture | PngRefusal> {
  const kernels = new Kernels(MODULES.kernels);
  const before = kernels.reserve(0);
  const outcome = await tryPng(kernels, file, asked);
  const wanted = asked.wanted ?? { x: 0, y: 0, ...turned(asked.facts.size, asked.facts.orientation) };
  const told = PNG_DECODER.memory(asked.facts, file.length, { shrink: 1, wanted });
  expect(kernels.reserve(0) - before, "bytes of kernels, of those that were told").toBeLessThanOrEqual(told.kernels);
  return outcome;
}

const sight = (got: PngPicture | PngRefusal) =>
  got.outcome === "fault"
    ? `${got.code}: ${got.detail}`
    : `${got.warnings} ${Buffer.from(got.raster.data).toString("base64")}`;

/** Where all pictures of a test are decoded, one after the other. */
interface Place {
  readonly kernels: GuardedKernels;
  /** What the good picture is. */
  readonly good: string;
}

/** Decodes between canaries, looks at what it cost, and at the next picture. */
async function tried({ kernels, good }: Place, file: Uint8Array, asked: Asked): Promise<PngPicture | PngRefusal> {
  const got = await tryPng(kernels, file, asked);
  expect(kernels.trespasses(), "canaries").toBe(0);
  expectBounded(got.cost, file);
  kernels.clear();
  const after = await tryPng(kernels, GOOD);
  kernels.clear();
  expect(sight(after), "the next picture").toBe(good);
  return got;
}

/** What rows depend on. */
const shape = ({ size, orientation, png, alpha }: SourceFacts) => ({ ...turned(size, orientation), png, alpha });

/** What came of a file: by its own facts, by those of the one that it was, or by none, since they were refused. */
type Fate = "picture" | "warned" | "fault" | "refused by its header";

/** Holds all that is claimed of a changed file. */
async function fateOf(place: Place, file: Uint8Array, known: SourceFacts | undefined, next: Next): Promise<Fate> {
  let facts: SourceFacts;
  try {
    facts = known ?? factsAllowed(file);
  } catch (cause) {
    if (!(cause instanceof Fault)) throw cause;
    expect(untrue(cause.detail ?? "", file)).toBeUndefined();
    return "refused by its header";
  }
  const asked = askedOf(facts, file.length, next);
  const got = await tried(place, file, asked);
  if (next() < 0.25) expect(sight(await alone(file, asked)), "in fresh memory").toBe(sight(got));
  if (known === undefined && pixelCount(facts.size) <= MANY) await expectVerdict(file, got);
  if (got.outcome === "fault") return "fault";
  expect(shape(factsOf(file)), "what the decoder was told").toEqual(shape(facts));
  return got.warnings.length > 0 ? "warned" : "picture";
}

/** Defines tests of so many mutations of every kind of PNG. */
export function describeMutations(of: "container" | "data", interlace: 0 | 1, runs: number): void {
  // Takes some seconds alone, and more where others run beside it.
  vi.setConfig({ testTimeout: 60_000 });

  describe(`a PNG whose ${of} was changed is refused for what is wrong with it, or is the picture that others see, in its own memory, and leaves nothing behind`, () => {
    test.each(PNG_KINDS)(`colour type %i with %i bits, ${runs} times`, async (colourType, depth) => {
      const good = sight(await tryPng(new Kernels(MODULES.kernels), GOOD));
      const place = { kernels: new GuardedKernels(), good };
      const seen = new Map<Fate, number>();
      for (let run = 0; run < runs; run++) {
        const next = randomNumbers(run * 97 + colourType * 1_000_003 + depth * 10_007 + interlace);
        const header = { width: 1 + upTo(24, next), height: 1 + upTo(20, next), depth, colourType, interlace };
        const original = samplePng(header, run);
        const { what, file } = mutatedPng(original, of, next);
        try {
          // Now and then the file was changed behind the back of its sniffer.
          const fate = await fateOf(place, file, next() < 0.1 ? factsOf(original) : undefined, next);
          seen.set(fate, (seen.get(fate) ?? 0) + 1);
        } catch (cause) {
          const said = cause instanceof Error ? cause.stack : cause;
          throw new Error(`run ${run}, ${what}: ${Buffer.from(file).toString("base64")}\n${said}`, { cause });
        }
      }
      expect(seen.get("picture"), "some changes do no great harm").toBeGreaterThan(0);
      expect(seen.get("fault"), "and some do").toBeGreaterThan(runs / 20);
    });
  });
}
