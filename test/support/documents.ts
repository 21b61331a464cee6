import { execFile, execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { ROOT } from "../../scripts/local/bundle.ts";

/** A block of a document between ``` and ```, and what stands behind the first ones. */
export interface Block {
  /** `console signed`, `ini catalogs/kiosk.ini` */
  readonly language: string;
  readonly text: string;
}

/** A command of a document and what it says comes out; `…` stands for whatever there is. */
export interface Example {
  readonly command: string;
  readonly output: string;
}

/** The blocks of a document of the project, in their order, without the indentation that they have in lists. */
export function blocksOf(path: string): readonly Block[] {
  const document = readFileSync(join(ROOT, path), "utf8");
  return [...document.matchAll(/^( *)```([a-z][^\n]*)\n(.*?)^ *```$/gms)].map(
    ([, indent = "", language = "", block = ""]) => ({
      language,
      text: block.replaceAll(new RegExp(`^${indent}`, "gm"), ""),
    }),
  );
}

/** The examples of blocks that are marked with this, in their order: `$ command`, then its output. */
export function examplesIn(blocks: readonly Block[], marked: string): readonly Example[] {
  return blocks
    .filter(({ language }) => language === marked)
    .flatMap(({ text }) => text.split(/^\$ /m).slice(1))
    .map((text) => {
      const [, command = "", output = ""] = /^((?:[^\n]*\\\n)*[^\n]*)\n(.*)$/s.exec(text) ?? [];
      return { command, output: output.trimEnd() };
    });
}

/** Whether the commands of documents can be run here. */
export function hasCurl(): boolean {
  try {
    execFileSync("curl", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/**
 * What a command prints, however it ends. Not synchronously: the local runtime needs this process meanwhile.
 *
 * @param folder in which it is run; what it writes lies there
 */
export async function printed(
  command: string,
  environment: Readonly<Record<string, string>>,
  folder = ROOT,
): Promise<string> {
  const env = { PATH: process.env.PATH ?? "", ...environment };
  // A command that fails has said so in what it printed, and that is what is compared.
  const line = `{ ${command}\n} || true`;
  const { stdout } = await promisify(execFile)("sh", ["-c", line], { cwd: folder, env, encoding: "utf8" });
  return stdout.replaceAll("\r", "").trimEnd();
}

/** What an example shows, command and output, as a pattern: `…` is anything on its line, or, alone on a line, any lines. */
export function asShown({ command, output }: Example): RegExp {
  const lines = `$ ${command}\n${output}`.split("\n").map((line) =>
    line === "…"
      ? "[^]*?"
      : line
          .split("…")
          .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
          .join(".*"),
  );
  return new RegExp(`^${lines.join("\n")}$`);
}
