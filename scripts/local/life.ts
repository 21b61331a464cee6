const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };
/** Longer than anybody means; an expiry must have ten digits. */
const LONGEST = 10 * 365 * 86_400;

/** `90s`, `15m`, `1h`, `1d`, in seconds; undefined where it is none of these, nothing at all, or above ten years. */
export function secondsIn(text: string): number | undefined {
  const [, digits, unit = ""] = /^([1-9]\d{0,9})([smhd])$/.exec(text) ?? [];
  const seconds = Number(digits) * (SECONDS[unit] ?? Number.NaN);
  return seconds <= LONGEST ? seconds : undefined;
}
