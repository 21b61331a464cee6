import type { Progress } from "../save/progress.ts";
import { durationText, pacing, rateText } from "./pace.ts";

/** How many are saved between two lines. */
const EVERY = 100;

/** Progress as lines, for logs: one for each failure, and one now and then. */
export function lineProgress(write: (line: string) => void, now: () => number = Date.now): Progress {
  const pace = pacing(now());
  let [total, before, done, failures] = [0, 0, 0, 0];
  const step = () => {
    done++;
    if (done % EVERY !== 0) return;
    const { perSecond, remainingMs } = pace.at(now(), done, total - before);
    const left = remainingMs === undefined ? "" : `, ${durationText(remainingMs)} left`;
    write(`${before + done} of ${total}, ${failures} failed, ${rateText(perSecond)}${left}`);
  };
  return {
    begin(all, earlier) {
      [total, before] = [all, earlier];
      write(earlier === 0 ? `${all} to save` : `${all} to save, of which ${earlier} were saved before`);
    },
    saved: step,
    failed({ line, name }, error, message) {
      failures++;
      write(`line ${line}: ${name}: ${error}: ${message}`);
      step();
    },
    note: write,
    end() {},
  };
}

/** Nothing is told but what the end brings. */
export const QUIET: Progress = { begin() {}, saved() {}, failed() {}, note() {}, end() {} };
