/** How the tool ends, for whoever called it. */
export const EXIT = { done: 0, failed: 1, usage: 2, interrupted: 130 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** What was asked for cannot be understood, or cannot be begun: nothing was sent. One line for each thing that is wrong. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** More than anybody reads at once. */
const MOST_LINES = 20;

/** Problems as lines, the first of them where there are many. */
export function listed(problems: readonly string[]): string {
  const rest = problems.length - MOST_LINES;
  const shown = problems.slice(0, MOST_LINES);
  return [...shown, ...(rest > 0 ? [`… and ${rest} more`] : [])].join("\n");
}
