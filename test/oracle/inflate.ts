/** A match as it stands in a deflated stream; a literal is its byte. */
export interface Match {
  readonly length: number;
  readonly distance: number;
}

export interface Block {
  readonly type: "stored" | "fixed" | "dynamic";
  readonly isFinal: boolean;
  /** How many bytes it stands for, and what it is made of; nothing for a stored one. */
  readonly bytes: number;
  readonly symbols: readonly (number | Match)[];
  /** Lengths of the codes of a dynamic block. */
  readonly literals: readonly number[];
  readonly distances: readonly number[];
}

const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
const FIXED_LITERALS = Array.from({ length: 288 }, (_, symbol) =>
  symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8,
);
const FIXED_DISTANCES = Array.from({ length: 30 }, () => 5);

/** What the bits behind each symbol of lengths, from 257 on, and of distances are added to. Source: RFC 1951, 3.2.5. */
const LENGTH_EXTRAS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const DISTANCE_EXTRAS = [0, 0, ...Array.from({ length: 28 }, (_, at) => at >> 1)];
const LENGTH_BASES = [...basesOf(LENGTH_EXTRAS.slice(0, -1), 3), 258];
const DISTANCE_BASES = basesOf(DISTANCE_EXTRAS, 1);

function basesOf(extras: readonly number[], first: number): readonly number[] {
  let base = first;
  return extras.map((extra) => {
    base += 2 ** extra;
    return base - 2 ** extra;
  });
}

/** The symbol of a length, and of a distance. */
export const lengthSymbol = (length: number) => 257 + LENGTH_BASES.findLastIndex((base) => base <= length);
export const distanceSymbol = (distance: number) => DISTANCE_BASES.findLastIndex((base) => base <= distance);

class Bits {
  #bytes: Uint8Array;
  #at: number;

  constructor(bytes: Uint8Array, from: number) {
    this.#bytes = bytes;
    this.#at = from * 8;
  }

  /** The byte that begins next, where bits are read up to there. */
  get byte(): number {
    return Math.ceil(this.#at / 8);
  }

  bit(): number {
    const byte = this.#bytes[this.#at >> 3];
    if (byte === undefined) throw new Error("the stream ends without an end");
    return (byte >> (this.#at++ & 7)) & 1;
  }

  number(count: number): number {
    let value = 0;
    for (let at = 0; at < count; at++) value += this.bit() << at;
    return value;
  }

  bytes(count: number): Uint8Array {
    const from = this.byte;
    this.#at = (from + count) * 8;
    return this.#bytes.subarray(from, from + count);
  }
}

/** Reads symbols, a bit at a time. Source: RFC 1951, 3.2.2. */
class Code {
  readonly #counts: readonly number[];
  readonly #sorted: readonly number[];

  constructor(lengths: readonly number[]) {
    this.#counts = Array.from({ length: 16 }, (_, length) => lengths.filter((own) => own === length).length);
    this.#sorted = [...lengths.keys()]
      .filter((symbol) => lengths[symbol] !== 0)
      .sort((a, b) => (lengths[a] ?? 0) - (lengths[b] ?? 0) || a - b);
    const filled = lengths.reduce((sum, length) => sum + (length > 0 ? 2 ** -length : 0), 0);
    if (filled !== 1 && lengths !== FIXED_DISTANCES) throw new Error(`a code that is filled to ${filled}`);
  }

  read(bits: Bits): number {
    let code = 0;
    let first = 0;
    let before = 0;
    for (let length = 1; length <= 15; length++) {
      code += bits.bit();
      const count = this.#counts[length] ?? 0;
      if (code - first < count) return this.#sorted[before + code - first] ?? 0;
      before += count;
      first = (first + count) * 2;
      code *= 2;
    }
    throw new Error("a code that there is not");
  }
}

/**
 * Inflates a zlib stream bit by bit and tells what its blocks are made of.
 *
 * @throws Error for what is no stream, and for codes that are not complete: RFC 1951 allows some of those, an encoder
 * for everybody makes none
 */
export function inflatedPlainly(stream: Uint8Array): { readonly bytes: Uint8Array; readonly blocks: readonly Block[] } {
  const bits = new Bits(stream, 2);
  const out: number[] = [];
  const blocks: Block[] = [];
  do blocks.push(readBlock(bits, out));
  while (!blocks.at(-1)?.isFinal);
  if (bits.byte + 4 !== stream.length) throw new Error(`${stream.length - bits.byte} bytes behind the last block`);
  return { bytes: Uint8Array.from(out), blocks };
}

function readBlock(bits: Bits, out: number[]): Block {
  const isFinal = bits.bit() === 1;
  const type = (["stored", "fixed", "dynamic"] as const)[bits.number(2)];
  const from = out.length;
  if (type === undefined) throw new Error("a type of block that there is not");
  if (type === "stored") {
    const [low = 0, high = 0, ...inverted] = bits.bytes(4);
    if ((low ^ (inverted[0] ?? 0)) !== 255 || (high ^ (inverted[1] ?? 0)) !== 255) throw new Error("a wrong length");
    for (const byte of bits.bytes(low + 256 * high)) out.push(byte);
    return { type, isFinal, bytes: out.length - from, symbols: [], literals: [], distances: [] };
  }
  const { literals, distances } =
    type === "fixed" ? { literals: FIXED_LITERALS, distances: FIXED_DISTANCES } : readCodes(bits);
  const symbols = readSymbols(bits, new Code(literals), new Code(distances), out);
  return { type, isFinal, bytes: out.length - from, symbols, literals, distances };
}

function readCodes(bits: Bits) {
  const [literals, distances, told] = [bits.number(5) + 257, bits.number(5) + 1, bits.number(4) + 4];
  const own = new Array<number>(19).fill(0);
  for (const symbol of ORDER.slice(0, told)) own[symbol] = bits.number(3);
  const code = new Code(own);
  const lengths: number[] = [];
  while (lengths.length < literals + distances) {
    const symbol = code.read(bits);
    if (symbol < 16) lengths.push(symbol);
    else if (symbol === 16) lengths.push(...new Array<number>(3 + bits.number(2)).fill(lengths.at(-1) ?? -1));
    else lengths.push(...new Array<number>(symbol === 17 ? 3 + bits.number(3) : 11 + bits.number(7)).fill(0));
  }
  if (lengths.length > literals + distances) throw new Error("a repetition beyond the last code");
  return { literals: lengths.slice(0, literals), distances: lengths.slice(literals) };
}

function readSymbols(bits: Bits, literals: Code, distances: Code, out: number[]): readonly (number | Match)[] {
  const symbols: (number | Match)[] = [];
  for (;;) {
    const symbol = literals.read(bits);
    if (symbol === 256) return symbols;
    if (symbol < 256) {
      symbols.push(symbol);
      out.push(symbol);
      continue;
    }
    const length = (LENGTH_BASES[symbol - 257] ?? 0) + bits.number(LENGTH_EXTRAS[symbol - 257] ?? 0);
    const away = distances.read(bits);
    const distance = (DISTANCE_BASES[away] ?? 0) + bits.number(DISTANCE_EXTRAS[away] ?? 0);
    if (distance > out.length || distance > 32_768) throw new Error(`a distance of ${distance}`);
    symbols.push({ length, distance });
    for (let times = 0; times < length; times++) out.push(out[out.length - distance] ?? 0);
  }
}
