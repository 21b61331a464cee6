import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import type { Job, Ran, Runner } from "./job.ts";
import type { Answer, Asked } from "./pipeline-process.ts";
import type { PipelineName } from "./pipelines.ts";

const PROGRAM = join(import.meta.dirname, "pipeline-process.ts");
/** What takes longer is of no use to anybody. */
const PATIENCE_MS = 60_000;

export interface NodeRunner extends Runner {
  readonly pid: number;
}

/** Starts a Node process for one pipeline, and waits until it has loaded it. */
export async function startInNode(name: PipelineName): Promise<NodeRunner> {
  const child = fork(PROGRAM, [name], { serialization: "advanced", stdio: ["ignore", "ignore", "ignore", "ipc"] });
  const stop = () => stopped(child);
  try {
    await answerOf(child, () => {});
    return {
      pid: child.pid ?? 0,
      stop,
      async run(job: Job, keep = false): Promise<Ran> {
        const answer = await answerOf(child, () => child.send({ job, keep } satisfies Asked));
        if (!("ms" in answer)) throw new Error(`${name} answered without a job`);
        return { ms: answer.ms, bytes: answer.bytes, kernelBytes: answer.kernelBytes, kept: answer.kept };
      },
    };
  } catch (cause) {
    await stop();
    throw cause;
  }
}

function answerOf(child: ChildProcess, ask: () => void): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const done = (settle: () => void) => {
      clearTimeout(timer);
      child.off("message", answered);
      child.off("exit", died);
      settle();
    };
    const answered = (answer: Answer) =>
      done(() => ("error" in answer ? reject(new Error(answer.error)) : resolve(answer)));
    const died = (_: number | null, signal: string | null) =>
      done(() => reject(new Error(`its process died${signal === null ? "" : ` (${signal})`}`)));
    const timer = setTimeout(() => {
      done(() => reject(new Error(`it took more than ${PATIENCE_MS / 1000} s`)));
      child.kill("SIGKILL");
    }, PATIENCE_MS);
    if (child.exitCode !== null || child.signalCode !== null) return done(() => reject(new Error("its process died")));
    child.on("message", answered);
    child.on("exit", died);
    ask();
  });
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await gone;
}
