import { readFileSync } from "node:fs";
import { join } from "node:path";

const KERNELS = join(import.meta.dirname, "../../wasm/kernels");

export interface Field {
  readonly name: string;
  readonly type: string;
}

/** The text of a file of the kernels. */
export function kernelText(path: string): string {
  return readFileSync(join(KERNELS, path), "utf8");
}

/** The fields of a class in the text of a file, in their order. */
export function fieldsOf(text: string, name: string): readonly Field[] {
  const body = new RegExp(`@unmanaged\\nexport class ${name} \\{\\n(.*?)\\n\\}`, "s").exec(text)?.[1] ?? "";
  const code = body.replaceAll(/\/\*\*.*?\*\/|\/\/[^\n]*/gs, "");
  const lines = code.split("\n").filter((line) => line.trim() !== "");
  return lines.map((line) => {
    const [, field, type] = /^ {2}(\w+): (\w+);$/.exec(line) ?? [];
    if (field === undefined || type === undefined) throw new Error(`not a field: ${line}`);
    return { name: field, type };
  });
}

/** One name a word of 32 bits: `bits: u64` is `bits` and `bitsHigh`. */
export function wordsOf(fields: readonly Field[]): readonly string[] {
  return fields.flatMap(({ name, type }) => {
    if (!["u64", "u32", "i32", "usize"].includes(type)) throw new Error(`${name} is no word: ${type}`);
    return type === "u64" ? [name, `${name}High`] : [name];
  });
}

/** The numbers that the text of a file gives names to, for all names that begin like this. */
export function constantsOf(text: string, prefix = ""): ReadonlyMap<string, number> {
  const lines = text.matchAll(/^export const (\w+): (?:u32|usize) = (\d+);$/gm);
  return new Map(
    [...lines].flatMap(([, name = "", value]) => (name.startsWith(prefix) ? [[name, Number(value)]] : [])),
  );
}
