import { EXIT } from "../ending.ts";

/** Ctrl-C, and being asked to end by others. */
export interface Interruption {
  /** Fires at the first one. */
  readonly signal: AbortSignal;
  onFirst(tell: () => void): void;
  /** From here on it is the platform's again. */
  end(): void;
}

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/**
 * Within this time it is the same one: a terminal sends it to all that it runs, and npm, which is among them, hands it on.
 */
const SAME_MS = 400;

/** The first one asks to end; the second one ends at once: the journal knows what was under way. */
export function interruption(): Interruption {
  const controller = new AbortController();
  let first = 0;
  const listener = () => {
    if (!controller.signal.aborted) {
      first = performance.now();
      controller.abort();
    } else if (performance.now() - first > SAME_MS) process.exit(EXIT.interrupted);
  };
  for (const signal of SIGNALS) process.on(signal, listener);
  return {
    signal: controller.signal,
    onFirst: (tell) => controller.signal.addEventListener("abort", tell, { once: true }),
    end() {
      for (const signal of SIGNALS) process.off(signal, listener);
    },
  };
}
