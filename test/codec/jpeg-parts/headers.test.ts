import { describe, expect, test } from "vitest";
import { type Frame, largestFactors, readFrame } from "../../../src/codec/jpeg/frame.ts";
import { readScanHeader } from "../../../src/codec/jpeg/scan-header.ts";
import { faultOf } from "../../support/sniffing.ts";

const view = (bytes: readonly number[]) => new DataView(Uint8Array.from(bytes).buffer);

/** A frame header's content: precision, height, width, components. Source: ITU-T T.81, B.2.2. */
const frameBytes = (components: readonly (readonly number[])[], { precision = 8, height = 200, width = 300 } = {}) => [
  precision,
  ...[height >> 8, height & 255, width >> 8, width & 255],
  components.length,
  ...components.flat(),
];
const GRAY = [[1, 0x11, 0]];
const COLOUR = [
  [1, 0x22, 0],
  [2, 0x11, 1],
  [3, 0x11, 1],
];

const frameOf = (components: readonly (readonly number[])[], marker = 0xc0) =>
  readFrame(marker, view(frameBytes(components)));

describe("a frame header", () => {
  test("says size, components, factors and tables", () => {
    expect(frameOf(COLOUR)).toEqual({
      progressive: false,
      size: { width: 300, height: 200 },
      components: [
        { id: 1, across: 2, down: 2, quantisation: 0 },
        { id: 2, across: 1, down: 1, quantisation: 1 },
        { id: 3, across: 1, down: 1, quantisation: 1 },
      ],
    });
    expect(
      frameOf([
        [0, 0x43, 3],
        [255, 0x14, 2],
        [7, 0x31, 1],
        [8, 0x11, 0],
      ]).components,
    ).toEqual([
      { id: 0, across: 4, down: 3, quantisation: 3 },
      { id: 255, across: 1, down: 4, quantisation: 2 },
      { id: 7, across: 3, down: 1, quantisation: 1 },
      { id: 8, across: 1, down: 1, quantisation: 0 },
    ]);
  });

  test("is progressive with SOF2 alone", () => {
    expect([0xc0, 0xc1, 0xc2].map((marker) => frameOf(GRAY, marker).progressive)).toEqual([false, false, true]);
  });

  test("may leave the height open, and has sides of up to 65535", () => {
    expect(readFrame(0xc0, view(frameBytes(GRAY, { height: 0 }))).size.height).toBe(0);
    const size = { width: 65_535, height: 65_535 };
    expect(readFrame(0xc0, view(frameBytes(GRAY, size))).size).toEqual(size);
  });

  test("whatever the factors of a component that is alone, its MCU is one block", () => {
    for (const factors of [0x11, 0x22, 0x41, 0x34]) {
      expect(frameOf([[1, factors, 0]]).components).toEqual([{ id: 1, across: 1, down: 1, quantisation: 0 }]);
    }
  });

  test("may be followed by bytes that mean nothing", () => {
    expect(readFrame(0xc0, view([...frameBytes(COLOUR), 1, 2, 3]))).toEqual(frameOf(COLOUR));
  });

  test("has largest factors in each direction, of different components where they differ", () => {
    expect(largestFactors(frameOf(COLOUR))).toEqual({ across: 2, down: 2 });
    expect(
      largestFactors(
        frameOf([
          [1, 0x41, 0],
          [2, 0x13, 0],
          [3, 0x22, 0],
        ]),
      ),
    ).toEqual({ across: 4, down: 3 });
  });

  const REFUSED: readonly (readonly [what: string, bytes: readonly number[], code: string, detail: string])[] = [
    ...[2, 12, 16].map(
      (precision) =>
        [
          `${precision} bits`,
          frameBytes(GRAY, { precision }),
          "sourceUnsupported",
          `a JPEG of ${precision} bits a sample`,
        ] as const,
    ),
    ["a width of 0", frameBytes(GRAY, { width: 0 }), "sourceBroken", "the JPEG has a width of 0"],
    ...[0, 2, 5].map(
      (count) =>
        [
          `${count} components`,
          frameBytes(Array.from({ length: count }, (_, id) => [id, 0x11, 0])),
          "sourceUnsupported",
          `a JPEG of ${count} components`,
        ] as const,
    ),
    ...[0x01, 0x10, 0x51, 0x15, 0xff].map(
      (factors) =>
        [
          `factors ${factors.toString(16)}`,
          frameBytes(COLOUR.with(1, [2, factors, 0])),
          "sourceBroken",
          `the JPEG has sampling factors of ${factors >> 4} × ${factors & 15}`,
        ] as const,
    ),
    ["a table 4", frameBytes(COLOUR.with(2, [3, 0x11, 4])), "sourceBroken", "the JPEG has a quantisation table 4"],
    [
      "a name twice",
      frameBytes(COLOUR.with(2, [1, 0x11, 0])),
      "sourceBroken",
      "the JPEG has two components of one name",
    ],
  ];
  test.each(REFUSED)("with %s is refused", (_, bytes, code, detail) => {
    expect(faultOf(() => readFrame(0xc0, view(bytes)))).toEqual({ code, detail });
  });

  test("that is cut off anywhere is damaged", () => {
    const whole = frameBytes(COLOUR);
    for (let length = 0; length < whole.length; length++) {
      expect(faultOf(() => readFrame(0xc0, view(whole.slice(0, length))))).toEqual({
        code: "sourceBroken",
        detail: "the JPEG has an invalid frame header",
      });
    }
  });
});

/** A scan header's content. Source: ITU-T T.81, B.2.3. */
interface Scan {
  readonly of: readonly (readonly [id: number, slots: number])[];
  readonly first?: number;
  readonly last?: number;
  readonly high?: number;
  readonly low?: number;
}

const scanBytes = ({ of, first = 0, last = 63, high = 0, low = 0 }: Scan) => [
  of.length,
  ...of.flat(),
  ...[first, last, (high << 4) | low],
];

const baseline = frameOf(COLOUR);
const progressive: Frame = { ...baseline, progressive: true };
const read = (scan: Scan, frame = baseline) => readScanHeader(view(scanBytes(scan)), frame);
const LUMA = [1, 0x00] as const;
const ALL = [LUMA, [2, 0x11], [3, 0x11]] as const;

describe("a scan header", () => {
  test("says components, in its own order, and their tables", () => {
    expect(read({ of: [[3, 0x23], LUMA, [2, 0x10]] }).parts).toEqual([
      { component: 2, dc: 2, ac: 3 },
      { component: 0, dc: 0, ac: 0 },
      { component: 1, dc: 1, ac: 0 },
    ]);
  });

  test("of a sequential picture has all coefficients, whatever it says", () => {
    for (const said of [{}, { first: 1, last: 5 }, { first: 9, last: 3, high: 7, low: 15 }]) {
      expect(read({ of: ALL, ...said })).toMatchObject({ first: 0, last: 63, high: 0, low: 0 });
    }
  });

  const TAKEN: readonly (readonly [what: string, scan: Scan])[] = [
    ["the first bits of DC, of all components", { of: ALL, last: 0 }],
    ["DC but for thirteen bits", { of: ALL, last: 0, low: 13 }],
    ["a bit of DC", { of: ALL, last: 0, high: 13, low: 12 }],
    ["the last bit of DC, of one component", { of: [LUMA], last: 0, high: 1 }],
    ["all AC", { of: [LUMA], first: 1, last: 63 }],
    ["one coefficient", { of: [LUMA], first: 5, last: 5, low: 2 }],
    ["a bit of the last one", { of: [LUMA], first: 63, last: 63, high: 2, low: 1 }],
  ];
  test.each(TAKEN)("of a progressive picture is taken: %s", (_, scan) => {
    const { of, first = 0, last, high = 0, low = 0 } = scan;
    const header = read(scan, progressive);
    expect(header).toMatchObject({ first, last, high, low });
    expect(header.parts.length).toBe(of.length);
  });

  test.each([
    { of: ALL, last: 63 },
    { of: [LUMA], last: 5 },
    { of: ALL, first: 1, last: 63 },
    { of: [LUMA], first: 6, last: 5 },
    { of: [LUMA], first: 1, last: 64 },
    { of: [LUMA], first: 64, last: 64 },
    { of: [LUMA], last: 0, low: 14 },
    { of: [LUMA], last: 0, high: 1, low: 1 },
    { of: [LUMA], last: 0, high: 2, low: 0 },
    { of: [LUMA], first: 1, last: 5, high: 1, low: 2 },
  ] satisfies readonly Scan[])("of a progressive picture is no progression: %o", (scan) => {
    const { first = 0, last = 63, high = 0, low = 0 }: Scan = scan;
    expect(faultOf(() => read(scan, progressive))).toEqual({
      code: "sourceBroken",
      detail: `the JPEG has a scan of coefficients ${first} to ${last}, bits ${high} to ${low}`,
    });
  });

  test.each([
    [{ of: [] }, "an invalid scan header"],
    [{ of: [...ALL, [4, 0], [5, 0]] }, "an invalid scan header"],
    [{ of: [[9, 0]] }, "a scan of component 9"],
    [{ of: [LUMA, [0, 0]] }, "a scan of component 0"],
    [{ of: [LUMA, LUMA] }, "a scan with a component twice"],
    [{ of: [[1, 0x40]] }, "Huffman tables 4 and 0"],
    [{ of: [[1, 0x04]] }, "Huffman tables 0 and 4"],
  ] satisfies readonly (readonly [Scan, string])[])("is refused: %o has %s", (scan, what) => {
    expect(faultOf(() => read(scan))).toEqual({ code: "sourceBroken", detail: `the JPEG has ${what}` });
  });

  test("has at most ten blocks an MCU, where it has several components", () => {
    const frame = (first: number, second: number) =>
      frameOf([
        [1, first, 0],
        [2, second, 0],
        [3, 0x11, 0],
      ]);
    expect(read({ of: ALL }, frame(0x42, 0x11)).parts.length).toBe(3);
    expect(faultOf(() => read({ of: ALL }, frame(0x33, 0x11)))).toEqual({
      code: "sourceBroken",
      detail: "the JPEG has an MCU of 11 blocks",
    });
    expect(read({ of: [LUMA] }, frame(0x44, 0x44)).parts.length).toBe(1);
  });

  test("that is cut off anywhere is damaged", () => {
    for (const frame of [baseline, progressive]) {
      const whole = scanBytes({ of: ALL, last: 0 });
      for (let length = 0; length < whole.length; length++) {
        expect(faultOf(() => readScanHeader(view(whole.slice(0, length)), frame))).toEqual({
          code: "sourceBroken",
          detail: "the JPEG has an invalid scan header",
        });
      }
      expect(readScanHeader(view([...whole, 9, 9]), frame).parts.length).toBe(3);
    }
  });
});
