import { describe, expect, test } from "vitest";
import { progressiveSizes } from "../../src/codec/jpeg-encoder/progressive-codes.ts";
import * as own from "../../src/codec/jpeg-encoder/progressive-records.ts";
import * as records from "../../src/codec/jpeg-encoder/records.ts";
import { PageSupply, TokenStream } from "../../src/codec/jpeg-encoder/token-store.ts";
import { KernelRecord } from "../../src/pixels/kernel-record.ts";
import type { Kernels } from "../../src/pixels/kernels.ts";
import { ZIGZAG } from "../oracle/jpeg-annex-k.ts";
import { GuardedKernels } from "../support/guarded-kernels.ts";
import { piecesOf, type ScanSpec } from "../support/jpeg-writer-scan.ts";
import { constantsOf, fieldsOf, kernelText, wordsOf } from "../support/kernel-fields.ts";
import { randomNumbers } from "../support/random.ts";

/** libjpeg's bound: with more, a run of ended bands is written. */
const MOST_REFINING = 937;

interface Symbol {
  readonly symbol: number | undefined;
  readonly bits: string;
}

interface Blocks {
  readonly across: number;
  /** In zigzag order, as many rows as there are. */
  readonly blocks: readonly Int16Array[];
}

/** Symbols, each with all bits up to the next one, by the twin, which is plain and slow. */
function byTwin({ across, blocks }: Blocks, scan: ScanSpec): readonly Symbol[] {
  const down = blocks.length / across;
  const component = { id: 1, h: 1, v: 1, quantiser: 0 };
  const frame = { progressive: true, size: { width: across * 8, height: down * 8 }, components: [component] };
  const pieces = piecesOf(frame, [{ across, down, blocks }], { mostRefining: MOST_REFINING, ...scan }, 0);
  return joined(pieces.flatMap((piece) => (piece === "restart" ? [] : [{ symbol: piece.symbol, bits: piece.bits }])));
}

/** Bits behind bits are one text. */
function joined(symbols: readonly Symbol[]): readonly Symbol[] {
  const all: Symbol[] = [];
  for (const { symbol, bits } of symbols) {
    const last = all.at(-1);
    if (symbol === undefined && last !== undefined) all[all.length - 1] = { ...last, bits: last.bits + bits };
    else all.push({ symbol, bits });
  }
  return all;
}

/** The tokens of the kernels, read one by one. */
function byKernel(kernels: Kernels, { across, blocks }: Blocks, scan: ScanSpec): readonly Symbol[] {
  const { from = 0, to = 0, high = 0, low = 0 } = scan;
  const band = { of: 0 as const, first: from, last: to, high, low };
  const component = new KernelRecord(kernels, kernels.reserve(records.COMPONENT_BYTES), records.COMPONENT_FIELDS);
  const lineBlocks = across + 3;
  const coefficients = kernels.reserve(lineBlocks * 128);
  const present = kernels.reserve(lineBlocks * 8);
  component.set({ across: 1, down: 1, blocksAcross: across, blocksDown: 1, lineBlocks, coefficients, present });
  const record = new KernelRecord(kernels, kernels.reserve(own.PROGRESSIVE_BYTES), own.PROGRESSIVE_FIELDS);
  const stream = new TokenStream(kernels);
  record.set({
    ...{ components: component.address, componentCount: 1, tokens: stream.address, first: from, last: to, high, low },
    ...{ columns: across, corrections: kernels.reserve(own.CORRECTION_BYTES) },
  });
  const supply = new PageSupply(kernels, 32 * 1024 * 1024);
  for (let row = 0; row < blocks.length; row += across) {
    for (let x = 0; x < across; x++) putBlock(kernels, coefficients + x * 128, present + x * 8, blocks[row + x]);
    const code = () => (from === 0 ? kernels.run.tokenDcRow(record.address) : kernels.run.tokenAcRow(record.address));
    while (code() !== records.ROW_DONE) expect(stream.refill(supply)).toBe(true);
  }
  if (stream.freePages === 0) stream.refill(supply);
  kernels.run.finishBands(record.address);
  stream.end();
  return symbolsOf(kernels, stream, progressiveSizes(band), from === 0);
}

function putBlock(kernels: Kernels, to: number, present: number, block: Int16Array = new Int16Array(64)): void {
  const natural = new Int16Array(64);
  let which = 0n;
  for (const [place, at] of ZIGZAG.entries()) {
    natural[at] = block[place] ?? 0;
    if (block[place] !== 0) which |= 1n << BigInt(place);
  }
  kernels.bytesAt(to, 128).set(new Uint8Array(natural.buffer));
  kernels.bytesAt(present, 8).set(new Uint8Array(BigUint64Array.of(which).buffer));
}

function symbolsOf(kernels: Kernels, stream: TokenStream, sizes: Uint8Array, isDc: boolean): readonly Symbol[] {
  const symbols: Symbol[] = [];
  for (const page of stream.pages()) {
    const end = kernels.words[page / 4 + 1] ?? 0;
    expect(end).toBeLessThanOrEqual(page + records.PAGE_BYTES);
    const tokens = new Uint16Array(kernels.bytesAt(page + 8, end - page - 8).slice().buffer);
    for (let at = 0; at < tokens.length; ) {
      const token = tokens[at++] ?? 0;
      const index = token & 511;
      const size = sizes[index] ?? 0;
      const value = size > 7 ? (tokens[at++] ?? 0) : token >> 9;
      const bits = size === 0 ? "" : value.toString(2).padStart(size, "0");
      expect(bits.length).toBe(size);
      const isRaw = index >= 256;
      symbols.push({ symbol: isRaw ? undefined : isDc ? index >> 4 : index, bits });
    }
  }
  return joined(symbols);
}

/** Blocks of coefficients that become rarer and smaller with their place. */
function someBlocks(across: number, rows: number, density: number, seed: number): Blocks {
  const next = randomNumbers(seed);
  const value = (place: number) => {
    if (next() > density * (1 - place / 80)) return 0;
    const most = Math.max(1, (place === 0 ? 1023 : 200) * next() ** 3);
    return Math.round((next() * 2 - 1) * most);
  };
  const block = () => Int16Array.from({ length: 64 }, (_, place) => value(place));
  return { across, blocks: Array.from({ length: across * rows }, block) };
}

const SCANS: readonly ScanSpec[] = [
  ...[0, 1, 3].map((low) => ({ of: [0], low })),
  { of: [0], high: 1, low: 0 },
  { of: [0], high: 3, low: 2 },
  ...[0, 1, 2].flatMap((low) => [
    { of: [0], from: 1, to: 63, low },
    { of: [0], from: 1, to: 5, low },
    { of: [0], from: 6, to: 63, low },
    { of: [0], from: 63, to: 63, low },
    { of: [0], from: 1, to: 63, high: low + 1, low },
    { of: [0], from: 9, to: 40, high: low + 1, low },
  ]),
];
const textOf = ({ from = 0, to = 0, high = 0, low = 0 }: ScanSpec) => `${from} to ${to}, bits ${high} to ${low}`;

function expectSame(blocks: Blocks, scan: ScanSpec): readonly Symbol[] {
  const kernels = new GuardedKernels();
  const got = byKernel(kernels, blocks, scan);
  expect(kernels.trespasses()).toBe(0);
  const want = byTwin(blocks, scan);
  // One comparison of a text: of ten thousands of objects one takes long.
  expect(got.map(({ symbol, bits }) => `${symbol} ${bits}`).join("\n")).toBe(
    want.map(({ symbol, bits }) => `${symbol} ${bits}`).join("\n"),
  );
  return got;
}

describe("the tokens of a scan are the symbols of T.81, G.1.2, with their bits", () => {
  test.each(SCANS.map((scan) => [textOf(scan), scan] as const))("coefficients %s", (_, scan) => {
    for (const across of [1, 2, 15, 16, 17, 33]) {
      for (const density of [0.02, 0.3, 1]) {
        for (const rows of [1, 3]) expectSame(someBlocks(across, rows, density, across + rows), scan);
      }
    }
  });

  test("the largest coefficients that there are fill pages and no more", () => {
    const blocks = Array.from({ length: 200 }, (_, at) => new Int16Array(64).fill(at % 2 === 0 ? 1023 : -1023));
    for (const scan of SCANS) expectSame({ across: 40, blocks }, scan);
  });

  test("a run of ended bands is at most 32767 blocks long, and goes on in another", () => {
    const nothing = new Int16Array(64);
    const something = Int16Array.from({ length: 64 }, (_, place) => (place === 7 ? 5 : 0));
    for (const count of [32_766, 32_767, 32_768, 70_000]) {
      const blocks = new Array<Int16Array>(count).fill(nothing);
      for (const scan of [
        { of: [0], from: 1, to: 63 },
        { of: [0], from: 1, to: 63, high: 1, low: 0 },
      ]) {
        const runs = expectSame({ across: count, blocks: [...blocks] }, scan);
        expect(runs.length).toBe(Math.ceil(count / 32_767));
        expectSame({ across: count + 1, blocks: [...blocks, something] }, scan);
      }
    }
  });

  test("a run of ended bands is written where the bits that refine its blocks are more than 937", () => {
    // All known, in all places: 63 bits a block.
    const known = (value: number) => Int16Array.from({ length: 64 }, (_, place) => (place === 0 ? 0 : value));
    const scan = { of: [0], from: 1, to: 63, high: 1, low: 0 };
    for (const count of [14, 15, 16, 31, 100]) {
      const blocks = Array.from({ length: count }, (_, at) => known(at % 2 === 0 ? 3 : -2));
      const runs = expectSame({ across: count, blocks }, scan);
      expect(runs.length).toBe(Math.ceil(count / 15));
      for (const { bits } of runs) expect(bits.length).toBeLessThanOrEqual(1000 + 14);
    }
    // One that is new behind 937 bits, and behind one less: what was gathered goes first, with nothing of its block.
    for (const last of [55, 56, 57]) {
      const partly = Int16Array.from({ length: 64 }, (_, place) => (place > 0 && place <= last ? 2 : 0));
      const fresh = Int16Array.from({ length: 64 }, (_, place) => (place === 40 ? 1 : place < 30 ? 2 : 0));
      expectSame({ across: 16, blocks: [...new Array(14).fill(known(2)), partly, fresh] }, scan);
    }
  });
});

describe("records stand in the memory of the kernels as the kernels read them", () => {
  const text = kernelText("jpeg-encode/progressive-records.ts");

  test("a progressive scan", () => {
    expect(wordsOf(fieldsOf(text, "ProgressiveScan"))).toEqual(own.PROGRESSIVE_FIELDS);
    expect(own.PROGRESSIVE_BYTES).toBe(own.PROGRESSIVE_FIELDS.length * 4);
  });

  test("numbers that both sides say are the same", () => {
    const said = constantsOf(text);
    expect(said.get("CORRECTION_BYTES")).toBe(own.CORRECTION_BYTES);
    expect(said.get("PAGES_A_RUN")).toBe(own.PAGES_A_RUN);
    expect(said.get("MOST_CORRECTIONS")).toBe(MOST_REFINING);
  });
});
