/** How fast it goes, and how long it will take. */
export interface Pace {
  /** Saves a second, over the last while; 0 before anything can be said. */
  readonly perSecond: number;
  readonly remainingMs: number | undefined;
}

/** Long enough for single slow pictures not to show, short enough to follow a server that slows down. */
const WINDOW_MS = 30_000;
/** The fewer there are, the less they cost. */
const STEP_MS = 500;

/** Keeps how many were done when, over the last while. */
export function pacing(startedAt: number): { at(now: number, done: number, total: number): Pace } {
  const marks = [{ at: startedAt, done: 0 }];
  return {
    at(now, done, total) {
      const last = marks.at(-1);
      if (last !== undefined && now - last.at >= STEP_MS) marks.push({ at: now, done });
      while (marks.length > 2 && now - (marks[1]?.at ?? now) > WINDOW_MS) marks.shift();
      const [first = { at: now, done }] = marks;
      const perSecond = now > first.at ? ((done - first.done) * 1000) / (now - first.at) : 0;
      return { perSecond, remainingMs: perSecond > 0 ? ((total - done) / perSecond) * 1000 : undefined };
    },
  };
}

/** `47 s`, `3 min 20 s`, `2 h 5 min`. */
export function durationText(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** `12/s`, or with a digit more where it is slow. */
export function rateText(perSecond: number): string {
  return `${perSecond >= 10 ? Math.round(perSecond) : perSecond.toFixed(1)}/s`;
}
