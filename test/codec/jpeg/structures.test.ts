import { describe, test, vi } from "vitest";
import { ZIGZAG } from "../../oracle/jpeg-annex-k.ts";
import { gridOf } from "../../oracle/jpeg-scan.ts";
import { expectAsOracle } from "../../support/jpeg-agreement.ts";
import { exifSegment, segment } from "../../support/jpeg-bytes.ts";
import { componentsOf, type PictureSpec, pictureSpec } from "../../support/jpeg-pictures.ts";
import { plainProgression, SIMPLE_PROGRESSION } from "../../support/jpeg-scripts.ts";
import { adobe, comment, JFIF, type JpegSpec, quantiserSegments, writeJpeg } from "../../support/jpeg-writer.ts";

// Takes a second or two alone, and more where others run beside it.
vi.setConfig({ testTimeout: 60_000 });

type Row = readonly [what: string, spec: PictureSpec | JpegSpec];

const SIZE = { width: 45, height: 37 };
const COLOUR = [0, 1, 2];
const SEPARATE = [{ of: [0] }, { of: [1] }, { of: [2] }];

function fileOf(spec: PictureSpec | JpegSpec): Uint8Array {
  return writeJpeg("grids" in spec ? spec : pictureSpec({ size: SIZE, ...spec }));
}

function agree(rows: readonly Row[]): void {
  test.each(rows)("%s", (_, spec) => expectAsOracle(fileOf(spec)));
}

describe("samplings, interleaved as far as ten blocks an MCU allow it, come out as the oracle says", () => {
  const rows = [
    ...["1x1", "2x2", "3x4", "1x1,1x1,1x1", "2x1,1x1,1x1", "1x2,1x1,1x1", "2x2,1x1,1x1", "4x1,1x1,1x1", "1x4,1x1,1x1"],
    ...["4x2,1x1,1x1", "2x4,1x1,1x1", "4x4,1x1,1x1", "4x4,2x2,1x1", "2x2,2x1,1x1", "2x2,1x2,2x1", "2x2,2x2,2x2"],
    ...["1x1,2x2,1x1", "1x1,1x1,2x2", "2x1,1x2,1x1", "1x2,2x1,1x1", "2x1,2x1,1x1", "4x1,2x1,1x1", "4x2,2x2,1x1"],
    ...["3x1,1x1,1x1", "1x3,1x1,1x1", "3x3,1x1,1x1", "1x1,1x1,1x1,1x1", "2x2,1x1,1x1,2x2", "1x1,2x1,1x2,2x2"],
    ...["3x1,2x1,1x1", "1x3,1x2,1x1", "3x2,2x1,1x1", "4x1,3x1,1x1", "4x3,3x4,1x1"],
  ].map((sampling): Row => {
    const components = componentsOf(sampling);
    const blocks = components.reduce((sum, { h, v }) => sum + h * v, 0);
    const places = components.map((_, place) => place);
    return [sampling, { sampling, scans: blocks <= 10 ? [{ of: places }] : places.map((place) => ({ of: [place] })) }];
  });
  agree(rows);
});

describe("scans", () => {
  agree([
    ["of one component each", { scans: SEPARATE }],
    ["of one component and of two", { scans: [{ of: [0] }, { of: [1, 2] }] }],
    ["in another order than the frame's", { scans: [{ of: [2] }, { of: [0] }, { of: [1] }] }],
    [
      "that are extended sequential, with tables 2 and 3",
      {
        marker: 0xc1,
        scans: [
          {
            of: COLOUR,
            tables: [
              [2, 3],
              [3, 2],
              [1, 0],
            ],
          },
        ],
      },
    ],
    ["with standard tables", { scans: [{ of: COLOUR, coding: "standard" }] }],
    ["without tables, where those of annex K are meant", { scans: [{ of: COLOUR, coding: "implied" }] }],
    ["with codes of 16 bits for what is frequent", { scans: [{ of: COLOUR, coding: "long" }] }],
    ["that define the same tables anew", { scans: SEPARATE.map((scan) => ({ ...scan, tables: [[0, 0]] })) }],
    ["with all tables of a kind in one segment", { together: true }],
    ["of which one is missing", { scans: [{ of: [0] }, { of: [2] }] }],
  ]);
});

describe("restarts", () => {
  agree([
    ["behind every MCU", { scans: [{ of: COLOUR, restartInterval: 1 }] }],
    ["behind every MCU of a gray picture", { sampling: "1x1", scans: [{ of: [0], restartInterval: 1 }] }],
    ["behind every row of MCUs", { scans: [{ of: COLOUR, restartInterval: 3 }] }],
    ["that never come, the interval being longer than the scan", { scans: [{ of: COLOUR, restartInterval: 65_535 }] }],
    [
      "at other intervals in each scan, none in the last",
      {
        scans: SEPARATE.map((scan, at) => ({ ...scan, restartInterval: [2, 5, 0][at] ?? 0 })),
      },
    ],
    [
      "in a progressive picture, at other intervals in each scan",
      {
        marker: 0xc2,
        scans: SIMPLE_PROGRESSION.map((scan, at) => ({ ...scan, restartInterval: at % 4 })),
      },
    ],
    [
      "in a progressive picture, behind every MCU",
      {
        marker: 0xc2,
        scans: SIMPLE_PROGRESSION.map((scan) => ({ ...scan, restartInterval: 1 })),
      },
    ],
    ["with fill bytes before their markers", { fill: 5, scans: [{ of: COLOUR, restartInterval: 2 }] }],
  ]);
});

describe("progressive scans", () => {
  /** More blocks than a run of ended bands can count, and something in the last of them alone. */
  const nearlyEmpty = (() => {
    const size = { width: 2048, height: 1088 };
    const components = componentsOf("1x1");
    const { across, down } = gridOf({ progressive: true, size, components }, { h: 1, v: 1 });
    const blocks = Array.from({ length: across * down }, () => new Int16Array(64));
    blocks.at(-1)?.set([40, -7, 9, 3, 0, 0, -2], 0);
    const quantisers = [{ number: 0, steps: ZIGZAG.map(() => 8) }];
    const grids = [{ across, down, blocks }];
    const scans = [{ of: [0] }, { of: [0], from: 1, to: 63, low: 1 }, { of: [0], from: 1, to: 63, high: 1, low: 0 }];
    return { size, components, grids, quantisers, marker: 0xc2, scans } as const;
  })();

  const progressive = (scans: PictureSpec["scans"], more: PictureSpec = {}): PictureSpec => ({
    ...more,
    marker: 0xc2,
    scans: scans ?? [],
  });
  agree([
    ["as libjpeg orders them", progressive(SIMPLE_PROGRESSION)],
    ["as libjpeg orders them, in large steps", progressive(SIMPLE_PROGRESSION, { step: 40 })],
    ["as libjpeg orders them, in the smallest steps", progressive(SIMPLE_PROGRESSION, { step: 1 })],
    ["of 4:4:4", progressive(SIMPLE_PROGRESSION, { sampling: "1x1,1x1,1x1" })],
    ["of 4:2:2", progressive(SIMPLE_PROGRESSION, { sampling: "2x1,1x1,1x1" })],
    ["without approximation", progressive(plainProgression(3))],
    ["of one block a run", progressive(SIMPLE_PROGRESSION.map((scan) => ({ ...scan, longestRun: 1 })))],
    ["of three blocks a run", progressive(SIMPLE_PROGRESSION.map((scan) => ({ ...scan, longestRun: 3 })))],
    ["of runs of 32767 blocks", nearlyEmpty],
    [
      "with codes of 16 bits for what is frequent",
      progressive(SIMPLE_PROGRESSION.map((scan) => ({ ...scan, coding: "long" }))),
    ],
    [
      "of a gray picture, a bit at a time",
      progressive(
        [3, 2, 1, 0].flatMap((low) => {
          const step = { of: [0], low, high: low === 3 ? 0 : low + 1 };
          return [step, { ...step, from: 1, to: 20 }, { ...step, from: 21, to: 63 }];
        }),
        { sampling: "1x1", step: 1 },
      ),
    ],
    [
      "whose refinements have other bands than what they refine",
      progressive([
        { of: COLOUR },
        ...COLOUR.map((place) => ({ of: [place], from: 1, to: 63, low: 1 })),
        ...COLOUR.flatMap((place) =>
          [1, 2, 9, 40].map((from, at) => ({ of: [place], from, to: [1, 8, 39, 63][at] ?? 0, high: 1 })),
        ),
      ]),
    ],
    ["of which the last five are missing", progressive(SIMPLE_PROGRESSION.slice(0, 5))],
    ["of which all but the first are missing", progressive(SIMPLE_PROGRESSION.slice(0, 1))],
    ["of which those of one component are missing", progressive(plainProgression(3).slice(0, 4))],
    ["of four components", progressive(plainProgression(4), { sampling: "2x1,1x1,1x1,2x1", beforeFrame: adobe(2) })],
  ]);
});

describe("quantisation tables", () => {
  const steps = (from: number) => ZIGZAG.map((_, k) => from + k);
  const own = pictureSpec({ size: SIZE });
  const ofOneNumber: JpegSpec = {
    ...own,
    components: own.components.map((component) => ({ ...component, quantiser: 0 })),
    quantisers: [],
    scans: COLOUR.map((place) => ({
      of: [place],
      before: quantiserSegments([{ number: 0, steps: steps(5 + place * 4) }], false).flat(),
    })),
  };
  agree([
    ["of 16 bits a step", { quantisers: [0, 1].map((number) => ({ number, steps: steps(250), wide: true })) }],
    [
      "of 8 and of 16 bits in one segment",
      {
        together: true,
        quantisers: [
          { number: 0, steps: steps(9) },
          { number: 1, steps: steps(300), wide: true },
        ],
      },
    ],
    ["all ones", { step: 1, quantisers: [0, 1].map((number) => ({ number, steps: ZIGZAG.map(() => 1) })) }],
    ["of one number, defined anew for each scan", ofOneNumber],
    [
      "of one number, defined anew for each first scan of a progressive picture",
      {
        ...ofOneNumber,
        marker: 0xc2,
        scans: [
          ...(ofOneNumber.scans ?? []).map((scan) => ({ ...scan, to: 0 })),
          ...COLOUR.map((place) => ({ of: [place], from: 1, to: 63 })),
        ],
      },
    ],
    [
      "behind the frame",
      {
        ...own,
        quantisers: [],
        behindFrame: quantiserSegments(own.quantisers, true).flat(),
      },
    ],
  ]);
});

describe("colours are what libjpeg takes them for", () => {
  const RGB = [82, 71, 66];
  agree([
    ["YCbCr by JFIF", { beforeFrame: JFIF }],
    ["YCbCr by JFIF, whatever the ids", { beforeFrame: JFIF, ids: RGB }],
    ["YCbCr by JFIF, whatever Adobe says", { beforeFrame: [...JFIF, ...adobe(0)] }],
    ["RGB by Adobe's transform 0", { sampling: "1x1,1x1,1x1", beforeFrame: adobe(0) }],
    ["RGB by Adobe's transform 0, with a component sampled less", { sampling: "2x2,1x1,2x1", beforeFrame: adobe(0) }],
    ["RGB by Adobe's transform 0, behind the frame", { behindFrame: adobe(0) }],
    ["YCbCr by Adobe's transform 1, whatever the ids", { beforeFrame: adobe(1), ids: RGB }],
    ["YCbCr by Adobe's transform 2", { beforeFrame: adobe(2) }],
    ["YCbCr, Adobe's segment being too short", { beforeFrame: segment(0xee, adobe(0).slice(4, 13)) }],
    ["YCbCr, the segment being somebody else's", { beforeFrame: segment(0xee, new Array(12).fill(0)) }],
    ["RGB by their ids", { ids: RGB }],
    ["YCbCr by their ids", { ids: [1, 2, 3] }],
    ["YCbCr by any ids", { ids: [0, 255, 7] }],
    ["YCbCr by small letters", { ids: [114, 103, 98] }],
    ["gray, whatever Adobe says", { sampling: "1x1", beforeFrame: adobe(0) }],
    ["CMYK", { sampling: "1x1,1x1,1x1,1x1" }],
    ["CMYK, though JFIF knows none", { sampling: "1x1,1x1,1x1,1x1", beforeFrame: JFIF, ids: [67, 77, 89, 75] }],
    ["inverted CMYK by Adobe's transform 0", { sampling: "1x1,1x1,1x1,1x1", beforeFrame: adobe(0) }],
    ["inverted YCCK by Adobe's transform 2", { sampling: "2x2,1x1,1x1,2x2", beforeFrame: adobe(2) }],
  ]);
});

describe("what stands between", () => {
  const thumbnail = [
    ...writeJpeg(pictureSpec({ size: { width: 9, height: 9 }, marker: 0xc2, scans: SIMPLE_PROGRESSION })),
  ];
  const apps = Array.from({ length: 16 }, (_, at) => segment(0xe0 + at, [0xff, 0xda, 0, 0xff, 0xd9])).flat();
  agree([
    ["fill bytes before each marker", { fill: 7 }],
    ["fill bytes before each marker of a progressive picture", { fill: 2, marker: 0xc2, scans: SIMPLE_PROGRESSION }],
    ["segments of every application, with markers in them", { beforeFrame: apps, behindFrame: apps, beforeEnd: apps }],
    ["empty segments", { beforeFrame: [...comment(0), ...segment(0xe5, [])] }],
    [
      "four of the longest segments",
      { beforeFrame: [...comment(65_533), ...comment(65_533)], behindFrame: [...comment(65_533), ...comment(65_533)] },
    ],
    [
      "segments between the scans",
      { scans: SEPARATE.map((scan) => ({ ...scan, before: [...apps, ...comment(300)] })) },
    ],
    [
      "segments between the scans of a progressive picture",
      {
        marker: 0xc2,
        scans: SIMPLE_PROGRESSION.map((scan) => ({ ...scan, before: [...apps, ...comment(300)] })),
      },
    ],
    ["a thumbnail in a segment", { beforeFrame: segment(0xe1, thumbnail), marker: 0xc2, scans: SIMPLE_PROGRESSION }],
    ["bytes that are no marker before the end", { beforeEnd: [1, 2, 3, 0xff, 0, 4] }],
    ["the height again behind the scan", { beforeEnd: segment(0xdc, [SIZE.height >> 8, SIZE.height & 255]) }],
  ]);

  const behind = (file: Uint8Array, more: ArrayLike<number>) => Uint8Array.of(...file, ...Array.from(more));
  test.each([
    ["a sequential picture", fileOf({})],
    ["a progressive picture", fileOf({ marker: 0xc2, scans: SIMPLE_PROGRESSION })],
  ])("what follows %s is no part of it", async (_, file) => {
    for (const more of [[0], [0xff, 0xff], thumbnail, fileOf({ seed: 5, marker: 0xc2, scans: plainProgression(3) })]) {
      await expectAsOracle(behind(file, more));
    }
  });

  test.each([
    ["sequential", 0xc0],
    ["progressive", 0xc2],
  ] as const)("a %s picture is whole without its last marker", async (_, marker) => {
    const file = fileOf({ marker, scans: marker === 0xc2 ? SIMPLE_PROGRESSION : [{ of: COLOUR }] });
    await expectAsOracle(file.subarray(0, -2));
  });

  test("an orientation changes nothing of the picture as it lies in the file", async () => {
    for (let orientation = 1; orientation <= 8; orientation++) {
      await expectAsOracle(fileOf({ beforeFrame: exifSegment({ orientation }) }));
    }
  });
});
