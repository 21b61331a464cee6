import pc from "picocolors";
import { describe, expect, test } from "vitest";
import { lineProgress } from "../../cli/output/lines.ts";
import { durationText, pacing, rateText } from "../../cli/output/pace.ts";
import { summary } from "../../cli/output/summary.ts";
import { printable, table } from "../../cli/output/table.ts";
import { entryOf } from "../support/saving-list.ts";

const PLAIN = pc.createColors(false);

describe("how fast it goes", () => {
  test("is said of the last half minute, so that a server that slows down shows.", () => {
    const pace = pacing(0);
    for (let second = 1; second <= 60; second++) pace.at(second * 1000, second * 10, 1000);
    expect(pace.at(60_000, 600, 1000)).toEqual({ perSecond: 10, remainingMs: 40_000 });
    for (let second = 61; second <= 100; second++) pace.at(second * 1000, 600 + (second - 60), 1000);
    expect(pace.at(100_000, 640, 1000).perSecond).toBeCloseTo(1, 1);
  });

  test("is nothing, and takes nobody knows how long, before anything is done.", () => {
    expect(pacing(5).at(5, 0, 10)).toEqual({ perSecond: 0, remainingMs: undefined });
    expect(pacing(5).at(2005, 0, 10)).toEqual({ perSecond: 0, remainingMs: undefined });
  });

  test.each([
    [0, "0 s"],
    [46_001, "47 s"],
    [200_000, "3 min 20 s"],
    [7_500_000, "2 h 5 min"],
  ])("%d ms is %s", (ms, text) => {
    expect(durationText(ms)).toBe(text);
  });

  test("A rate has a digit more where it is slow.", () => {
    expect([rateText(123.4), rateText(0.25)]).toEqual(["123/s", "0.3/s"]);
  });
});

test("Lines are one for each failure, and one for each hundred.", () => {
  const lines: string[] = [];
  let now = 0;
  const progress = lineProgress(
    (line) => lines.push(line),
    () => now,
  );
  progress.begin(300, 50);
  for (let at = 0; at < 250; at++) {
    now += 100;
    if (at === 7) progress.failed(entryOf(at), "maxPix", "too large");
    else progress.saved(entryOf(at));
  }
  progress.end();
  expect(lines).toEqual([
    "300 to save, of which 50 were saved before",
    "line 8: 7.jpg: maxPix: too large",
    "150 of 300, 1 failed, 10/s, 15 s left",
    "250 of 300, 1 failed, 10/s, 5 s left",
  ]);
});

describe("the table at the end", () => {
  const NONE = { count: 0, example: "" };
  const tally = { total: 10, before: 0, saved: 10, found: 0, failed: 0, open: 0, failures: [], misnamed: NONE };

  test("of a list that was saved has one line.", () => {
    expect(summary({ tally }, PLAIN)).toBe("saved  10");
  });

  test("has the failures by their codes, each with an example, which cannot move the cursor.", () => {
    const failures = [
      { error: "sourceMissing", count: 2, entry: entryOf(3), message: "no \u001b[2Jsuch\npicture" },
      { error: "maxPix", count: 1, entry: entryOf(5), message: "too large" },
    ];
    expect(summary({ tally: { ...tally, before: 3, saved: 3, failed: 3, open: 1, failures } }, PLAIN)).toBe(
      [
        "saved          3",
        "saved before   3",
        "failed         3",
        "not saved yet  1",
        "  sourceMissing  2  line 4: 3.jpg: no \\x1b[2Jsuch\\x0apicture",
        "  maxPix         1  line 6: 5.jpg: too large",
      ].join("\n"),
    );
  });

  test("says what was not seen, what is called otherwise than it is, and why the rest was not sent.", () => {
    const text = summary(
      {
        tally: { ...tally, open: 1, found: 2, misnamed: { count: 3, example: "a.jpg is image/png" } },
        stoppedBy: "all are refused",
      },
      PLAIN,
    );
    expect(text).toMatch(/2 had no answer.*does not show/);
    expect(text).toContain("3 are of another type than their names say: a.jpg is image/png");
    expect(text).toContain("No more were sent, since all are refused");
  });
});

test("Numbers stand to the right in a table, text to the left, and no line ends with spaces.", () => {
  expect(
    table([
      ["a", 5, "x"],
      ["long", 1234, ""],
    ]),
  ).toBe("a        5  x\nlong  1234");
  expect(table([])).toBe("");
});

test("Letters of all languages are printable.", () => {
  expect(printable("déjà 見る\u009b")).toBe("déjà 見る\\x9b");
});
