import { codesOf, type HuffmanTable, STANDARD_TABLES } from "../oracle/jpeg-annex-k.ts";
import { segment } from "./jpeg-bytes.ts";

export type TableName = `${"dc" | "ac"}${number}`;

/** A symbol to be coded by its table, and bits that stand behind it as they are, as text of zeros and ones. */
export interface Coded {
  readonly table?: TableName;
  readonly symbol?: number;
  readonly bits: string;
}

export type Piece = Coded | "restart";

/**
 * How the symbols of a scan get their codes: short ones for frequent symbols, long ones for frequent symbols (which takes
 * decoders off their quick paths), the tables of annex K, or those without writing them (as Motion JPEG does).
 */
export type Coding = "optimal" | "long" | "standard" | "implied";

export type Tables = ReadonlyMap<TableName, HuffmanTable>;

/** Tables for all the symbols of a scan. */
export function tablesFor(pieces: readonly Piece[], coding: Coding): Tables {
  const frequencies = new Map<TableName, Map<number, number>>();
  for (const piece of pieces) {
    if (piece === "restart" || piece.table === undefined || piece.symbol === undefined) continue;
    const ofTable = frequencies.get(piece.table) ?? new Map<number, number>();
    frequencies.set(piece.table, ofTable.set(piece.symbol, (ofTable.get(piece.symbol) ?? 0) + 1));
  }
  return new Map(
    [...frequencies].map(([name, ofTable]) => {
      if (coding === "optimal") return [name, optimal(ofTable)];
      if (coding === "long") return [name, longCodes(ofTable)];
      return [name, standard(name)];
    }),
  );
}

function standard(name: TableName): HuffmanTable {
  const kind = name.startsWith("dc") ? STANDARD_TABLES.dc : STANDARD_TABLES.ac;
  const table = kind[Number(name.slice(2))];
  if (table === undefined) throw new Error(`annex K has no table ${name}`);
  return table;
}

/** Huffman's algorithm, with one symbol more so that no code is all ones. Source: ITU-T T.81, K.2. */
function optimal(frequencies: ReadonlyMap<number, number>): HuffmanTable {
  const NOBODY = -1;
  let trees = [...frequencies, [NOBODY, 0] as const].map(([symbol, weight]) => ({
    weight,
    leaves: [{ symbol, depth: 0 }],
  }));
  while (trees.length > 1) {
    trees.sort((one, other) => other.weight - one.weight);
    const [second, first] = trees.splice(-2);
    if (first === undefined || second === undefined) break;
    const leaves = [...second.leaves, ...first.leaves].map(({ symbol, depth }) => ({ symbol, depth: depth + 1 }));
    trees = [{ weight: first.weight + second.weight, leaves }, ...trees];
  }
  const leaves = trees[0]?.leaves ?? [];
  // Deeper than any code may be: all of one length instead.
  if (leaves.some(({ depth }) => depth > 16)) return flat([...frequencies.keys()]);
  const sorted = leaves.toSorted((one, other) => one.depth - other.depth || other.symbol - one.symbol);
  const coded = sorted.filter(({ symbol }) => symbol !== NOBODY);
  return {
    counts: Array.from({ length: 16 }, (_, at) => coded.filter(({ depth }) => depth === at + 1).length),
    symbols: coded.map(({ symbol }) => symbol),
  };
}

function flat(symbols: readonly number[]): HuffmanTable {
  const length = symbols.length < 255 ? 8 : 9;
  return { counts: Array.from({ length: 16 }, (_, at) => (at + 1 === length ? symbols.length : 0)), symbols };
}

/** One code each of 1 to 8 bits for the rarest symbols, and 16 bits for all others. */
function longCodes(frequencies: ReadonlyMap<number, number>): HuffmanTable {
  const symbols = [...frequencies].toSorted((one, other) => one[1] - other[1]).map(([symbol]) => symbol);
  // With three symbols, two have codes of 1 bit and 2 bits, and still there is one of 16.
  const short = Math.min(8, symbols.length - 1);
  return {
    counts: Array.from({ length: 16 }, (_, at) => (at < short ? 1 : at === 15 ? symbols.length - short : 0)),
    symbols,
  };
}

/** One segment with all the tables, or one for each. */
export function huffmanSegments(tables: Tables, together: boolean): readonly (readonly number[])[] {
  const contents = [...tables].map(([name, { counts, symbols }]) => [
    (name.startsWith("ac") ? 16 : 0) + Number(name.slice(2)),
    ...counts,
    ...symbols,
  ]);
  if (contents.length === 0) return [];
  return together ? [segment(0xc4, contents.flat())] : contents.map((content) => segment(0xc4, content));
}

/** The coded bytes of a scan, with its restart markers. Each stretch ends in ones. Source: ITU-T T.81, F.1.2.3. */
export function codedBytes(pieces: readonly Piece[], tables: Tables, fill: number): readonly number[] {
  const codes = new Map(
    [...tables].map(([name, table]) => [name, new Map(codesOf(table).map(([code, symbol]) => [symbol, code]))]),
  );
  const bytes: number[] = [];
  let bits = "";
  const flush = () => {
    if (bits !== "") push(Number.parseInt(bits.padEnd(8, "1"), 2));
    bits = "";
  };
  const push = (byte: number) => bytes.push(...(byte === 0xff ? [0xff, 0] : [byte]));
  let restarts = 0;
  for (const piece of pieces) {
    if (piece === "restart") {
      flush();
      bytes.push(...new Array<number>(fill).fill(0xff), 0xff, 0xd0 + (restarts++ % 8));
      continue;
    }
    const code = piece.table === undefined ? "" : codes.get(piece.table)?.get(piece.symbol ?? -1);
    if (code === undefined) throw new Error(`no code for ${piece.symbol} in ${piece.table}`);
    bits += code + piece.bits;
    for (; bits.length >= 8; bits = bits.slice(8)) push(Number.parseInt(bits.slice(0, 8), 2));
  }
  flush();
  return bytes;
}
