import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { UsageError } from "../ending.ts";
import { type List, readList } from "./lists.ts";

/** A list, and the file that it comes from. */
export interface ListSource {
  readonly list: List;
  /** Undefined of what has no file: a single URL, and what comes by stdin. */
  readonly file: string | undefined;
  readonly isSingle: boolean;
}

/**
 * What `fixative save <from>` names: a URL or a path of the server, `-` for stdin, or else a file.
 *
 * @throws UsageError where there is no such file
 */
export async function listSource(from: string, stdin: AsyncIterable<Uint8Array>): Promise<ListSource> {
  if (from === "-") return { list: readList(await textOf(stdin)), file: undefined, isSingle: false };
  if (/^(?:https?:)?\/\//i.test(from) || (from.includes("/is/image/") && !existsSync(from))) {
    return { list: { rows: [{ line: 1, url: from.trim() }], problems: [] }, file: undefined, isSingle: true };
  }
  try {
    const text = await readFile(from, "utf8");
    return { list: readList(text, /\.csv$/i.test(from)), file: from, isSingle: false };
  } catch (thrown) {
    throw new UsageError(`${from} cannot be read: ${(thrown as Error).message}`);
  }
}

async function textOf(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of stream) pieces.push(piece);
  return Buffer.concat(pieces).toString("utf8");
}
