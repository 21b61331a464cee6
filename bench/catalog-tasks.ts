import { fork } from "node:child_process";
import { join } from "node:path";
import type { TASKS, TaskName } from "./catalog-process.ts";

const PROGRAM = join(import.meta.dirname, "catalog-process.ts");

type Task<N extends TaskName> = (typeof TASKS)[N];

/** Does a task in a process of its own, which has done nothing before; `flags` are those of Node. */
export function inFreshProcess<N extends TaskName>(
  task: N,
  asked: Parameters<Task<N>>[0],
  flags: readonly string[] = [],
): Promise<Awaited<ReturnType<Task<N>>>> {
  return new Promise((resolve, reject) => {
    const child = fork(PROGRAM, [task, JSON.stringify(asked)], {
      execArgv: ["--expose-gc", ...flags],
      serialization: "advanced",
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    child.once("message", (measured) => resolve(measured as Awaited<ReturnType<Task<N>>>));
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`its process ended with ${code}, and measured nothing`)));
  });
}
