import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { EXIT, type ExitCode, UsageError } from "./ending.ts";
import { printable } from "./output/table.ts";
import { keyPath } from "./server/address.ts";
import { askManaged, type Server, sayingOf } from "./server/managed.ts";

export interface PutOptions {
  readonly key?: string;
  readonly prefix?: string;
  readonly new?: boolean;
}

/** `fixative put`: puts pictures among the sources, one after the other, and says of each what the server made of it. */
export async function put(files: readonly string[], options: PutOptions, server: Server): Promise<ExitCode> {
  const keys = keysOf(files, options);
  const headers = options.new === true ? { "If-None-Match": "*" } : {};
  let failed = 0;
  for (const [file, key] of keys) {
    const bytes = await bytesOf(file);
    const answer =
      bytes === undefined
        ? undefined
        : await askManaged(server, keyPath("/is/sources/", key), { method: "PUT", body: bytes, headers });
    if (answer?.is === "answered") {
      const { type, width, height, size } = answer.json;
      console.log(printable(`${key}  ${type}  ${width} × ${height}  ${size} bytes`));
      continue;
    }
    failed++;
    console.error(printable(`${file}: ${answer === undefined ? "cannot be read" : sayingOf(server, answer)}`));
    // What is after it would fare no better.
    if (answer?.is === "unreachable" || answer?.is === "foreign") break;
  }
  return failed === 0 ? EXIT.done : EXIT.failed;
}

/** The files by their keys, which must differ: the second would replace the first. */
function keysOf(files: readonly string[], { key, prefix = "" }: PutOptions): readonly (readonly [string, string])[] {
  if (key !== undefined && files.length > 1)
    throw new UsageError("--key is for one file: --prefix puts many into a folder");
  const keys = files.map((file) => [file, prefix + (key ?? basename(file))] as const);
  const fileOf = new Map<string, string>();
  for (const [file, each] of keys) {
    const other = fileOf.get(each);
    if (other !== undefined) throw new UsageError(`${other} and ${file} would both be ${each}`);
    fileOf.set(each, file);
  }
  return keys;
}

async function bytesOf(file: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    return await readFile(file);
  } catch {
    return undefined;
  }
}
