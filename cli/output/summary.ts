import type { Outcome } from "../save/work.ts";
import type { Colours } from "./colours.ts";
import { printable, table } from "./table.ts";

/** What became of a list, as a table: what was saved, what failed and why, with an example of each, and what is still open. */
export function summary({ tally, stoppedBy }: Outcome, colours: Colours): string {
  const { before, saved, found, failed, open, failures, misnamed } = tally;
  const counts: (readonly [string, number])[] = [["saved", saved]];
  if (before > 0) counts.push(["saved before", before]);
  if (failed > 0) counts.push(["failed", failed]);
  if (open > 0) counts.push(["not saved yet", open]);
  const reasons = failures.map(
    ({ error, count, entry, message }) =>
      [`  ${printable(error)}`, count, printable(`line ${entry.line}: ${entry.name}: ${message}`)] as const,
  );
  const parts = [table(counts)];
  if (reasons.length > 0) parts.push(colours.red(table(reasons)));
  if (found > 0) {
    parts.push(
      `${found} had no answer; when they were asked for again, something was there. Whether it is theirs or lay there before, the server does not show: catalogs with a SavePath of their own are not listed.`,
    );
  }
  if (misnamed.count > 0) {
    const says = `${misnamed.count} are of another type than their names say: ${printable(misnamed.example)}.`;
    parts.push(colours.yellow(`${says} A preset says another format; {ext} follows fmt= of the URL.`));
  }
  if (stoppedBy !== undefined && open > 0) {
    parts.push(colours.red(`No more were sent, since ${printable(stoppedBy)}`));
  }
  return parts.join("\n");
}
