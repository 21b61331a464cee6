/** A field of a tab table, with where it begins: the line and, in it, the UTF-16 code unit, both from 1. */
export interface ReadField {
  readonly text: string;
  readonly quoted: boolean;
  readonly line: number;
  readonly column: number;
}

export interface ReadTable {
  readonly records: readonly (readonly ReadField[])[];
  /** What ended the reading before the end of the text, and where. */
  readonly trouble?: { readonly kind: "unclosed" | "behind"; readonly line: number; readonly column: number };
}

type State = "begin" | "plain" | "quoted" | "closed?";

/** Reads a tab table one character after the other, slowly and by the letter. Source: protocol.md 6.4. */
export function tabTable(text: string): ReadTable {
  const characters = [...text];
  const records: ReadField[][] = [];
  let record: ReadField[] | undefined;
  let [state, content]: [State, string] = ["begin", ""];
  let [line, column] = [1, 1];
  let begin = { line, column };

  const isEnd = (character: string | undefined) => character === undefined || "\t\r\n".includes(character);
  const push = (quoted: boolean) => {
    record = [...(record ?? []), { text: content, quoted, ...begin }];
    [state, content] = ["begin", ""];
  };
  const endRecord = () => {
    // One of nothing but TABs is an empty line to whoever looks at it.
    if (record?.some(({ text, quoted }) => text !== "" || quoted)) records.push(record);
    record = undefined;
  };

  for (let at = 0; at <= characters.length; at++) {
    const character = characters[at];
    if (state === "begin") {
      begin = { line, column };
      if (character === '"') state = "quoted";
      else if (!isEnd(character)) [state, content] = ["plain", character ?? ""];
      // An empty line has no field at all; between tabs, or behind one, is an empty field.
      else if (character === "\t" || record !== undefined) push(false);
    } else if (state === "plain") {
      if (isEnd(character)) push(false);
      else content += character;
    } else if (state === "quoted") {
      if (character === undefined) return { records, trouble: { kind: "unclosed", ...begin } };
      if (character === '"') state = "closed?";
      else content += character;
    } else if (character === '"') {
      [state, content] = ["quoted", `${content}"`];
    } else if (isEnd(character)) {
      push(true);
    } else {
      return { records, trouble: { kind: "behind", line, column } };
    }
    const isOutside = state === "begin";
    if (isOutside && character !== "\t") endRecord();
    const isLineEnd = character === "\n" || (character === "\r" && characters[at + 1] !== "\n");
    [line, column] = isLineEnd ? [line + 1, 1] : [line, column + (character?.length ?? 1)];
  }
  return { records };
}
