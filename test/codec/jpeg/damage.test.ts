import { describe, expect, test, vi } from "vitest";
import { Fault } from "../../../src/faults.ts";
import { Kernels } from "../../../src/pixels/kernels.ts";
import { type OracleJpeg, oracleJpeg } from "../../oracle/jpeg.ts";
import { UNKNOWN_CODE } from "../../oracle/jpeg-bits.ts";
import { decodeAlone, expectNearOracle, SHRINKS, sameBytes } from "../../support/jpeg-agreement.ts";
import { segment } from "../../support/jpeg-bytes.ts";
import { decodeJpeg, type JpegAsked, type JpegDecoded, jpegFacts } from "../../support/jpeg-decoding.ts";
import { type PictureSpec, pictureSpec } from "../../support/jpeg-pictures.ts";
import { plainProgression, SIMPLE_PROGRESSION } from "../../support/jpeg-scripts.ts";
import { fileOfParts, partsOf } from "../../support/jpeg-segments.ts";
import { adobe, JFIF, writeJpeg } from "../../support/jpeg-writer.ts";
import { randomBytes } from "../../support/random.ts";
import { MODULES } from "../../support/wasm-modules.ts";

// Takes a second or two alone, and more where others run beside it.
vi.setConfig({ testTimeout: 60_000 });

const COLOUR = [0, 1, 2];
const SIZE = { width: 23, height: 19 };
const fileOf = (spec: PictureSpec) => writeJpeg(pictureSpec({ size: SIZE, ...spec }));

/** What the oracle makes of a damaged file; undefined where that is nothing. */
function oracleOf(file: Uint8Array, shrink: (typeof SHRINKS)[number] = 1): OracleJpeg | undefined {
  try {
    return oracleJpeg(file, shrink);
  } catch {
    return undefined;
  }
}

/** What the decoder makes of it; undefined for a Fault. Whatever else is thrown is thrown on. */
async function picked(work: Promise<JpegDecoded>): Promise<JpegDecoded | undefined> {
  try {
    return await work;
  } catch (cause) {
    if (cause instanceof Fault) return undefined;
    throw cause;
  }
}

const CUT: readonly (readonly [what: string, file: Uint8Array])[] = [
  ["gray", fileOf({ sampling: "1x1" })],
  ["4:2:0", fileOf({ beforeFrame: JFIF })],
  [
    "4:4:4, long codes",
    fileOf({ size: { width: 11, height: 9 }, sampling: "1x1,1x1,1x1", scans: [{ of: COLOUR, coding: "long" }] }),
  ],
  ["4:2:0 with restarts", fileOf({ scans: [{ of: COLOUR, restartInterval: 2 }] })],
  [
    "4:2:2 with a restart behind every MCU",
    fileOf({ sampling: "2x1,1x1,1x1", scans: [{ of: COLOUR, restartInterval: 1 }] }),
  ],
  ["CMYK", fileOf({ size: { width: 20, height: 18 }, sampling: "1x1,1x1,1x1,1x1", beforeFrame: adobe(0) })],
  ["a scan a component", fileOf({ scans: COLOUR.map((place) => ({ of: [place] })) })],
  ["progressive", fileOf({ marker: 0xc2, scans: SIMPLE_PROGRESSION })],
  ["progressive and gray", fileOf({ sampling: "1x1", marker: 0xc2, scans: plainProgression(1) })],
  [
    "progressive with restarts",
    fileOf({ marker: 0xc2, scans: SIMPLE_PROGRESSION.map((scan) => ({ ...scan, restartInterval: 3 })) }),
  ],
];

describe("a file that is cut off anywhere", () => {
  // The facts are those of the whole file: what is cut off inside its header was another file when it was sniffed.
  test.each(CUT)(
    "comes out as the oracle says, or as a Fault where there is no scan, with a warning if something is missing: %s",
    async (_, file) => {
      const facts = jpegFacts(file);
      const kernels = new Kernels(MODULES.kernels);
      const whole = (await decodeAlone(file)).raster;
      for (let length = 0; length < file.length; length++) {
        const cut = file.subarray(0, length);
        const want = oracleOf(cut);
        const got = await picked(decodeJpeg(kernels, cut, { facts, chunkBytes: [1, 50, 65_536][length % 3] ?? 1 }));
        kernels.clear();
        expect(got === undefined, `cut at ${length}: a Fault`).toBe(want === undefined);
        if (got === undefined || want === undefined) continue;
        try {
          expectNearOracle(got.raster, want);
        } catch (cause) {
          throw new Error(`cut at ${length}: ${cause instanceof Error ? cause.message : cause}`, { cause });
        }
        if (!sameBytes(got.raster.data, whole.data)) expect(got.warnings, `cut at ${length}`).not.toEqual([]);
      }
    },
  );

  // Not "nearly": whatever no missing bit has a part in is as it would have been, bit by bit.
  test.each(CUT)("keeps what came before the cut exactly: %s", async (_, file) => {
    const facts = jpegFacts(file);
    const [whole, intact] = [(await decodeAlone(file)).raster, oracleJpeg(file).raster];
    let kept = 0;
    for (let length = 300; length < file.length; length += 7) {
      const want = oracleOf(file.subarray(0, length));
      if (want === undefined) continue;
      const got = await decodeAlone(file.subarray(0, length), { facts });
      for (let at = 0; at < intact.data.length; at += 4) {
        const untouched = [0, 1, 2].every((channel) => intact.data[at + channel] === want.raster.data[at + channel]);
        if (!untouched) break;
        for (let channel = 0; channel < 3; channel++) {
          if (got.raster.data[at + channel] !== whole.data[at + channel])
            expect.fail(`cut at ${length}: pixel ${at / 4}`);
        }
        kept++;
      }
    }
    expect(kept).toBeGreaterThan(0);
  });

  test.each(CUT)("comes out the same at every scale, as the oracle says: %s", async (_, file) => {
    const facts = jpegFacts(file);
    for (const shrink of SHRINKS) {
      for (let length = 250; length < file.length; length += 41) {
        const want = oracleOf(file.subarray(0, length), shrink);
        if (want !== undefined) {
          expectNearOracle((await decodeAlone(file.subarray(0, length), { facts, shrink })).raster, want);
        }
      }
    }
  });
});

describe("a bit of coded data that is wrong", () => {
  // What is no code stands for 0 and takes 17 bits; then it goes on, and is often in step again soon: jdhuff.c.
  // Bytes of ones are left alone, since they make markers, and so are bits that would make them.
  test.each(CUT.slice(0, 3))("costs no more than with libjpeg: %s", async (_, file) => {
    const kernels = new Kernels(MODULES.kernels);
    const coded = partsOf(file).filter(({ marker }) => marker === 0);
    for (const { at, end } of coded) {
      for (let place = at + 1; place < end - 1; place++) {
        const harmed = file.with(place, (file[place] ?? 0) ^ (1 << (place % 8)));
        if (harmed.subarray(place - 1, place + 1).includes(0xff) || file[place] === 0xff) continue;
        const { raster, warnings } = await decodeJpeg(kernels, harmed);
        kernels.clear();
        const want = oracleJpeg(harmed);
        try {
          expectNearOracle(raster, want);
          if (want.warnings.includes(UNKNOWN_CODE)) expect(warnings).not.toEqual([]);
        } catch (cause) {
          throw new Error(`byte ${place}: ${cause instanceof Error ? cause.message : cause}`, { cause });
        }
      }
    }
  });
});

describe("memory that was used before never reaches a picture", () => {
  test.each(CUT)("%s, cut off, is the same after other files as it is alone", async (_, file) => {
    const facts = jpegFacts(file);
    const used = new Kernels(MODULES.kernels);
    for (let length = 200; length < file.length; length += 31) {
      const asked: JpegAsked = { facts, shrink: SHRINKS[length % 4] ?? 1 };
      const cut = file.subarray(0, length);
      const alone = await picked(decodeAlone(cut, asked));
      for (const [, other] of [CUT[length % CUT.length], CUT[(length + 3) % CUT.length]].filter(
        (each) => each !== undefined,
      )) {
        await decodeJpeg(used, other);
        used.clear();
        const after = await picked(decodeJpeg(used, cut, asked));
        used.clear();
        expect(after?.warnings).toEqual(alone?.warnings);
        expect(
          sameBytes(after?.raster.data ?? new Uint8Array(), alone?.raster.data ?? new Uint8Array()),
          `cut at ${length}`,
        ).toBe(true);
      }
    }
  });
});

describe("what is said twice or not at all", () => {
  const whole = fileOf({});
  const parts = partsOf(whole);
  const facts = jpegFacts(whole);
  const withoutMarker = (marker: number) =>
    fileOfParts(
      whole,
      parts.filter((part) => part.marker !== marker),
    );

  test.each([
    ["no quantisation tables", withoutMarker(0xdb)],
    ["no frame", withoutMarker(0xc0)],
    ["no scan", withoutMarker(0xda)],
    ["nothing", new Uint8Array()],
    ["nothing but noise", randomBytes(2000, 4)],
    ["a frame of another size", fileOf({ size: { width: 24, height: 19 } })],
    ["a lossless frame", whole.map((byte, at) => (byte === 0xc0 && whole[at - 1] === 0xff ? 0xc3 : byte))],
  ])("a file with %s is a Fault", async (_, file) => {
    await expect(decodeAlone(file, { facts })).rejects.toBeInstanceOf(Fault);
  });

  test("a scan of no component, of five, or of one that there is not, is a Fault", async () => {
    for (const content of [
      [0, 0, 63, 0],
      [5, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 0, 63, 0],
      [1, 9, 0, 0, 63, 0],
      [2, 1, 0, 1, 0, 0, 63, 0],
    ]) {
      const file = fileOfParts(
        whole,
        parts.map((part) => (part.marker === 0xda ? segment(0xda, content) : part)),
      );
      await expect(decodeAlone(file, { facts })).rejects.toBeInstanceOf(Fault);
    }
  });
});
