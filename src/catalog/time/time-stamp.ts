import type { Reader } from "../../protocol/grammar/grammar.ts";
import { wrong } from "../../protocol/problem.ts";
import { civilTime, DAY_MS, daysSinceEpoch, HOUR_MS, MINUTE_MS, SECOND_MS } from "./civil-time.ts";
import { zoneOffset } from "./time-zones.ts";

const WHOLE = /^\d{1,16}$/;
const STAMP = /^(\d{1,2})\/(\d{1,2})\/(\d{4}) +(\d{1,2}):(\d{1,2}):(\d{1,2}) +(\S.*)$/;
/** `GMT -7`, `GMT +5:30`: before the offset a space may be missing. */
const OFFSET = /^GMT *([+-]?)(\d{1,2})(?::(\d{2}))?$/i;
/** Farther from Greenwich no clock goes. */
const FARTHEST_HOURS = 14;
/** What a JavaScript date can hold. */
const LATEST_MS = 8.64e15;

/**
 * `TimeStamp`: milliseconds since 1970, `mm/dd/yyyy hh:mm:ss zzz` with the name of a zone, or `mm/dd/yyyy hh:mm:ss GMT offset`.
 * Gives milliseconds since 1970.
 *
 * Every part must be there, and be one of the calendar; what is not is refused, and those who hold it say that it is absent.
 * Source: protocol.md 6.2 `TimeStamp`, A-74.
 */
export const timeStamp: Reader<number> = {
  wants:
    "milliseconds since 1970, mm/dd/yyyy hh:mm:ss GMT, mm/dd/yyyy hh:mm:ss GMT -7, or a zone of the United States in place of GMT",
  read(text) {
    const refused = wrong(timeStamp.wants, text);
    if (WHOLE.test(text)) return Number(text) <= LATEST_MS ? Number(text) : refused;
    const [, month, day, year, hour, minute, second, zone = ""] = STAMP.exec(text) ?? [];
    if (year === undefined) return refused;
    const civil = civilTime(Number(year), Number(month), Number(day), Number(hour), Number(minute), Number(second));
    if (civil === undefined) return refused;
    const local =
      daysSinceEpoch(civil) * DAY_MS + civil.hour * HOUR_MS + civil.minute * MINUTE_MS + civil.second * SECOND_MS;
    const offset = writtenOffset(zone) ?? zoneOffset(zone, civil);
    const at = offset === undefined ? undefined : local - offset;
    return at === undefined || at < 0 ? refused : at;
  },
};

/** Milliseconds by which clocks are ahead of Greenwich, as `GMT offset` says. */
function writtenOffset(zone: string): number | undefined {
  const [, sign, hours, minutes = "0"] = OFFSET.exec(zone) ?? [];
  if (hours === undefined || Number(hours) > FARTHEST_HOURS || Number(minutes) > 59) return undefined;
  const ahead = Number(hours) * HOUR_MS + Number(minutes) * MINUTE_MS;
  return sign === "-" ? -ahead : ahead;
}
