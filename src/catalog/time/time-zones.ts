import { type CivilTime, daysSinceEpoch, HOUR_MS, lengthOfMonth } from "./civil-time.ts";

/** Hours ahead of Greenwich. Names that mean several places (IST, BST) are not here: such stamps are malformed. */
const FIXED: ReadonlyMap<string, number> = new Map([
  ...([
    ["GMT", 0],
    ["UTC", 0],
    ["UT", 0],
  ] as const),
  ...([
    ["EST", -5],
    ["EDT", -4],
    ["CST", -6],
    ["CDT", -5],
  ] as const),
  ...([
    ["MST", -7],
    ["MDT", -6],
    ["PST", -8],
    ["PDT", -7],
  ] as const),
  ...([
    ["AKST", -9],
    ["AKDT", -8],
    ["HST", -10],
  ] as const),
]);

/** Zones that keep daylight saving time by the rules of the United States: hours ahead of Greenwich without it. */
const CHANGING: ReadonlyMap<string, number> = new Map([
  ["EST5EDT", -5],
  ["CST6CDT", -6],
  ["MST7MDT", -7],
  ["PST8PDT", -8],
]);

/** Milliseconds by which a zone is ahead of Greenwich when its clocks show `at`; undefined where there is no such zone. */
export function zoneOffset(zone: string, at: CivilTime): number | undefined {
  const name = zone.toUpperCase();
  const fixed = FIXED.get(name);
  if (fixed !== undefined) return fixed * HOUR_MS;
  const standard = CHANGING.get(name);
  return standard === undefined ? undefined : (standard + (isDaylightSaving(at) ? 1 : 0)) * HOUR_MS;
}

/** A Sunday of a month: the first, the second, or the last. */
interface Sunday {
  readonly month: number;
  readonly which: 1 | 2 | "last";
}

/** From which year on daylight saving time begins and ends when. It was different in 1974 and 1975, which is not kept. */
const RULES: readonly { readonly from: number; readonly begins: Sunday; readonly ends: Sunday }[] = [
  { from: 2007, begins: { month: 3, which: 2 }, ends: { month: 11, which: 1 } },
  { from: 1987, begins: { month: 4, which: 1 }, ends: { month: 10, which: "last" } },
  { from: 1967, begins: { month: 4, which: "last" }, ends: { month: 10, which: "last" } },
];

/** Clocks change at two in the morning, and the hour before it exists twice in autumn: it is taken as the first. */
const CHANGE_HOUR = 2;

function isDaylightSaving(at: CivilTime): boolean {
  const rule = RULES.find(({ from }) => at.year >= from);
  if (rule === undefined) return false;
  const hours = daysSinceEpoch(at) * 24 + at.hour;
  const begins = dayOf(rule.begins, at.year) * 24 + CHANGE_HOUR;
  const ends = dayOf(rule.ends, at.year) * 24 + CHANGE_HOUR;
  return hours >= begins && hours < ends;
}

/** Days since 1970 of a Sunday. */
function dayOf({ month, which }: Sunday, year: number): number {
  if (which === "last") {
    const last = daysSinceEpoch({ year, month, day: lengthOfMonth(year, month) });
    return last - weekday(last);
  }
  const first = daysSinceEpoch({ year, month, day: 1 });
  return first + ((7 - weekday(first)) % 7) + (which - 1) * 7;
}

/** 0 is Sunday; 1 January 1970 was a Thursday. */
function weekday(days: number): number {
  return (((days + 4) % 7) + 7) % 7;
}
