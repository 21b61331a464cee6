/** What came of one operation: nothing to say, or what was wrong. */
export type Verdict = string | undefined;

interface Row {
  readonly milliseconds: number[];
  violations: number;
}

/** Counts operations by kind, how long they took, and what was wrong. */
export class Tally {
  readonly violations: string[] = [];
  readonly #rows = new Map<string, Row>();

  add(kind: string, milliseconds: number, verdict: Verdict): void {
    const row = this.#rows.get(kind) ?? { milliseconds: [], violations: 0 };
    this.#rows.set(kind, row);
    row.milliseconds.push(milliseconds);
    if (verdict === undefined) return;
    row.violations++;
    this.violations.push(`${kind}: ${verdict}`);
  }

  get operations(): number {
    return [...this.#rows.values()].reduce((sum, { milliseconds }) => sum + milliseconds.length, 0);
  }

  /** A line a kind, and one for all. */
  lines(): readonly string[] {
    const all = [...this.#rows.values()].flatMap(({ milliseconds }) => milliseconds);
    const rows = [...this.#rows].map(([kind, row]) => line(kind, row.milliseconds, row.violations));
    return [
      `${"operation".padEnd(14)}${["count", "p50 ms", "p99 ms", "wrong"].map((head) => head.padStart(9)).join("")}`,
      ...rows,
      line("all", all, this.violations.length),
    ];
  }
}

function line(kind: string, milliseconds: readonly number[], wrong: number): string {
  const sorted = milliseconds.toSorted((one, other) => one - other);
  const at = (part: number) => (sorted[Math.ceil(sorted.length * part) - 1] ?? 0).toFixed(0);
  const cells = [`${sorted.length}`, at(0.5), at(0.99), `${wrong}`];
  return `${kind.padEnd(14)}${cells.map((cell) => cell.padStart(9)).join("")}`;
}
