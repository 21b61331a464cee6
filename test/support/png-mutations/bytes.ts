import { joined } from "../png-chunks.ts";
import { anyBytes, type Next, often, oneOf, placeIn, type Row, upTo } from "./chance.ts";

export function changed(bytes: Uint8Array, at: number, byte: (now: number) => number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(bytes, (now, place) => (place === at ? byte(now) : now));
}

/** With other bytes in the place of some. */
export function spliced(bytes: Uint8Array, at: number, less: number, more: Uint8Array): Uint8Array<ArrayBuffer> {
  return joined([bytes.subarray(0, at), more, bytes.subarray(at + less)]);
}

const ROWS = often<Row[2]>([
  ["a bit", 6, (bytes, next) => changed(bytes, placeIn(bytes.length, next), (now) => now ^ (1 << upTo(7, next)))],
  ["a byte", 3, (bytes, next) => changed(bytes, placeIn(bytes.length, next), () => upTo(255, next))],
  ["a bit more", 3, (bytes, next) => changed(bytes, placeIn(bytes.length, next), (now) => now + upTo(4, next) - 2)],
  ["an end", 2, (bytes, next) => bytes.slice(0, placeIn(bytes.length, next))],
  ["bytes between", 1, (bytes, next) => spliced(bytes, placeIn(bytes.length, next), 0, anyBytes(upTo(20, next), next))],
  ["some less", 1, (bytes, next) => spliced(bytes, placeIn(bytes.length, next), upTo(30, next), new Uint8Array())],
  [
    "a run of one byte",
    1,
    (bytes, next) => {
      const at = placeIn(bytes.length, next);
      return bytes.slice().fill(oneOf([0, 255, upTo(255, next)], next), at, at + upTo(40, next));
    },
  ],
]);

/** What can happen to any bytes. */
export function harmed(bytes: Uint8Array, next: Next): Uint8Array {
  return oneOf(ROWS, next)[2](bytes, next);
}
