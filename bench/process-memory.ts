import { readdirSync, readFileSync, writeFileSync } from "node:fs";

/** What Linux says of a process. Source: proc(5), /proc/pid/status and /proc/pid/clear_refs. */
function statusOf(pid: number, field: "VmRSS" | "VmHWM" | "PPid"): number {
  const line = readFileSync(`/proc/${pid}/status`, "utf8").match(new RegExp(`^${field}:\\s+(\\d+)`, "m"));
  if (line === null) throw new Error(`the system does not tell ${field} of a process`);
  return Number(line[1]);
}

/** Whether the system tells what processes hold: Linux does. */
export function canMeasureMemory(): boolean {
  try {
    return peakBytes(process.pid) > 0;
  } catch {
    return false;
  }
}

/** Bytes that are resident now. */
export function residentBytes(pid: number): number {
  return statusOf(pid, "VmRSS") * 1024;
}

/** Most bytes that have been resident since the process began, or since `forgetPeak`. */
export function peakBytes(pid: number): number {
  return statusOf(pid, "VmHWM") * 1024;
}

/** Milliseconds that a process has worked for, all threads together, in steps of ten. Source: proc(5), /proc/pid/stat. */
export function workedMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  // The name of the program, in brackets, may hold spaces; behind it utime and stime are the 12th and 13th.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) * MS_A_TICK;
}

/** Linux tells all programs a hundred ticks a second, whatever it counts itself. */
const MS_A_TICK = 10;

/** From now on the peak is that of what follows: a start that needed more would hide what a job needs. */
export function forgetPeak(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, "5");
}

/** Starts something that starts one process from a program of this name; 0 where the system does not tell which. */
export async function withChild<T>(
  program: string,
  start: () => Promise<T>,
): Promise<readonly [started: T, pid: number]> {
  if (!canMeasureMemory()) return [await start(), 0];
  const before = childrenCalled(program);
  const started = await start();
  return [started, childrenCalled(program).find((pid) => !before.includes(pid)) ?? 0];
}

function childrenCalled(program: string): readonly number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const name = readFileSync(`/proc/${pid}/comm`, "utf8").trim();
        return name === program && statusOf(pid, "PPid") === process.pid;
      } catch {
        // It ended meanwhile.
        return false;
      }
    });
}
