/** What becomes of a level: v' = (v − pivot) · factor + offset, not below `low` and not above `high`. */
export interface Curve {
  readonly pivot: number;
  readonly factor: number;
  readonly offset: number;
  readonly low: number;
  readonly high: number;
}

/** The level in the middle of 0..255. */
export const MIDDLE = 127.5;

const WHOLE_RANGE = { low: 0, high: 255 } as const;

/** A threshold is a slope so steep that no level lies on it, a hair below the level that is white already. */
const STEEPEST = 2 ** 24;
const HAIR = 2 ** -11;

/** @param percent −100..100 of all levels */
export function shifted(percent: number): Curve {
  return movedBy((255 * percent) / 100);
}

/** @param levels by which all become brighter */
export function movedBy(levels: number): Curve {
  return { pivot: 0, factor: 1, offset: levels, ...WHOLE_RANGE };
}

/** Stretched about the middle; at 100, what lies in the middle or above it is white and the rest black. */
export function stretched(percent: number): Curve {
  const isThreshold = percent === 100;
  const factor = percent <= 0 ? (100 + percent) / 100 : 100 / (100 - percent);
  return {
    pivot: MIDDLE,
    factor: isThreshold ? STEEPEST : factor,
    offset: isThreshold ? WHOLE_RANGE.high + STEEPEST * HAIR : MIDDLE,
    ...WHOLE_RANGE,
  };
}

export const INVERTED: Curve = { pivot: 255, factor: -1, offset: 0, ...WHOLE_RANGE };

/** One curve for two: `second` of what comes out of `first`, its clamping included. */
export function joined(first: Curve, second: Curve): Curve {
  const ends = [levelOn(second, first.low), levelOn(second, first.high)];
  const range = { low: Math.min(...ends), high: Math.max(...ends) };
  const factor = first.factor * second.factor;
  // A flat curve has one level, wherever it is looked at.
  if (factor === 0) {
    const level = levelOn(second, levelOn(first, 0));
    return { pivot: 0, factor: 0, offset: level, low: level, high: level };
  }
  const pivot = first.pivot + (second.pivot - first.offset) / first.factor;
  return { pivot, factor, offset: second.offset, ...range };
}

export function levelOn({ pivot, factor, offset, low, high }: Curve, level: number): number {
  return Math.min(high, Math.max(low, (level - pivot) * factor + offset));
}
