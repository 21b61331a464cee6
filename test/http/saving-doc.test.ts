import { execFile, execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ROOT } from "../../scripts/local/bundle.ts";
import { seed } from "../../scripts/local/seed.ts";
import type { LocalWorker } from "../../scripts/local/worker.ts";
import { startBundled } from "../support/local.ts";

/** A command of the document and what it says comes out; `…` stands for whatever there is. */
interface Example {
  readonly command: string;
  readonly output: string;
}

const DOCUMENT = readFileSync(join(ROOT, "docs/saving.md"), "utf8");

/** The examples of blocks that are marked with a word, in their order: `$ command`, then its output. */
function examples(word: string): readonly Example[] {
  return [...DOCUMENT.matchAll(/^( *)```([a-z ]+)\n(.*?)^ *```$/gms)]
    .filter(([, , language]) => language === word)
    .map(([, indent = "", , block = ""]) => block.replaceAll(new RegExp(`^${indent}`, "gm"), ""))
    .flatMap((block) => block.split(/^\$ /m).slice(1))
    .map((text) => {
      const [, command = "", output = ""] = /^((?:[^\n]*\\\n)*[^\n]*)\n(.*)$/s.exec(text) ?? [];
      return { command, output: output.trimEnd() };
    });
}

function hasCurl(): boolean {
  try {
    execFileSync("curl", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** Not synchronously: the local runtime needs this process meanwhile. */
async function run(command: string, environment: Readonly<Record<string, string>>): Promise<string> {
  const env = { PATH: process.env.PATH ?? "", ...environment };
  const { stdout } = await promisify(execFile)("sh", ["-c", command], { cwd: ROOT, env, encoding: "utf8" });
  return stdout.replaceAll("\r", "").trimEnd();
}

/** `…` is anything on its line, or, alone on a line, any lines. */
function pattern(output: string): RegExp {
  const lines = output.split("\n").map((line) =>
    line === "…"
      ? "[^]*?"
      : line
          .split("…")
          .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
          .join(".*"),
  );
  return new RegExp(`^${lines.join("\n")}$`);
}

describe.skipIf(!hasCurl())("docs/saving.md (where curl is installed)", () => {
  const environments = {
    token: { vars: { SAVE_TOKEN: "a secret" }, env: { SAVE_TOKEN: "a secret" } },
    signed: { vars: { SaveAccess: "signed", SIGN_KEY: "a key" }, env: { SIGN_KEY: "a key" } },
  } as const;

  describe.each(["token", "signed"] as const)("with SaveAccess = %s", (access) => {
    const { vars, env } = environments[access];
    const word = access === "token" ? "console" : "console signed";
    let worker: LocalWorker;
    beforeAll(async () => {
      worker = await startBundled({ vars: { ErrorDetail: "2", ...vars } });
      await seed(worker);
    });
    afterAll(() => worker.stop());

    test("has examples", () => {
      expect(examples(word).length).toBeGreaterThan(0);
    });
    // In one test: what the first have saved is there for the others.
    test("every example gives what it shows", async () => {
      for (const { command, output } of examples(word)) {
        const got = await run(command, { ...env, FIXATIVE: worker.url.origin });
        expect(`$ ${command}\n${got}`).toMatch(new RegExp(pattern(`$ ${command}\n${output}`)));
      }
    });
  });
});
