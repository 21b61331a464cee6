const OPAQUE = 255;

/** Says which point of a list is nearest to another, of two as near the first one. */
export interface Nearest {
  /** Its place in the list; −1 where there is none of the kind. Opaque ones are nearest to what is opaque, and only to that. */
  of(red: number, green: number, blue: number, alpha: number): number;
}

/** @param points four components each: premultiplied red, green, blue, and alpha */
export function nearestAmong(points: Float64Array): Nearest {
  const all = Array.from({ length: points.length / 4 }, (_, entry) => entry);
  const isOpaque = (entry: number) => points[entry * 4 + 3] === OPAQUE;
  const opaque = sorted(points, all.filter(isOpaque));
  const others = sorted(
    points,
    all.filter((entry) => !isOpaque(entry)),
  );
  return {
    of: (red, green, blue, alpha) => nearestIn(alpha === OPAQUE ? opaque : others, red, green, blue, alpha),
  };
}

/** Points by what their colours add up to. */
interface Sorted {
  readonly keys: Float64Array;
  readonly points: Float64Array;
  readonly entries: Uint16Array;
}

function sorted(points: Float64Array, entries: readonly number[]): Sorted {
  const keyOf = (entry: number) =>
    (points[entry * 4] ?? 0) + (points[entry * 4 + 1] ?? 0) + (points[entry * 4 + 2] ?? 0);
  const order = entries.toSorted((one, other) => keyOf(one) - keyOf(other) || one - other);
  return {
    keys: Float64Array.from(order, keyOf),
    points: Float64Array.from(order.flatMap((entry) => [...points.subarray(entry * 4, entry * 4 + 4)])),
    entries: Uint16Array.from(order),
  };
}

/**
 * Looks at points whose key is near, on both sides by turns, until no other can be nearer: a sum of three differences is at
 * most √3 times the length of them.
 */
function nearestIn({ keys, points, entries }: Sorted, red: number, green: number, blue: number, alpha: number): number {
  const key = red + green + blue;
  let up = firstNotBelow(keys, key);
  let down = up - 1;
  let entry = -1;
  let best = Number.POSITIVE_INFINITY;
  while (down >= 0 || up < keys.length) {
    const above = up < keys.length ? (keys[up] ?? 0) - key : Number.POSITIVE_INFINITY;
    const below = down >= 0 ? key - (keys[down] ?? 0) : Number.POSITIVE_INFINITY;
    const off = Math.min(above, below);
    if (off * off > 3 * best) break;
    const place = above <= below ? up++ : down--;
    const at = place * 4;
    const byRed = (points[at] ?? 0) - red;
    const byGreen = (points[at + 1] ?? 0) - green;
    const byBlue = (points[at + 2] ?? 0) - blue;
    const byAlpha = (points[at + 3] ?? 0) - alpha;
    const distance = byRed * byRed + byGreen * byGreen + byBlue * byBlue + byAlpha * byAlpha;
    const candidate = entries[place] ?? 0;
    if (distance > best || (distance === best && candidate > entry)) continue;
    best = distance;
    entry = candidate;
  }
  return entry;
}

function firstNotBelow(keys: Float64Array, key: number): number {
  let [low, high] = [0, keys.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((keys[middle] ?? 0) < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
