import type { Held } from "./ours-held.ts";
import { megabytes, table } from "./part.ts";

/** What one rendition costs. */
export interface Price {
  readonly from: string;
  readonly to: string;
  readonly held: Held;
  /** Undefined where it is refused, or failed. */
  readonly time: Time | undefined;
}

/** Milliseconds of ours, and divided by sharp's of the same round, where sharp ran. */
export interface Time {
  readonly ms: number;
  readonly ofSharp: number | undefined;
}

/** In Markdown. What is refused has a line as well. */
export function priceTable(prices: readonly Price[]): string {
  return table(
    ["from", "to", "ms", "× sharp", "holds"],
    prices.map(({ from, to, held, time }) => {
      const ms = held.refused ? "refused" : (time?.ms.toFixed(0) ?? "–");
      const ofSharp = held.refused ? "" : (time?.ofSharp?.toFixed(1) ?? "–");
      return [from, to, ms, ofSharp, megabytes(held.bytes)];
    }),
  );
}
