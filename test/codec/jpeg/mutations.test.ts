import { describe, expect, test, vi } from "vitest";
import { Fault } from "../../../src/faults.ts";
import { Kernels } from "../../../src/pixels/kernels.ts";
import type { SourceFacts } from "../../../src/plan/facts.ts";
import { pixelCount, type Rect } from "../../../src/plan/size.ts";
import { SHRINKS, sameBytes } from "../../support/jpeg-agreement.ts";
import { exifSegment } from "../../support/jpeg-bytes.ts";
import { decodeJpeg, type JpegAsked, type JpegDecoded, jpegFacts, shrunkSize } from "../../support/jpeg-decoding.ts";
import { mutated } from "../../support/jpeg-mutating.ts";
import { type PictureSpec, pictureSpec } from "../../support/jpeg-pictures.ts";
import { SIMPLE_PROGRESSION } from "../../support/jpeg-scripts.ts";
import { adobe, JFIF, writeJpeg } from "../../support/jpeg-writer.ts";
import { randomNumbers } from "../../support/random.ts";
import { sniff } from "../../support/sniffing.ts";
import { MODULES } from "../../support/wasm-modules.ts";

// Takes a second or two alone, and more where others run beside it.
vi.setConfig({ testTimeout: 60_000 });

const COLOUR = [0, 1, 2];
const fileOf = (spec: PictureSpec) => writeJpeg(pictureSpec({ size: { width: 19, height: 17 }, ...spec }));

const FILES: readonly (readonly [what: string, file: Uint8Array])[] = [
  ["gray", fileOf({ sampling: "1x1" })],
  ["4:2:0", fileOf({ beforeFrame: JFIF })],
  ["4:4:4, with standard tables", fileOf({ sampling: "1x1,1x1,1x1", scans: [{ of: COLOUR, coding: "standard" }] })],
  [
    "4:2:2, with restarts, on its side",
    fileOf({
      sampling: "2x1,1x1,1x1",
      beforeFrame: exifSegment({ orientation: 6 }),
      scans: [{ of: COLOUR, restartInterval: 1 }],
    }),
  ],
  ["CMYK", fileOf({ sampling: "2x2,1x1,1x1,2x2", beforeFrame: adobe(2) })],
  [
    "a scan a component",
    fileOf({ sampling: "4x2,2x2,1x1", scans: COLOUR.map((place) => ({ of: [place], restartInterval: place })) }),
  ],
  ["progressive", fileOf({ marker: 0xc2, scans: SIMPLE_PROGRESSION })],
  [
    "progressive, with restarts and long codes",
    fileOf({
      marker: 0xc2,
      scans: SIMPLE_PROGRESSION.map((scan) => ({ ...scan, restartInterval: 2, coding: "long" })),
    }),
  ],
];
const RUNS = 1300;

/** A picture that comes after each attempt, and what it is. */
const GOOD = fileOf({ size: { width: 9, height: 9 } });
const GUARD = 256;
const CANARIES = new Uint8Array(GUARD).fill(0xa5);
const NOTHING = new Uint8Array(1024 * 1024);

/** More pixels than that are not decoded here, but a corner of them: what is wanted of so many pixels is less. */
const MANY = 100_000;

interface Attempt {
  readonly asked: JpegAsked;
  readonly file: Uint8Array;
}

/** What to decode of a changed file, and how; undefined where its header is refused. */
function attemptOf(file: Uint8Array, original: SourceFacts, next: () => number): Attempt | "fault" | "wants more" {
  const upTo = (most: number) => Math.floor(next() * (most + 1));
  // Now and then the file was changed behind the back of the sniffer.
  const facts = next() < 0.1 ? original : sniffed(file);
  if (typeof facts === "string") return facts;
  const shrink = SHRINKS[upTo(3)] ?? 1;
  const { width, height } = shrunkSize(facts, shrink);
  const isHuge = width * height > MANY;
  const wanted: Rect = isHuge
    ? { x: upTo(width - 1), y: 0, width: 1, height: 1 }
    : next() < 0.7
      ? { x: 0, y: 0, width, height }
      : { x: upTo(width - 1), y: upTo(height - 1), width: 1, height: 1 };
  return { file, asked: { facts, shrink, wanted, chunkBytes: [1, 7, 100, 65_536][upTo(3)] ?? 1 } };
}

function sniffed(file: Uint8Array): SourceFacts | "fault" | "wants more" {
  try {
    return sniff(file);
  } catch (cause) {
    if (cause instanceof Fault) return "fault";
    throw cause;
  }
}

/** Decodes; whatever is thrown and no Fault is thrown on. */
async function decoded(kernels: Kernels, { file, asked }: Attempt): Promise<JpegDecoded | "fault"> {
  try {
    return await decodeJpeg(kernels, file, asked);
  } catch (cause) {
    if (cause instanceof Fault) return "fault";
    throw cause;
  }
}

/** Decodes between canaries, in memory that must be zero behind what was reserved. */
async function guardedly(kernels: Kernels, attempt: Attempt): Promise<JpegDecoded | "fault"> {
  const guards: number[] = [];
  const guard = () => {
    const at = kernels.reserve(GUARD);
    kernels.bytesAt(at, GUARD).set(CANARIES);
    guards.push(at);
  };
  guard();
  const outcome = await decoded(kernels, { ...attempt, asked: { ...attempt.asked, made: guard } });
  for (const at of guards) expect(sameBytes(kernels.bytesAt(at, GUARD), CANARIES), "canaries").toBe(true);
  const behind = kernels.reserve(0);
  const length = Math.min(kernels.bytes - behind, NOTHING.length);
  expect(sameBytes(kernels.bytesAt(behind, length), NOTHING.subarray(0, length)), "memory behind").toBe(true);
  return outcome;
}

describe("a file that was changed anywhere is a picture or a Fault, touches no memory but its own, and leaves nothing behind", () => {
  test.each(FILES)(`${RUNS} changes of %s`, async (what, file) => {
    const kernels = new Kernels(MODULES.kernels);
    const facts = jpegFacts(file);
    const good = (await decodeJpeg(kernels, GOOD)).raster.data;
    kernels.clear();
    const seen = { picture: 0, fault: 0, "wants more": 0 };
    for (let run = 0; run < RUNS; run++) {
      const next = randomNumbers(run * 1000 + what.length);
      const changed = mutated(file, next);
      try {
        const attempt = attemptOf(changed, facts, next);
        if (typeof attempt === "string") {
          seen[attempt]++;
          continue;
        }
        const outcome = await guardedly(kernels, attempt);
        kernels.clear();
        seen[outcome === "fault" ? outcome : "picture"]++;
        if (run % 4 === 0) {
          const alone = await decoded(new Kernels(MODULES.kernels), attempt);
          expect(alone === "fault").toBe(outcome === "fault");
          if (alone !== "fault" && outcome !== "fault") {
            expect(sameBytes(alone.raster.data, outcome.raster.data), "the same picture in fresh memory").toBe(true);
          }
        }
        expect(sameBytes((await decodeJpeg(kernels, GOOD)).raster.data, good), "the next picture").toBe(true);
        kernels.clear();
      } catch (cause) {
        const said = cause instanceof Error ? cause.stack : cause;
        throw new Error(`run ${run}: ${Buffer.from(changed).toString("base64")}\n${said}`, { cause });
      }
    }
    expect(seen.picture, "some changes do no great harm").toBeGreaterThan(RUNS / 4);
    expect(seen.fault, "and some do").toBeGreaterThan(RUNS / 20);
    expect(pixelCount(facts.size)).toBe(19 * 17);
  });
});
