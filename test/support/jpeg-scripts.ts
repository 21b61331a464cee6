import type { FrameComponent } from "../oracle/jpeg-scan.ts";
import type { ScanSpec } from "./jpeg-writer-scan.ts";

/** What libjpeg writes for colour, unless it is told otherwise. Source: libjpeg's jcparam.c, jpeg_simple_progression. */
export const SIMPLE_PROGRESSION: readonly ScanSpec[] = [
  { of: [0, 1, 2], low: 1 },
  { of: [0], from: 1, to: 5, low: 2 },
  { of: [2], from: 1, to: 63, low: 1 },
  { of: [1], from: 1, to: 63, low: 1 },
  { of: [0], from: 6, to: 63, low: 2 },
  { of: [0], from: 1, to: 63, high: 2, low: 1 },
  { of: [0, 1, 2], high: 1, low: 0 },
  { of: [2], from: 1, to: 63, high: 1, low: 0 },
  { of: [1], from: 1, to: 63, high: 1, low: 0 },
  { of: [0], from: 1, to: 63, high: 1, low: 0 },
];

/** DC and then all AC at once, each component for itself. */
export function plainProgression(components: number): readonly ScanSpec[] {
  return Array.from({ length: components }, (_, place) => [{ of: [place] }, { of: [place], from: 1, to: 63 }]).flat();
}

/** Each coefficient of each component in a scan of its own, and each bit of it in another. */
export function slowestProgression(components: number, bits: number): readonly ScanSpec[] {
  const places = Array.from({ length: components }, (_, place) => place);
  return Array.from({ length: bits + 1 }, (_, done) => {
    const step = { low: bits - done, high: done === 0 ? 0 : bits - done + 1 };
    const bands = Array.from({ length: 63 }, (_, at) => ({ from: at + 1, to: at + 1, ...step }));
    return places.flatMap((place) => [{ of: [place], ...step }, ...bands.map((band) => ({ of: [place], ...band }))]);
  }).flat();
}

/**
 * Any order of scans that makes a whole picture, and any way to code each of them.
 * Source: ITU-T T.81, G.1.1.1: DC comes first; each scan of a band adds one bit to what the last one left out.
 */
export function anyProgression(components: readonly FrameComponent[], next: () => number): readonly ScanSpec[] {
  const upTo = (most: number) => Math.floor(next() * (most + 1));
  const dc: ScanSpec[] = steps(upTo(2)).flatMap((step) => groups(components, next).map((of) => ({ of, ...step })));
  const firstDc = (place: number) => dc.findIndex(({ of }) => of.includes(place));
  const queues = components.map((_, of) =>
    steps(upTo(3)).flatMap((step) => bands(next).map((band) => ({ of: [of], ...band, ...step }))),
  );
  const script: ScanSpec[] = [];
  for (let done = 0; done < dc.length || queues.some(({ length }) => length > 0); ) {
    const ready = queues.filter((queue, place) => queue.length > 0 && firstDc(place) < done);
    const pick = upTo(ready.length);
    const scan =
      done < dc.length && (pick === 0 || ready.length === 0) ? dc[done++] : ready[Math.max(0, pick - 1)]?.shift();
    if (scan !== undefined) script.push({ ...scan, ...anyCoding(next, scan.of.length, 3) });
  }
  return script;
}

/** Scans of a sequential picture: all components at once, or some, or each for itself. */
export function anySequential(
  components: readonly FrameComponent[],
  next: () => number,
  tables: 1 | 3,
): readonly ScanSpec[] {
  return groups(components, next).map((of) => ({ of, ...anyCoding(next, of.length, tables) }));
}

function anyCoding(next: () => number, components: number, tables: number) {
  const upTo = (most: number) => Math.floor(next() * (most + 1));
  return {
    coding: next() < 0.3 ? ("long" as const) : ("optimal" as const),
    tables: Array.from({ length: components }, () => [upTo(tables), upTo(tables)] as const),
    longestRun: [1, 3, 32_767][upTo(2)] ?? 1,
    ...(next() < 0.4 ? { restartInterval: upTo(4) } : {}),
  };
}

/** Successive approximation, from `bits` bits left out to none. */
function steps(bits: number): readonly { readonly high: number; readonly low: number }[] {
  return Array.from({ length: bits + 1 }, (_, done) => ({
    high: done === 0 ? 0 : bits - done + 1,
    low: bits - done,
  }));
}

/** The components in scans of one or several, in their order. An interleaved MCU has at most ten blocks (B.2.3). */
function groups(components: readonly FrameComponent[], next: () => number): readonly (readonly number[])[] {
  const scans: number[][] = [];
  let blocks = Number.POSITIVE_INFINITY;
  for (const [place, { h, v }] of components.entries()) {
    const last = scans.at(-1);
    if (last === undefined || blocks + h * v > 10 || next() < 0.4) {
      scans.push([place]);
      blocks = h * v;
    } else {
      last.push(place);
      blocks += h * v;
    }
  }
  return scans;
}

/** The AC coefficients in one to four bands. */
function bands(next: () => number): readonly { readonly from: number; readonly to: number }[] {
  const cuts = Array.from({ length: Math.floor(next() * 4) }, () => 2 + Math.floor(next() * 62));
  const starts = [...new Set([1, ...cuts])].sort((one, other) => one - other);
  return starts.map((from, at) => ({ from, to: (starts[at + 1] ?? 64) - 1 }));
}
