import type { CatalogFile } from "../../src/catalog/read-catalogs.ts";
import { encoded, PLAIN, type TableStyle, writtenTable } from "./table-writing.ts";

/** How a catalog file is written; what is written is the same. */
export interface FileStyle extends TableStyle {
  /** White space between tokens. */
  readonly space: "" | " " | "\t";
  readonly mark: "'" | '"';
  /** A line between attributes: a comment, or nothing. */
  readonly between: string;
  /** Whether names are in capitals, in small letters, or as they are. */
  readonly spell: (name: string) => string;
}

const PLAIN_FILE: FileStyle = { ...PLAIN, space: "", mark: '"', between: "", spell: (name) => name };

/** Text as an attribute file writes it: quoted where it must be, or where the style likes it. */
export function quotedText(text: string, { mark, quotes }: FileStyle): string {
  // A backslash at the end would continue the value.
  const must = text !== text.trim() || /^['"]|\\$/.test(text);
  return must || quotes(text) ? mark + text.replaceAll(mark, mark + mark) + mark : text;
}

/** Items of a list, of which those with commas are quoted. */
export function quotedTexts(texts: readonly string[], style: FileStyle): string {
  const item = (text: string) =>
    text.includes(",") ? quotedText(text, { ...style, quotes: () => true }) : quotedText(text, style);
  return texts.map(item).join(`${style.space},${style.space}`);
}

/** The bytes of an attribute file: its attributes, with values as they stand behind the `=`. Source: protocol.md 6.3. */
export function writtenAttributes(
  attributes: readonly (readonly [name: string, value: string])[],
  style: FileStyle = PLAIN_FILE,
): Uint8Array<ArrayBuffer> {
  const { space, lineEnd, between, spell } = style;
  const lines = attributes.flatMap(([name, value]) => [
    `${space}${spell(name)}${space}=${space}${value.replaceAll("\n", `\\${lineEnd}`)}${space}`,
    ...(between === "" ? [] : [between]),
  ]);
  return encoded(lines.join(lineEnd) + (style.endsLine ? lineEnd : ""), style.encoding);
}

/** The bytes of a file of macro definitions. */
export function writtenMacros(
  macros: readonly (readonly [name: string, body: string])[],
  style: TableStyle = PLAIN,
): Uint8Array<ArrayBuffer> {
  return writtenTable([["Name", "Definition"], ...macros], style);
}

/** A file as it lies in the bucket: its etag is what it says, unless another is given. */
export function fileOf(path: string, content: string | Uint8Array, written = 1000): CatalogFile {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  return { path, bytes, etag: `${bytes.length}-${hashOf(bytes)}`, written };
}

/** Files by their paths, as text in ASCII. */
export function filesOf(texts: Readonly<Record<string, string | Uint8Array>>): readonly CatalogFile[] {
  return Object.entries(texts).map(([path, content]) => fileOf(path, content));
}

function hashOf(bytes: Uint8Array): number {
  return bytes.reduce((hash, byte) => (Math.imul(hash, 31) + byte) >>> 0, 7);
}
