/**
 * `work`, unless `signal` fires first: then it rejects with the signal's reason at once.
 *
 * R2's calls take no signal, so work that was given up goes on; `discard` disposes of what it still brings.
 */
export function abortable<T>(work: Promise<T>, signal: AbortSignal, discard?: (value: T) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(signal.reason);
    if (signal.aborted) giveUp();
    else signal.addEventListener("abort", giveUp, { once: true });
    work
      .then((value) => {
        if (signal.aborted) discard?.(value);
        resolve(value);
      }, reject)
      .finally(() => signal.removeEventListener("abort", giveUp));
  });
}
