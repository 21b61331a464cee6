export const SECOND_MS = 1000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** A day of the Gregorian calendar and a time on a clock somewhere. */
export interface CivilTime {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/** Undefined where the calendar has no such day, or the clock no such time; hours are 0 to 23. */
export function civilTime(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
): CivilTime | undefined {
  const exists = month >= 1 && month <= 12 && day >= 1 && day <= lengthOfMonth(year, month);
  return exists && hour <= 23 && minute <= 59 && second <= 59 ? { year, month, day, hour, minute, second } : undefined;
}

const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

export function lengthOfMonth(year: number, month: number): number {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 && isLeap ? 29 : (LENGTHS[month - 1] ?? 0);
}

/** Days from 1 January 1970; before it negative. Years are counted from March, so that a leap day is the last of its year. */
export function daysSinceEpoch({ year, month, day }: Pick<CivilTime, "year" | "month" | "day">): number {
  const fromMarch = (month + 9) % 12;
  const years = month <= 2 ? year - 1 : year;
  const leapDays = Math.floor(years / 4) - Math.floor(years / 100) + Math.floor(years / 400);
  // The lengths of the months from March on, 31 30 31 30 31 31 30 31 30 31 31, summed up.
  const before = Math.floor((153 * fromMarch + 2) / 5);
  return years * 365 + leapDays + before + day - 1 - DAYS_BEFORE_1970;
}

/** From 1 March of the year 0 to 1 January 1970. */
const DAYS_BEFORE_1970 = 719_468;
