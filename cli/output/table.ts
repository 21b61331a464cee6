/** A column is as wide as its widest cell; numbers stand to the right. The last one is not filled up. */
export function table(rows: readonly (readonly (string | number)[])[]): string {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, `${cell}`.length);
  }
  const written = rows.map((row) =>
    row
      .map((cell, at) => {
        const width = widths[at] ?? 0;
        return typeof cell === "number" ? `${cell}`.padStart(width) : `${cell}`.padEnd(width);
      })
      .join("  ")
      .trimEnd(),
  );
  return written.join("\n");
}

const CONTROL = /[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/gu;

/** Text of others, for a line of a terminal: control characters would move its cursor, and worse. */
export function printable(text: string): string {
  return text.replace(CONTROL, (character) => {
    const code = character.charCodeAt(0).toString(16);
    return code.length > 2 ? `\\u{${code}}` : `\\x${code.padStart(2, "0")}`;
  });
}
