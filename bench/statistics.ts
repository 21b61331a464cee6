/** Where the middle half of some numbers lies. */
export interface Quartiles {
  readonly lower: number;
  readonly median: number;
  readonly upper: number;
  /** How many numbers there were. */
  readonly count: number;
}

/** Linear between neighbours; NaN for no numbers. */
export function quartiles(numbers: readonly number[]): Quartiles {
  const sorted = [...numbers].sort((a, b) => a - b);
  const at = (share: number) => {
    const place = (sorted.length - 1) * share;
    const [below = Number.NaN, above = Number.NaN] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
    return below + (above - below) * (place - Math.floor(place));
  };
  return { lower: at(0.25), median: at(0.5), upper: at(0.75), count: numbers.length };
}

export function median(numbers: readonly number[]): number {
  return quartiles(numbers).median;
}

/** The ratios of what was measured in the same rounds. A machine that slows down slows both. */
export function pairwise(of: readonly number[], to: readonly number[]): Quartiles {
  return quartiles(of.map((value, round) => value / (to[round] ?? Number.NaN)).slice(0, to.length));
}

export interface Rounds {
  readonly most: number;
  /** No round is begun after so many milliseconds, once there have been `least` of them. */
  readonly budgetMs: number;
  readonly least: number;
}

/** Runs each of these once a round, always in their order; the numbers they gave, by round. */
export async function inRounds(
  runs: readonly (() => Promise<number>)[],
  { most, budgetMs, least }: Rounds,
): Promise<readonly (readonly number[])[]> {
  const numbers: number[][] = runs.map(() => []);
  const end = performance.now() + budgetMs;
  for (let round = 0; round < most && (round < least || performance.now() < end); round++) {
    for (const [at, run] of runs.entries()) numbers[at]?.push(await run());
  }
  return numbers;
}
