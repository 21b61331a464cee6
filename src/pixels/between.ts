/** The value, or the end that it lies beyond; `low` is not above `high`. */
export function between(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
