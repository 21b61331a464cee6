import { describe, expect, test } from "vitest";
import { secondsIn } from "../../scripts/local/life.ts";

describe("the life of a signature", () => {
  test.each([
    ["1s", 1],
    ["90s", 90],
    ["15m", 900],
    ["1h", 3600],
    ["36h", 129_600],
    ["1d", 86_400],
    ["3650d", 315_360_000],
  ])("%s is %d seconds", (text, seconds) => {
    expect(secondsIn(text)).toBe(seconds);
  });

  test.each([
    ...[
      "",
      "0s",
      "00s",
      "01s",
      "1",
      "h",
      "1w",
      "1H",
      "-5m",
      "+5m",
      "1.5h",
      "1h ",
      " 1h",
      "1e3s",
      "1h30m",
      "0x9s",
      "١h",
    ],
    ...["3651d", "99999999999s", "Infinityd", "NaNs"],
  ])("%j is none", (text) => {
    expect(secondsIn(text)).toBeUndefined();
  });
});
