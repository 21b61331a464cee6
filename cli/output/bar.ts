import { SingleBar } from "cli-progress";
import type { Progress } from "../save/progress.ts";
import type { Colours } from "./colours.ts";
import { durationText, pacing, rateText } from "./pace.ts";
import { printable } from "./table.ts";

const FORMAT = "{bar} {value}/{total}  {rate}  {left}  {failures}";

/** Progress as a bar on a terminal. What there is to note stands above it; when all is done the bar goes, and the table comes. */
export function barProgress(stream: NodeJS.WritableStream, colours: Colours): Progress {
  const bar = new SingleBar({
    ...{ stream, format: FORMAT, barCompleteChar: "█", barIncompleteChar: "░", barsize: 30 },
    ...{ hideCursor: true, clearOnComplete: true },
    // It would end the process; whoever interrupts is told how it goes on.
    gracefulExit: false,
  });
  const pace = pacing(Date.now());
  let [total, before, done, failures] = [0, 0, 0, 0];
  const words = () => {
    const { perSecond, remainingMs } = pace.at(Date.now(), done, total - before);
    return {
      rate: rateText(perSecond),
      left: remainingMs === undefined ? "" : `${durationText(remainingMs)} left`,
      failures: failures === 0 ? "" : colours.red(`${failures} failed`),
    };
  };
  // Whatever ends the tool: a terminal is left with its cursor.
  const stop = () => bar.stop();
  const step = () => {
    done++;
    bar.update(before + done, words());
  };
  return {
    begin(all, earlier) {
      [total, before] = [all, earlier];
      bar.start(total, before, words());
      process.on("exit", stop);
    },
    saved: step,
    failed() {
      failures++;
      step();
    },
    note(text) {
      // It goes back to where it began: what is written must not be there by then.
      stop();
      stream.write(`${colours.yellow(printable(text))}\n`);
      bar.start(total, before + done, words());
    },
    end() {
      stop();
      process.off("exit", stop);
    },
  };
}
