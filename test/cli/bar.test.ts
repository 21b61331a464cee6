import { PassThrough } from "node:stream";
import pc from "picocolors";
import { expect, test } from "vitest";
import { barProgress } from "../../cli/output/bar.ts";
import { entryOf } from "../support/saving-list.ts";

/** What a terminal shows in the end: lines, of which some were written over. Source: ECMA-48, 8.3: CHA, EL; DECSC, DECRC. */
function shown(written: string): readonly string[] {
  const lines = [""];
  let [row, column] = [0, 0];
  let kept: readonly [row: number, column: number] = [0, 0];
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal is told by these
  for (const [piece] of written.matchAll(/\u001b\[[?\d;]*[A-Za-z]|\u001b[78]|[^\u001b]/gsu)) {
    const line = lines[row] ?? "";
    if (piece === "\n") row++;
    else if (piece === "\r" || piece === "\u001b[1G") column = 0;
    else if (piece === "\u001b7") kept = [row, column];
    else if (piece === "\u001b8") [row, column] = kept;
    else if (piece === "\u001b[0K") lines[row] = line.slice(0, column);
    else if (piece === "\u001b[2K") lines[row] = "";
    else if (!piece.startsWith("\u001b"))
      lines[row] = line.slice(0, column).padEnd(column) + piece + line.slice(++column);
    if (piece === "\n") column = 0;
  }
  return lines.map((line) => (line ?? "").trimEnd());
}

function terminal() {
  const stream = Object.assign(new PassThrough(), { isTTY: true, columns: 120 });
  const progress = barProgress(stream, pc.createColors(false));
  return { progress, text: () => shown(`${stream.read() ?? ""}`) };
}

test("The bar has what is done, what failed and what all is, with what was saved before.", () => {
  const { progress, text } = terminal();
  progress.begin(10, 4);
  progress.note("so it is");
  progress.saved(entryOf(4));
  progress.saved(entryOf(5));
  progress.failed(entryOf(6), "maxPix", "too large");
  progress.note("and\u001b[5A so");
  const lines = text();
  expect(lines.slice(0, 2)).toEqual(["so it is", "and\\x1b[5A so"]);
  expect(lines[2]).toMatch(/^█{21}░{9} 7\/10 .*1 failed$/);
  progress.end();
});

test("When all is done there are the notes, and no bar.", () => {
  const { progress, text } = terminal();
  progress.begin(2, 0);
  progress.note("first");
  progress.saved(entryOf(0));
  progress.note("second");
  progress.saved(entryOf(1));
  progress.end();
  expect(text()).toEqual(["first", "second", ""]);
});
