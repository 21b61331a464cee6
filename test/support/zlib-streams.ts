import { constants, deflateSync, type ZlibOptions } from "node:zlib";
import { randomBytes, randomNumbers } from "./random.ts";

type Next = () => number;

const WORDS = ["row", "of", "pixels", "the", "window", "slides", "and", "a", "distance", "reaches", "back", "\n"];

/** What is deflated, by how a picture or a text looks to deflate. */
export const CONTENTS: ReadonlyMap<string, (length: number, next: Next) => Uint8Array> = new Map([
  ["noise", (length, next) => randomBytes(length, next() * 2 ** 32)],
  [
    "few values",
    (length, next) => {
      const values = 1 + Math.floor(next() ** 2 * 40);
      return Uint8Array.from({ length }, () => Math.floor(next() * values) * 5);
    },
  ],
  [
    "text",
    (length, next) => {
      let text = "";
      while (text.length < length) text += `${WORDS[Math.floor(next() * WORDS.length)]} `;
      return Buffer.from(text.slice(0, length), "latin1");
    },
  ],
  [
    "runs",
    (length, next) => {
      const bytes = new Uint8Array(length);
      for (let at = 0; at < length; ) {
        const end = at + 1 + Math.floor(next() ** 3 * 2000);
        bytes.fill(next() * 256, at, end);
        at = end;
      }
      return bytes;
    },
  ],
  [
    "short periods",
    (length, next) => {
      const bytes = randomBytes(length, next() * 2 ** 32);
      for (let at = 0; at < length; ) {
        const period = 1 + Math.floor(next() * 40);
        const end = Math.min(length, at + period + Math.floor(next() * 700));
        for (at += period; at < end; at++) bytes[at] = bytes[at - period] ?? 0;
      }
      return bytes;
    },
  ],
  [
    "rows of an image",
    (length, next) => {
      const row = 3 * (1 + Math.floor(next() * 1000));
      const [slope, rough] = [next() * 3, next() * 8];
      return Uint8Array.from({ length }, (_, at) =>
        at % row === 0 ? next() * 5 : slope * Math.sin(at / row) * 60 + (at % row) / 20 + next() * rough,
      );
    },
  ],
]);

/** All of deflate, as zlib has them. */
export const STRATEGIES = [
  constants.Z_DEFAULT_STRATEGY,
  constants.Z_FILTERED,
  constants.Z_HUFFMAN_ONLY,
  constants.Z_RLE,
  constants.Z_FIXED,
] as const;

export interface RandomStream {
  /** How it was made. */
  readonly what: string;
  readonly content: Uint8Array;
  readonly compressed: Uint8Array;
}

/** Content of any kind, up to so many bytes, deflated in any way. */
export function randomStream(seed: number, most: number): RandomStream {
  const next = randomNumbers(seed);
  const upTo = (count: number) => Math.floor(next() * (count + 1));
  const [kind, make] = [...CONTENTS][upTo(CONTENTS.size - 1)] ?? [];
  if (kind === undefined || make === undefined) throw new Error("no content");
  // Short ones often, and now and then nothing at all.
  const content = make(Math.floor(most ** next()) - upTo(1), next);
  const options: ZlibOptions = {
    ...{ level: upTo(9), memLevel: 1 + upTo(8), windowBits: 9 + upTo(6) },
    strategy: STRATEGIES[upTo(STRATEGIES.length - 1)] ?? 0,
  };
  const what = `seed ${seed}: ${content.length} bytes of ${kind}, ${JSON.stringify(options)}`;
  return { what, content, compressed: deflateSync(content, options) };
}
