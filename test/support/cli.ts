import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildCli } from "../../scripts/local/cli.ts";

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves when the text has been told on stderr. */
  told(text: string): Promise<void>;
}

/** The bundled tool in a folder of its own, which is the one in which it is called. */
export interface Tool {
  readonly folder: string;
  start(args: readonly string[], options?: ToolOptions): Running;
  run(args: readonly string[], options?: ToolOptions): Promise<Ended>;
  remove(): void;
}

export interface ToolOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
}

/** What the shell of a developer may have set would change what is told. */
const CLEAN = { FIXATIVE_SERVER: undefined, FIXATIVE_TOKEN: undefined, NO_COLOR: undefined, FORCE_COLOR: undefined };

export function makeTool(): Tool {
  const folder = mkdtempSync(join(tmpdir(), "fixative-cli-"));
  const bundle = join(folder, "fixative.mjs");
  buildCli(bundle);
  const start = (args: readonly string[], { env, stdin }: ToolOptions = {}): Running => {
    const child = spawn(process.execPath, [bundle, ...args], {
      cwd: folder,
      env: { ...process.env, ...CLEAN, ...env },
    });
    const { told, heard } = listening();
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (piece: Buffer) => {
      stdout += piece;
    });
    child.stderr.on("data", (piece: Buffer) => {
      stderr += piece;
      heard(stderr);
    });
    child.stdin.on("error", () => {});
    child.stdin.end(stdin ?? "");
    const ended = new Promise<Ended>((resolve) => child.on("close", (code) => resolve({ code, stdout, stderr })));
    return { child, ended, told };
  };
  return {
    folder,
    start,
    run: (args, options) => start(args, options).ended,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Those who wait for a text to be told. */
function listening() {
  let waiting: { readonly text: string; readonly resolve: () => void }[] = [];
  let all = "";
  const heard = (told: string) => {
    all = told;
    for (const { text, resolve } of waiting) if (told.includes(text)) resolve();
    waiting = waiting.filter(({ text }) => !told.includes(text));
  };
  const told = (text: string) =>
    new Promise<void>((resolve) => {
      waiting.push({ text, resolve });
      heard(all);
    });
  return { told, heard };
}
