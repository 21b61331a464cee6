import { describe, expect, test } from "vitest";
import { growthBar } from "../../bench/memory-bars.ts";

describe("bars of growth", () => {
  const bound = { source: "tiny", most: 40e6, besideFile: false } as const;

  test("all of the growth counts", () => {
    expect(growthBar("a reply", bound, 40e6)).toMatchObject({ holds: true, got: "40.0 MB" });
    expect(growthBar("a reply", bound, 41e6)).toMatchObject({ holds: false, got: "41.0 MB" });
  });

  test("of a save counts what is beyond writing alone, and all three figures are told", () => {
    const got = (own: number) => `${own}.0 MB (${own + 90}.0 MB in all, writing alone 90.0 MB)`;
    expect(growthBar("a save", bound, 130e6, 90e6)).toMatchObject({ holds: true, got: got(40) });
    expect(growthBar("a save", bound, 131e6, 90e6)).toMatchObject({ holds: false, got: got(41) });
  });

  test("what was not rendered fails", () => {
    expect(growthBar("a save", bound, undefined, 90e6)).toMatchObject({ holds: false });
  });
});
