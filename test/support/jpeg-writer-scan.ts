import { type BlockGrid, type Frame, mcusOf } from "../oracle/jpeg-scan.ts";
import type { Coded, Coding, Piece, TableName } from "./jpeg-writer-codes.ts";

/** A scan to be written. */
export interface ScanSpec {
  /** Places in the frame of the components. */
  readonly of: readonly number[];
  /** Spectral selection and successive approximation: Ss, Se, Ah, Al. */
  readonly from?: number;
  readonly to?: number;
  readonly high?: number;
  readonly low?: number;
  /** Numbers of the DC and AC tables, one a component; the first component of the frame has 0 and all others 1. */
  readonly tables?: readonly (readonly [dc: number, ac: number])[];
  readonly coding?: Coding;
  /** MCUs between restarts, from this scan on; 0 = none. */
  readonly restartInterval?: number;
  /** Most blocks that a run of ended bands may have. */
  readonly longestRun?: number;
  /** Bits that refine such blocks, with more of which a run is written. */
  readonly mostRefining?: number;
  /** Segments in front of it. */
  readonly before?: readonly number[];
}

/** A scan in pieces, ready to be coded. Source: ITU-T T.81, F.1.2 and G.1.2. */
export function piecesOf(
  frame: Frame,
  grids: readonly BlockGrid[],
  scan: ScanSpec,
  restartInterval: number,
): readonly Piece[] {
  const components = scan.of.map((place) => {
    const component = frame.components[place];
    if (component === undefined) throw new Error(`no component ${place}`);
    return component;
  });
  const coder = coderOf(frame.progressive, scan);
  const pieces: Piece[] = [];
  let mcus = 0;
  for (const mcu of mcusOf(frame, components)) {
    if (restartInterval > 0 && mcus > 0 && mcus % restartInterval === 0) pieces.push(...coder.end(), "restart");
    mcus++;
    for (const { of, block } of mcu) {
      const coefficients = grids[scan.of[of] ?? 0]?.blocks[block];
      if (coefficients === undefined) throw new Error(`no block ${block}`);
      pieces.push(...coder.block(coefficients, of));
    }
  }
  pieces.push(...coder.end());
  return pieces;
}

interface BlockCoder {
  block(coefficients: Int16Array, of: number): readonly Coded[];
  /** What is still to be said before a restart or the end of the scan. Predictions begin anew. */
  end(): readonly Coded[];
}

function coderOf(progressive: boolean, scan: ScanSpec): BlockCoder {
  const { from = 0, to = 63, high = 0, low = 0, longestRun = 32_767, mostRefining = Number.POSITIVE_INFINITY } = scan;
  const tables = (of: number): readonly [TableName, TableName] => {
    const own = scan.of[of] === 0 ? 0 : 1;
    const [dc, ac] = scan.tables?.[of] ?? [own, own];
    return [`dc${dc}`, `ac${ac}`];
  };
  if (!progressive) return sequential(tables);
  if (from > 0)
    return high === 0
      ? acFirst(tables(0)[1], from, to, low, longestRun)
      : acRefinement(tables(0)[1], { from, to, low, longestRun, mostRefining });
  return high === 0 ? dcFirst(tables, low) : dcRefinement(low);
}

type TablesOf = (of: number) => readonly [dc: TableName, ac: TableName];

/** The number of bits that a value takes. Source: ITU-T T.81, tables F.1 and F.2. */
function category(value: number): number {
  return value === 0 ? 0 : Math.floor(Math.log2(Math.abs(value))) + 1;
}

function binary(value: number, bits: number): string {
  return bits === 0 ? "" : value.toString(2).padStart(bits, "0");
}

function signedBits(value: number): string {
  const bits = category(value);
  return binary(value < 0 ? value + 2 ** bits - 1 : value, bits);
}

/** Codes differences to the last block of the same component. */
function differences(tables: TablesOf) {
  const predictions = new Map<number, number>();
  return {
    code(value: number, of: number): Coded {
      const difference = value - (predictions.get(of) ?? 0);
      predictions.set(of, value);
      return { table: tables(of)[0], symbol: category(difference), bits: signedBits(difference) };
    },
    reset: () => predictions.clear(),
  };
}

function sequential(tables: TablesOf): BlockCoder {
  const dc = differences(tables);
  return {
    block(coefficients, of) {
      const table = tables(of)[1];
      const pieces = [dc.code(coefficients[0] ?? 0, of)];
      let run = 0;
      for (const value of coefficients.subarray(1)) {
        if (value === 0) {
          run++;
          continue;
        }
        for (; run > 15; run -= 16) pieces.push({ table, symbol: 0xf0, bits: "" });
        pieces.push({ table, symbol: run * 16 + category(value), bits: signedBits(value) });
        run = 0;
      }
      if (run > 0) pieces.push({ table, symbol: 0, bits: "" });
      return pieces;
    },
    end() {
      dc.reset();
      return [];
    },
  };
}

function dcFirst(tables: TablesOf, low: number): BlockCoder {
  const dc = differences(tables);
  return {
    block: (coefficients, of) => [dc.code((coefficients[0] ?? 0) >> low, of)],
    end() {
      dc.reset();
      return [];
    },
  };
}

function dcRefinement(low: number): BlockCoder {
  return {
    block: (coefficients) => [{ bits: String(((coefficients[0] ?? 0) >> low) & 1) }],
    end: () => [],
  };
}

/** Counts blocks whose bands have ended, with the bits that refine what they have. */
function endOfBandRun(table: TableName, longestRun: number, mostRefining = Number.POSITIVE_INFINITY) {
  let blocks = 0;
  let refining = "";
  const flush = (): readonly Coded[] => {
    if (blocks === 0) return [];
    const size = Math.floor(Math.log2(blocks));
    const piece = { table, symbol: size * 16, bits: binary(blocks - 2 ** size, size) + refining };
    blocks = 0;
    refining = "";
    return [piece];
  };
  return {
    flush,
    extend(bits: string): readonly Coded[] {
      blocks++;
      refining += bits;
      return blocks === longestRun || refining.length > mostRefining ? flush() : [];
    },
  };
}

function acFirst(table: TableName, from: number, to: number, low: number, longestRun: number): BlockCoder {
  const ended = endOfBandRun(table, longestRun);
  return {
    block(coefficients) {
      const pieces: Coded[] = [];
      let run = 0;
      for (const value of coefficients.subarray(from, to + 1)) {
        // Towards zero, unlike DC.
        const shifted = Math.trunc(value / 2 ** low);
        if (shifted === 0) {
          run++;
          continue;
        }
        pieces.push(...ended.flush());
        for (; run > 15; run -= 16) pieces.push({ table, symbol: 0xf0, bits: "" });
        pieces.push({ table, symbol: run * 16 + category(shifted), bits: signedBits(shifted) });
        run = 0;
      }
      if (run > 0) pieces.push(...ended.extend(""));
      return pieces;
    },
    end: ended.flush,
  };
}

function acRefinement(
  table: TableName,
  {
    from,
    to,
    low,
    longestRun,
    mostRefining,
  }: Required<Pick<ScanSpec, "from" | "to" | "low" | "longestRun" | "mostRefining">>,
): BlockCoder {
  const ended = endOfBandRun(table, longestRun, mostRefining);
  return {
    block(coefficients) {
      const magnitudes = [...coefficients.subarray(from, to + 1)].map((value) =>
        Math.trunc(Math.abs(value) / 2 ** low),
      );
      const lastNew = magnitudes.lastIndexOf(1);
      const pieces: Coded[] = [];
      let run = 0;
      /** A bit each for coefficients that are known from earlier scans, since the last symbol. */
      let refining = "";
      for (const [at, magnitude] of magnitudes.entries()) {
        if (magnitude === 0) {
          run++;
          continue;
        }
        // A run of zeros behind the last new coefficient belongs to the end of the band.
        for (; run > 15 && at <= lastNew; run -= 16) {
          pieces.push(...ended.flush(), { table, symbol: 0xf0, bits: refining });
          refining = "";
        }
        if (magnitude > 1) {
          refining += String(magnitude & 1);
          continue;
        }
        const sign = (coefficients[from + at] ?? 0) < 0 ? "0" : "1";
        pieces.push(...ended.flush(), { table, symbol: run * 16 + 1, bits: sign + refining });
        refining = "";
        run = 0;
      }
      if (run > 0 || refining !== "") pieces.push(...ended.extend(refining));
      return pieces;
    },
    end: ended.flush,
  };
}
