/** What brackets mean to one another in a text. */
export interface Brackets {
  /** Opening bracket → its closing one. */
  readonly partners: ReadonlyMap<number, number>;
  /** Brackets that could find a partner in a longer text around this one. */
  readonly strays: readonly number[];
}

const OPENING: Readonly<Record<string, "{" | "(">> = { "}": "{", ")": "(" };

/** Finds for brackets their partners of their own kind. Linear, whatever the text. */
export function bracketsIn(text: string): Brackets {
  const partners = new Map<number, number>();
  const strays: number[] = [];
  const open: { readonly at: number; readonly bracket: "{" | "(" }[] = [];
  const count = { "{": 0, "(": 0 };
  for (let at = 0; at < text.length; at++) {
    const bracket = text[at] ?? "";
    if (bracket === "{" || bracket === "(") {
      open.push({ at, bracket });
      count[bracket]++;
      continue;
    }
    const wanted = OPENING[bracket];
    if (wanted === undefined) continue;
    // Without an open one of its kind a closing bracket is text; with one, whatever is open inside of that is text.
    if (count[wanted] === 0) {
      strays.push(at);
      continue;
    }
    for (let top = open.pop(); top !== undefined; top = open.pop()) {
      count[top.bracket]--;
      if (top.bracket === wanted) {
        partners.set(top.at, at);
        break;
      }
    }
  }
  for (const { at } of open) strays.push(at);
  return { partners, strays };
}

/** The same text with its stray brackets escaped: put anywhere, it is split off again as it is, and so is what stands around it. */
export function inOnePiece(text: string): string {
  const strays = new Set(bracketsIn(text).strays);
  if (strays.size === 0) return text;
  return text.replace(/[(){}]/g, (bracket, at: number) =>
    strays.has(at) ? `%${bracket.charCodeAt(0).toString(16)}` : bracket,
  );
}
