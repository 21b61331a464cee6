import { expect, test } from "vitest";
import { describeFinding, type Finding, findingOf, inOrder, summary } from "../../../scripts/local/catalogs/finding.ts";

const at = (file: string, line: number, column: number, weight: Finding["weight"] = "entry"): Finding => ({
  ...{ file, line, column, weight },
  says: "x",
});

test("A problem of a file is one line that editors understand, with its weight.", () => {
  const finding = findingOf({
    ...{ file: "acme/images.txt", line: 12, column: 5, weight: "entry" },
    ...{ about: "Anchor", wanted: "x,y", got: "left" },
  });
  expect(describeFinding(finding)).toBe('acme/images.txt:12:5: entry: Anchor: wants x,y, got "left"');
});

test("What came is cut and escaped, so that it stays one line.", () => {
  const finding = findingOf({
    ...{ file: "a.txt", line: 1, column: 1, weight: "file" },
    ...{ about: "Anchor", wanted: "x,y", got: `\n${"9".repeat(10_000)}` },
  });
  expect(describeFinding(finding).length).toBeLessThan(200);
  expect(describeFinding(finding)).not.toContain("\n");
});

test("Control characters are escaped wherever they stand: a terminal obeys those from 80 on as well.", () => {
  const says = "a\u009b2Jb \u001b[2J";
  expect(describeFinding({ ...at("x\u0085.txt", 1, 1), says })).toBe("x\\u0085.txt:1:1: entry: a\\u009b2Jb \\u001b[2J");
});

test("Findings go by file, line and column, numbers as numbers, and each is said once.", () => {
  const sorted = [at("B.txt", 1, 1), at("a.txt", 2, 9), at("a.txt", 2, 10), at("a.txt", 10, 1)];
  expect(inOrder([sorted[3], sorted[1], sorted[0], sorted[2], sorted[1]].flatMap((one) => one ?? []))).toEqual(sorted);
});

test.each([
  [[], "no problems, no notes"],
  [[at("a", 1, 1)], "1 problem, no notes"],
  [[at("a", 1, 1, "file"), at("a", 2, 1), at("a", 3, 1, "note")], "2 problems, 1 note"],
  [[at("a", 1, 1, "note"), at("a", 2, 1, "note")], "no problems, 2 notes"],
])("%# is summed up.", (findings, text) => {
  expect(summary(findings)).toBe(text);
});
