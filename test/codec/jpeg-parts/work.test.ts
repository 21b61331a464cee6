import { describe, expect, test } from "vitest";
import { jpegDecoding } from "../../../src/codec/jpeg/decoder.ts";
import { Kernels } from "../../../src/pixels/kernels.ts";
import { EOI, jpegBytes, SOI, segment } from "../../support/jpeg-bytes.ts";
import { jpegFacts, shrunkSize } from "../../support/jpeg-decoding.ts";
import { MODULES } from "../../support/wasm-modules.ts";

/** Sides of a picture in blocks: 40 × 40 of them are some hundred thousand pixels, and nothing to its decoder. */
const SIDE = 40;
const BLOCKS = SIDE * SIDE;
const be16 = (value: number) => [value >> 8, value & 255];
const GRAY = [8, ...be16(SIDE * 8), ...be16(SIDE * 8), 1, 1, 0x11, 0];
const STEPS_OF_ONE = segment(0xdb, [0, ...new Array<number>(64).fill(1)]);
/** A table in which the codes 0, 10 and 110 stand for these. */
const codes = (kind: number, symbols: readonly [number, number, number]) =>
  segment(0xc4, [kind << 4, 1, 1, 1, ...new Array<number>(13).fill(0), ...symbols]);
const scan = (first: number, last: number, high: number, low: number) =>
  segment(0xda, [1, 1, 0x00, first, last, (high << 4) | low]);
const repeated = (times: number, bytes: readonly number[]) => Array.from({ length: times }, () => bytes).flat();

interface Hostile {
  readonly marker?: number;
  readonly tables?: readonly number[];
  /** Segments and compressed data, behind the frame. */
  readonly body: readonly number[];
}

function fileOf({ marker = 0xc2, tables = [], body }: Hostile): Uint8Array<ArrayBuffer> {
  const dc = codes(0, [0, 1, 2]);
  const ac = codes(1, [0x00, 0xe0, 0x01]);
  return jpegBytes(SOI, STEPS_OF_ONE, segment(marker, GRAY), dc, ac, tables, body, EOI);
}

/** The steps that decoding takes at full size, where no scan is left out. */
async function stepsOf(file: Uint8Array): Promise<number> {
  const kernels = new Kernels(MODULES.kernels);
  const facts = jpegFacts(file);
  const wanted = { x: 0, y: 0, ...shrunkSize(facts) };
  const decoder = jpegDecoding.make(kernels, facts, file.length, { shrink: 1, wanted });
  const drain = () => {
    while (decoder.pull() !== undefined);
  };
  decoder.push(file);
  drain();
  await decoder.end();
  drain();
  return decoder.steps;
}

const RESTART_EVERYWHERE = segment(0xdd, [0, 1]);
const MOST_SCANS = 200;

/** Work may grow with the bytes of a file, with its pixels as they are decoded, and with scans times rows of MCUs. */
const bound = (file: Uint8Array, scans: number) => 8 * file.length + BLOCKS + 2 * scans * SIDE;

describe("what a file can cost is bounded by its bytes, its pixels, and its scans times its rows", () => {
  const dcScans = (count: number) => repeated(count, [...scan(0, 0, 0, 0), 0x00]);
  // Every block has coefficient 1; the end of a band is then that of 32,767 blocks.
  const everyBlock = [
    ...scan(0, 0, 0, 0),
    ...repeated(BLOCKS / 8, [0]),
    ...scan(1, 1, 0, 1),
    ...repeated(BLOCKS / 2, [0xdd]),
  ];
  const endless = [0xbf, 0xff, 0x00, 0xff, 0x00];

  test.each<readonly [what: string, scans: number, file: Uint8Array]>([
    ["a single scan without data", 1, fileOf({ marker: 0xc0, body: scan(0, 63, 0, 0) })],
    [
      "a single scan without data, a restart behind every block",
      1,
      fileOf({ marker: 0xc0, tables: RESTART_EVERYWHERE, body: scan(0, 63, 0, 0) }),
    ],
    [
      "restart markers and nothing between",
      1,
      fileOf({
        marker: 0xc0,
        tables: RESTART_EVERYWHERE,
        body: [...scan(0, 63, 0, 0), ...repeated(BLOCKS, [0xff, 0xd0])],
      }),
    ],
    ["two hundred scans of a byte", MOST_SCANS, fileOf({ body: dcScans(MOST_SCANS) })],
    [
      "two hundred scans of a byte, a restart behind every block",
      MOST_SCANS,
      fileOf({ tables: RESTART_EVERYWHERE, body: dcScans(MOST_SCANS) }),
    ],
    [
      "two hundred scans that end every band at once",
      MOST_SCANS,
      fileOf({ body: [...dcScans(1), ...repeated(MOST_SCANS - 1, [...scan(1, 1, 0, 0), ...endless])] }),
    ],
    [
      "refinements of coefficients that are all there, and are not refined",
      MOST_SCANS,
      fileOf({ body: [...everyBlock, ...repeated(MOST_SCANS - 2, [...scan(2, 63, 1, 0), ...endless])] }),
    ],
  ])("%s", async (_, scans, file) => {
    const steps = await stepsOf(file);
    expect(steps).toBeGreaterThan(0);
    expect(steps).toBeLessThanOrEqual(bound(file, scans));
  });

  test("which is far below a step for every block and scan", () => {
    const file = fileOf({ body: dcScans(MOST_SCANS) });
    expect(bound(file, MOST_SCANS)).toBeLessThan((MOST_SCANS * BLOCKS) / 5);
  });

  test("a picture that is sound takes a step a block", async () => {
    const file = fileOf({ marker: 0xc0, body: [...scan(0, 63, 0, 0), ...repeated(BLOCKS / 4, [0])] });
    expect(await stepsOf(file)).toBe(BLOCKS);
  });
});
