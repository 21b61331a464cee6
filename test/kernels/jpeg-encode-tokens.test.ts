import { expect, test } from "vitest";
import { BitSink } from "../../src/codec/jpeg-encoder/bit-sink.ts";
import { PAGE_BYTES, PAGE_HEADER } from "../../src/codec/jpeg-encoder/records.ts";
import { stuffed } from "../oracle/jpeg-encode.ts";
import { GuardedKernels } from "../support/guarded-kernels.ts";
import { randomNumbers } from "../support/random.ts";

const kernels = new GuardedKernels();

/** Values of 0 to 15 bits, and codes of 1 to 16: any, which need not be told apart. */
const next = randomNumbers(1);
const SIZES = Uint8Array.from({ length: 512 }, () => next() * 16);
const CODES = Array.from({ length: 512 }, () => {
  const length = 1 + Math.floor(next() * 16);
  return { length, code: Math.floor(next() * 2 ** length) };
});

interface Token {
  readonly token: number;
  readonly value: number;
}

function tokensOf(count: number, seed: number): readonly Token[] {
  const chance = randomNumbers(seed);
  return Array.from({ length: count }, () => {
    // A few come often, as they do in pictures.
    const token = Math.floor(chance() ** 3 * 512);
    return { token, value: Math.floor(chance() * 2 ** (SIZES[token] ?? 0)) };
  });
}

/** A page that holds them, by the letter of wasm/kernels/jpeg-encode/tokens.ts. */
function page(tokens: readonly Token[]): number {
  const address = kernels.reserve(PAGE_BYTES);
  const words = tokens.flatMap(({ token, value }) => {
    const first = token | ((value & 127) << 9);
    return (SIZES[token] ?? 0) > 7 ? [first, value] : [first];
  });
  expect(words.length * 2).toBeLessThanOrEqual(PAGE_BYTES - PAGE_HEADER);
  kernels.bytesAt(address + PAGE_HEADER, words.length * 2).set(new Uint8Array(Uint16Array.from(words).buffer));
  kernels.words[address / 4 + 1] = address + PAGE_HEADER + words.length * 2;
  return address;
}

const LENGTHS = [0, 1, 2, 3, 17, 1000];
const PAIRS = LENGTHS.flatMap((first) => [undefined, ...LENGTHS].map((second) => ({ first, second })));

test.each(PAIRS)("tokens of pages are counted on top of what was: $first and $second", ({ first, second }) => {
  kernels.clear();
  const lists = [first, ...(second === undefined ? [] : [second])].map((count, seed) => tokensOf(count, seed + 1));
  const [one = 0, other = 0] = lists.map(page);
  const sizes = kernels.place(SIZES);
  const wanted = Array.from({ length: 512 }, (_, token) => token * 3);
  const counts = kernels.place(Uint32Array.from(wanted));
  for (const { token } of lists.flat()) wanted[token] = (wanted[token] ?? 0) + 1;
  kernels.run.countTokens(one, other, sizes, counts);
  expect([...kernels.words.subarray(counts / 4, counts / 4 + 512)]).toEqual(wanted);
  expect(kernels.trespasses()).toBe(0);
});

test.each(LENGTHS)(
  "%i tokens are written as their codes with their values behind them, to a byte filled with ones",
  (count) => {
    kernels.clear();
    const tokens = tokensOf(count, 7);
    const address = page(tokens);
    const sink = new BitSink(kernels);
    const codes = kernels.place(
      Uint32Array.from(CODES, ({ code, length }, token) => ((code << 16) | ((SIZES[token] ?? 0) << 8) | length) >>> 0),
    );
    kernels.run.writeTokens(sink.address, address, codes);
    sink.finish();
    const binary = (value: number, length: number) => (length === 0 ? "" : value.toString(2).padStart(length, "0"));
    const bits = tokens
      .map(({ token, value }) => {
        const { code, length } = CODES[token] ?? { code: 0, length: 0 };
        return binary(code, length) + binary(value, SIZES[token] ?? 0);
      })
      .join("");
    const bytes = Math.ceil(bits.length / 8);
    const full = bits.padEnd(Math.ceil(bits.length / 32) * 32, "1");
    const words = (full.match(/.{32}/g) ?? []).map((word) => Number.parseInt(word, 2));
    expect([...sink.take()]).toEqual(stuffed(words, bytes));
    expect(kernels.trespasses()).toBe(0);
  },
);
