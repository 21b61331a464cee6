/** A properties text, read back. */
export interface PropertiesText {
  readonly outcome: "OK" | "ERROR";
  readonly date: Date;
  /** In the order of the text. */
  readonly properties: ReadonlyMap<string, string>;
}

const HEAD = /^#S7Z (OK|ERROR)\n#(\w{3}) (\w{3}) (\d\d) (\d\d:\d\d:\d\d) UTC (\d{4})\n/;
const LINE = /^((?:\\.|[^\\=:])+)=((?:\\.|[^\\])*)$/;

/**
 * Reads Java-style properties as `java.util.Properties.store` writes them, and nothing that it would not write.
 *
 * @throws Error naming the line, for anything else: a character that should be escaped, a name that comes twice …
 * Source: save-contract "The answer"; protocol.md 7.1.
 */
export function readProperties(text: string): PropertiesText {
  const [head, outcome, day, month, date, time, year] = HEAD.exec(text) ?? [];
  if (head === undefined) throw new Error(`no properties begin like this: ${JSON.stringify(text.slice(0, 200))}`);
  if (!text.endsWith("\n")) throw new Error("the last line does not end");

  const written = new Date(`${date} ${month} ${year} ${time} UTC`);
  if (!written.toUTCString().startsWith(`${day}, ${date} ${month} ${year} ${time}`)) {
    throw new Error(`there is no such day: ${head}`);
  }
  const properties = new Map<string, string>();
  for (const line of text.slice(head.length, -1).split("\n")) {
    const [whole, name, value] = LINE.exec(line) ?? [];
    if (whole === undefined || name === undefined || value === undefined) throw new Error(`not a property: ${line}`);
    if (properties.has(name)) throw new Error(`comes twice: ${name}`);
    properties.set(unescaped(name), unescaped(value));
  }
  return { outcome: outcome === "OK" ? "OK" : "ERROR", date: written, properties };
}

const CONTROLS: Readonly<Record<string, string>> = { t: "\t", n: "\n", r: "\r", f: "\f" };
const UNIT = /\\u([0-9A-F]{4})|\\([\\:=#! tnrf])|([ -~])/y;
/** Stand only behind a backslash. */
const ESCAPED = "\\:=#!";

function unescaped(text: string): string {
  let result = "";
  UNIT.lastIndex = 0;
  while (UNIT.lastIndex < text.length) {
    const at = UNIT.lastIndex;
    const [whole, hex, escaped, plain] = UNIT.exec(text) ?? [];
    if (whole === undefined || (plain !== undefined && ESCAPED.includes(plain))) {
      throw new Error(`not escaped as properties are, at character ${at}: ${text}`);
    }
    if (hex !== undefined) result += String.fromCharCode(Number.parseInt(hex, 16));
    else if (escaped !== undefined) result += CONTROLS[escaped] ?? escaped;
    else result += plain;
  }
  return result;
}
