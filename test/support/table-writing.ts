/** How a tab table is written; what is written is the same. */
export interface TableStyle {
  readonly encoding: "utf-8" | "iso-8859-1";
  readonly lineEnd: "\r" | "\n" | "\r\n";
  /** Whether a field stands in quotes that needs none. */
  readonly quotes: (text: string) => boolean;
  /** Whether the last record ends with a line end as well. */
  readonly endsLine: boolean;
}

export const PLAIN: TableStyle = { encoding: "utf-8", lineEnd: "\n", quotes: () => false, endsLine: true };

/** The bytes of a tab table: its header, then its records. Source: protocol.md 6.1, 6.4. */
export function writtenTable(
  records: readonly (readonly string[])[],
  { encoding, lineEnd, quotes, endsLine }: TableStyle = PLAIN,
): Uint8Array<ArrayBuffer> {
  const written = (text: string) =>
    /[\t\r\n]|^"/.test(text) || quotes(text) ? `"${text.replaceAll('"', '""')}"` : text;
  const lines = records.map((record) => record.map(written).join("\t"));
  return encoded(lines.join(lineEnd) + (endsLine ? lineEnd : ""), encoding);
}

/** @throws Error where the encoding has no such character */
export function encoded(text: string, encoding: TableStyle["encoding"]): Uint8Array<ArrayBuffer> {
  if (encoding === "utf-8") return new TextEncoder().encode(`\ufeff${text}`);
  return Uint8Array.from(text, (character) => {
    const byte = character.charCodeAt(0);
    if (byte > 255) throw new Error(`not in ISO-8859-1: ${character}`);
    return byte;
  });
}
