import { execFile, execFileSync } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { ROOT } from "../../scripts/local/bundle.ts";

let isBuilt = false;

/** The programs, by the names under which documents call them. */
const PROGRAMS: Readonly<Record<string, () => string>> = {
  wrangler: () => join(ROOT, "node_modules/wrangler/bin/wrangler.js"),
  fixative: () => {
    if (!isBuilt) execFileSync(process.execPath, ["scripts/build-cli.ts"], { cwd: ROOT });
    isBuilt = true;
    return join(ROOT, "dist/fixative.js");
  },
};

/** By the names of commands: documents call some of them often, and a tool takes seconds to begin. */
const known = new Map<string, Promise<string>>();

/** What a tool says of a command instead of running it. */
export function helpOf(words: readonly string[]): Promise<string> {
  const end = words.findIndex((word) => !/^[a-z\d]+$/.test(word));
  const name = words.slice(0, end < 0 ? undefined : end);
  const key = name.join(" ");
  const help = known.get(key) ?? asked(name);
  known.set(key, help);
  return help;
}

async function asked([program = "", ...words]: readonly string[]): Promise<string> {
  const file = PROGRAMS[program]?.();
  if (file === undefined) throw new Error(`no help of ${program}`);
  const env = { ...process.env, WRANGLER_SEND_METRICS: "false", NO_COLOR: "1" };
  const { stdout } = await promisify(execFile)(process.execPath, [file, ...words, "--help"], { cwd: ROOT, env });
  return stdout;
}

/**
 * What is made up in a command, by its help: options that it does not have, words that are neither its name nor what it
 * takes, or fewer than it wants.
 */
export function objections([program = "", ...words]: readonly string[], help: string): readonly string[] {
  const usage = help.split("\n").find((line) => new RegExp(`^(?:Usage: )?${program} `).test(line)) ?? "";
  const signature = usage
    .replace(/^Usage: /, "")
    .split(" ")
    .slice(1);
  const isTaken = (word: string) => /^[<[]/.test(word);
  const name = signature.slice(0, signature.findIndex(isTaken) < 0 ? undefined : signature.findIndex(isTaken));
  const takes = signature.filter((word) => isTaken(word) && word !== "[options]");
  const isMany = takes.some((word) => word.includes("..."));

  const wrong = name.some((word, at) => words[at] !== word) ? [`there is no ${program} ${words.join(" ")}`] : [];
  const rest = words.slice(name.length);
  const options = rest.filter((word) => word.startsWith("-"));
  const given = rest.filter((word, at) => !word.startsWith("-") && !takesValue(rest[at - 1], help));
  const required = takes.filter((word) => word.startsWith("<")).length;
  return [
    ...wrong,
    ...options.filter((option) => !hasOption(option, help)).map((option) => `there is no ${option}`),
    ...(given.length < required ? [`it wants ${takes.join(" ")}`] : []),
    ...(given.length > takes.length && !isMany ? [`it takes ${takes.join(" ")}, not ${given.join(" ")}`] : []),
  ];
}

function lineOf(option: string, help: string): string | undefined {
  const named = new RegExp(`(?:^|[\\s,])${option.replace(/=.*$/, "")}(?:[\\s,=]|$)`);
  return help.split("\n").find((line) => /^\s+-/.test(line) && named.test(line));
}

function hasOption(option: string, help: string): boolean {
  return lineOf(option, help) !== undefined;
}

/** Whether what stands behind a word is its value: wrangler tells its type, commander its name. */
function takesValue(word: string | undefined, help: string): boolean {
  if (word === undefined || !word.startsWith("-")) return false;
  return /\[(?:string|number|array)\]|<\w+>/.test(lineOf(word, help) ?? "");
}
