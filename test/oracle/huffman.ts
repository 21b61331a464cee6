/**
 * Bits of the best prefix code with no code longer than `most`, by packages and merging: the cost of a code is the sum of
 * the n - 1 cheapest packages, two of the level below each, and so many levels.
 *
 * Source: Larmore and Hirschberg, "A fast algorithm for optimal length-limited Huffman codes", 1990.
 */
export function bestCodeBits(frequencies: readonly number[], most: number): number {
  const coins = frequencies.filter((count) => count > 0).sort((a, b) => a - b);
  if (coins.length < 2) return coins[0] ?? 0;
  let level = coins;
  for (let bit = 1; bit < most; bit++) {
    const pairs = Array.from({ length: level.length >> 1 }, (_, at) => (level[2 * at] ?? 0) + (level[2 * at + 1] ?? 0));
    level = [...coins, ...pairs].sort((a, b) => a - b);
  }
  return level.slice(0, 2 * coins.length - 2).reduce((sum, weight) => sum + weight, 0);
}
