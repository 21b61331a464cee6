import { expect, test } from "vitest";
import { LEAST_SIGMA, REACH } from "../../src/pixels/gaussian.ts";
import * as planned from "../../src/plan/operations.ts";

test("the planner looks as far as a Gaussian reaches, and leaves out the same blurs", () => {
  expect(planned.REACH).toBe(REACH);
  expect(planned.LEAST_SIGMA).toBe(LEAST_SIGMA);
});
