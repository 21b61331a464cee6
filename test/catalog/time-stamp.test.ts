import { describe, expect, test } from "vitest";
import { civilTime, daysSinceEpoch } from "../../src/catalog/time/civil-time.ts";
import { timeStamp } from "../../src/catalog/time/time-stamp.ts";
import { isWrong } from "../../src/protocol/problem.ts";

/** What the platform says, which the catalogs may not ask: they are pure. */
const utc = (iso: string) => Date.parse(iso);

describe("a time stamp (protocol.md 6.2, TimeStamp)", () => {
  test.each([
    ["0", 0],
    ["1385078400000", 1_385_078_400_000],
    ["11/22/2013 00:00:00 GMT", utc("2013-11-22T00:00:00Z")],
    ["11/22/2013 23:59:59 UTC", utc("2013-11-22T23:59:59Z")],
    ["02/29/2024 12:00:00 gmt", utc("2024-02-29T12:00:00Z")],
    ["2/9/2024 1:02:03 GMT", utc("2024-02-09T01:02:03Z")],
    // `PDT` is equivalent to `GMT -7`, says r-timestamp.md.
    ["07/25/2014 17:28:32 PDT", utc("2014-07-25T17:28:32-07:00")],
    ["07/25/2014 17:28:32 GMT -7", utc("2014-07-25T17:28:32-07:00")],
    ["07/25/2014 17:28:32 GMT-7", utc("2014-07-25T17:28:32-07:00")],
    ["01/25/2014 17:28:32 PST", utc("2014-01-25T17:28:32-08:00")],
    ["01/25/2014 17:28:32 AKST", utc("2014-01-25T17:28:32-09:00")],
    ["01/25/2014 17:28:32 GMT 5:30", utc("2014-01-25T17:28:32+05:30")],
    ["01/25/2014 17:28:32 GMT +5:30", utc("2014-01-25T17:28:32+05:30")],
    ["01/25/2014 17:28:32 GMT -3:30", utc("2014-01-25T17:28:32-03:30")],
  ])("%s", (text, ms) => {
    expect(timeStamp.read(text)).toBe(ms);
  });

  test.each([
    "",
    "yesterday",
    "-1",
    "1.5",
    "99999999999999999",
    // All elements must be present.
    "11/22/2013",
    "11/22/2013 10:00",
    "11/22/2013 10:00:00",
    "11/22/13 10:00:00 GMT",
    // Of the calendar and the clock.
    "02/29/2023 12:00:00 GMT",
    "02/29/1900 12:00:00 GMT",
    "13/01/2013 12:00:00 GMT",
    "00/01/2013 12:00:00 GMT",
    "01/00/2013 12:00:00 GMT",
    "01/01/2013 24:00:00 GMT",
    "01/01/2013 12:60:00 GMT",
    "01/01/2013 12:00:60 GMT",
    "01/01/1969 12:00:00 GMT",
    // Zones that mean several places, and none.
    "01/01/2013 12:00:00 IST",
    "01/01/2013 12:00:00 BST",
    "01/01/2013 12:00:00 Europe/Berlin",
    "01/01/2013 12:00:00 GMT +15",
    "01/01/2013 12:00:00 GMT +5:3",
    "01/01/2013 12:00:00 GMT +5:60",
    "01/01/2013 12:00:00 PST -7",
  ])("%j is malformed (A-74)", (text) => {
    expect(isWrong(timeStamp.read(text))).toBe(true);
  });

  test("is refused in linear time, however long it is", () => {
    const long = " ".repeat(1_000_000);
    expect(isWrong(timeStamp.read(`01/01/2013${long}`))).toBe(true);
    expect(isWrong(timeStamp.read(`01/01/2013 12:00:00${long}GMT${long}`))).toBe(true);
  });
});

describe("zones with daylight saving time (A-74)", () => {
  const ZONES = [
    ["EST5EDT", "America/New_York"],
    ["CST6CDT", "America/Chicago"],
    ["MST7MDT", "America/Denver"],
    ["PST8PDT", "America/Los_Angeles"],
  ] as const;

  test.each(ZONES)("%s is the time of %s, every twelve hours from 1976 to 2037", (zone, place) => {
    const clock = new Intl.DateTimeFormat("en-US", {
      timeZone: place,
      ...({ year: "numeric", month: "2-digit", day: "2-digit" } as const),
      ...({ hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" } as const),
    });
    const wrong: string[] = [];
    for (let ms = utc("1976-01-01T00:00:00Z"); ms < utc("2038-01-01T00:00:00Z"); ms += 12 * 3_600_000) {
      const shown = clock.format(ms).replace(",", "");
      if (timeStamp.read(`${shown} ${zone}`) !== ms) wrong.push(shown);
    }
    expect(wrong).toEqual([]);
  });

  test.each([
    ["03/09/2014 01:59:59", "-05:00"],
    ["03/09/2014 03:00:00", "-04:00"],
    ["11/02/2014 00:59:59", "-04:00"],
    // It exists twice, and is taken as the first.
    ["11/02/2014 01:30:00", "-04:00"],
    ["11/02/2014 02:00:00", "-05:00"],
  ])("%s in New York is %s", (clock, offset) => {
    const [month, day, year, time] = clock.split(/[/ ]/);
    expect(timeStamp.read(`${clock} EST5EDT`)).toBe(utc(`${year}-${month}-${day}T${time}${offset}`));
  });
});

test("days are counted as the platform counts them, from 1 to 3000, every day", () => {
  let wrong = 0;
  let days = Date.UTC(2000, 0, 1) / 86_400_000 - 730_119;
  for (let year = 1; year <= 3000; year++) {
    for (let month = 1; month <= 12; month++) {
      for (let day = 1; day <= 31; day++) {
        if (civilTime(year, month, day, 0, 0, 0) === undefined) continue;
        if (daysSinceEpoch({ year, month, day }) !== days) wrong++;
        days++;
      }
    }
  }
  expect({ wrong, last: days * 86_400_000 }).toEqual({ wrong: 0, last: Date.UTC(3001, 0, 1) });
});
