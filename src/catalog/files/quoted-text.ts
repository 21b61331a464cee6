/** `'` or `"`. */
const MARKS = ["'", '"'];

export const QUOTED = "text without quotation marks, or between two that stand doubled within it";

/**
 * Text as an attribute file writes it: between quotation marks, with those of the same kind doubled inside, or as it is. Undefined
 * where it begins with a mark and is not closed by one at its end. Linear.
 *
 * Source: protocol.md 2.4 "Text string".
 */
export function unquoted(text: string): string | undefined {
  const mark = text[0] ?? "";
  if (!MARKS.includes(mark)) return text;
  const inside = text.slice(1, -1);
  const isClosed = text.length > 1 && text.endsWith(mark) && !inside.replaceAll(mark + mark, "").includes(mark);
  return isClosed ? inside.replaceAll(mark + mark, mark) : undefined;
}

/** An item of a list, unquoted, and where it stands in it. */
export interface ListedText {
  readonly text: string;
  readonly at: number;
}

/**
 * The items of a list that is separated by commas, of which each may be quoted, and then hold commas. Without white space around them.
 * Undefined where one is quoted and not closed; the empty list is one. Linear.
 *
 * Source: protocol.md 2.4, 6.3.
 */
export function quotedList(list: string): readonly ListedText[] | undefined {
  if (list.trim() === "") return [];
  const items: ListedText[] = [];
  let at = 0;
  while (at <= list.length) {
    const rest = list.slice(at);
    const start = at + rest.length - rest.trimStart().length;
    const end = endOfItem(list, start);
    const text = unquoted(list.slice(start, end).trimEnd());
    if (text === undefined) return undefined;
    items.push({ text, at: start });
    at = end + 1;
  }
  return items;
}

function endOfItem(list: string, start: number): number {
  const mark = list[start] ?? "";
  let at = start;
  if (MARKS.includes(mark)) {
    for (at = start + 1; at < list.length; at++) {
      if (list[at] !== mark) continue;
      if (list[at + 1] !== mark) break;
      at++;
    }
  }
  const comma = list.indexOf(",", at);
  return comma < 0 ? list.length : comma;
}
