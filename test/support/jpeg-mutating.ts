import { fileOfParts, partsOf } from "./jpeg-segments.ts";

type Next = () => number;
/** Changes a file that is not damaged yet; the parts are those of it. */
type Mutation = (file: Uint8Array, next: Next) => Uint8Array;

const placeIn = (length: number, next: Next) => Math.floor(next() * length);

function changed(file: Uint8Array, at: number, byte: (now: number) => number): Uint8Array {
  return file.map((now, place) => (place === at ? byte(now) : now));
}

/** Places of bytes in segments, headers of scans among them, and none in coded data. */
function headerPlaces(file: Uint8Array): readonly number[] {
  return partsOf(file).flatMap(({ marker, at, end }) =>
    marker === 0 ? [] : Array.from({ length: end - at }, (_, offset) => at + offset),
  );
}

/** Where the frame header begins, behind its marker and length. */
function frameAt(file: Uint8Array): number {
  return (partsOf(file).find(({ marker }) => marker >= 0xc0 && marker <= 0xc2)?.at ?? 0) + 4;
}

const SIDES = [0, 1, 7, 8, 9, 255, 256, 1000, 4096, 32_767, 32_768, 65_528, 65_535] as const;

/** With how often each happens; most of what is said in a file is said in its headers. */
export const MUTATIONS: readonly (readonly [what: string, often: number, mutation: Mutation])[] = [
  ["a bit", 6, (file, next) => changed(file, placeIn(file.length, next), (now) => now ^ (1 << placeIn(8, next)))],
  ["a byte", 4, (file, next) => changed(file, placeIn(file.length, next), () => placeIn(256, next))],
  [
    "a byte of a header",
    8,
    (file, next) => {
      const places = headerPlaces(file);
      return changed(file, places[placeIn(places.length, next)] ?? 0, () => placeIn(256, next));
    },
  ],
  [
    "a byte of a header, by a little",
    6,
    (file, next) => {
      const places = headerPlaces(file);
      return changed(file, places[placeIn(places.length, next)] ?? 0, (now) => now + placeIn(5, next) - 2);
    },
  ],
  ["an end", 3, (file, next) => file.slice(0, placeIn(file.length, next))],
  [
    "a segment twice",
    3,
    (file, next) => {
      const parts = partsOf(file);
      const at = placeIn(parts.length, next);
      return fileOfParts(file, parts.toSpliced(placeIn(parts.length, next), 0, ...parts.slice(at, at + 1)));
    },
  ],
  [
    "two segments in each other's place",
    3,
    (file, next) => {
      const parts = partsOf(file);
      const [one, other] = [placeIn(parts.length, next), placeIn(parts.length, next)];
      const [first, second] = [parts[one], parts[other]];
      return first === undefined || second === undefined
        ? file
        : fileOfParts(file, parts.with(one, second).with(other, first));
    },
  ],
  [
    "a segment less",
    3,
    (file, next) => fileOfParts(file, partsOf(file).toSpliced(placeIn(partsOf(file).length, next), 1)),
  ],
  [
    "another size",
    2,
    (file, next) => {
      const [height, width] = [SIDES[placeIn(SIDES.length, next)] ?? 0, SIDES[placeIn(SIDES.length, next)] ?? 0];
      const sides = [height >> 8, height & 255, width >> 8, width & 255];
      const at = frameAt(file) + 1;
      return file.map((now, place) => sides[place - at] ?? now);
    },
  ],
  [
    "other sampling factors",
    2,
    (file, next) => {
      const component = placeIn(file[frameAt(file) + 5] ?? 1, next);
      const factors = (1 + placeIn(4, next)) * 16 + 1 + placeIn(4, next);
      return changed(file, frameAt(file) + 7 + component * 3, () => factors);
    },
  ],
  [
    "bytes in between",
    2,
    (file, next) => {
      const at = placeIn(file.length, next);
      const more = Array.from({ length: placeIn(20, next) }, () => placeIn(256, next));
      return Uint8Array.of(...file.subarray(0, at), ...more, ...file.subarray(at));
    },
  ],
  [
    "a stretch less",
    2,
    (file, next) => {
      const at = placeIn(file.length, next);
      return Uint8Array.of(...file.subarray(0, at), ...file.subarray(at + placeIn(30, next)));
    },
  ],
];

const OFTEN = MUTATIONS.flatMap(([, often, mutation]) => new Array<Mutation>(often).fill(mutation));

/** One of all the mutations, and now and then a bit more. */
export function mutated(file: Uint8Array, next: Next): Uint8Array {
  const once = OFTEN[placeIn(OFTEN.length, next)]?.(file, next) ?? file;
  if (next() > 0.3) return once;
  return changed(once, placeIn(once.length, next), (now) => now ^ (1 << placeIn(8, next)));
}
