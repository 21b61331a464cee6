import { describe, expect, test } from "vitest";
import type { SourceFacts } from "../../src/plan/facts.ts";
import { planPicture } from "../../src/plan/plan.ts";
import { readSettings } from "../../src/settings/settings.ts";
import { readPlain } from "../support/reading.ts";
import { CRAFT, facts, faultOf } from "./planning.ts";

function planned(picture: SourceFacts, mask: SourceFacts, isOwnMask: boolean, vars = {}) {
  const bytes = 100_000;
  const files = { picture: { facts: picture, bytes }, mask: { facts: mask, bytes }, isOwnMask };
  return planPicture(readPlain("wid=50"), files, readSettings(vars), CRAFT);
}

// Source: protocol.md 6.4, `MaskPath`; A-49.
describe("the mask of a record", () => {
  test("is of the size of its picture, as both are seen", () => {
    expect(planned(facts(100, 60), facts(100, 60), true).mask).toBeDefined();
    expect(faultOf(() => planned(facts(100, 60), facts(100, 61), true))).toMatchObject({
      code: "maskSize",
      detail: "the picture has 100 × 60, its mask 100 × 61",
    });
    // Lying on its side in the file, it is upright as a picture is.
    expect(planned(facts(100, 60, 6), facts(100, 60), true).mask).toBeDefined();
    expect(faultOf(() => planned(facts(100, 60, 6), facts(100, 60), true, { AutoOrient: "0" })).code).toBe("maskSize");
  });

  test("that was asked for may be of any", () => {
    expect(planned(facts(100, 60), facts(10, 61), false).mask).toBeDefined();
  });
});
