/** What a save has been answered with. */
export interface SaveProperties {
  readonly outcome: "OK" | "ERROR";
  /** The server's clock, in whole seconds, as milliseconds since 1970. */
  readonly at: number;
  readonly values: ReadonlyMap<string, string>;
}

const HEAD = /^#S7Z (OK|ERROR)\n#\w{3} (\w{3}) (\d\d) (\d\d:\d\d:\d\d) UTC (\d{4})\n/;

/**
 * Reads Java-style properties; undefined where a text is none, or does not end with its last line. What a later version adds is
 * read as well. Source: save-contract "The answer"; protocol.md 7.1.
 */
export function readProperties(text: string): SaveProperties | undefined {
  const [head, outcome, month, day, time, year] = HEAD.exec(text) ?? [];
  if (head === undefined || !text.endsWith("\n")) return undefined;
  const values = new Map<string, string>();
  for (const line of text.slice(head.length, -1).split("\n")) {
    const [, name, value] = /^((?:\\.|[^\\=])+)=(.*)$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) values.set(unescaped(name), unescaped(value));
  }
  return { outcome: outcome === "OK" ? "OK" : "ERROR", at: Date.parse(`${day} ${month} ${year} ${time} UTC`), values };
}

const CONTROLS: ReadonlyMap<string, string> = new Map([
  ["t", "\t"],
  ["n", "\n"],
  ["r", "\r"],
  ["f", "\f"],
]);

function unescaped(text: string): string {
  return text.replace(/\\(?:u([0-9A-Fa-f]{4})|(.))/g, (_, hex: string | undefined, character = "") =>
    hex === undefined ? (CONTROLS.get(character) ?? character) : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
