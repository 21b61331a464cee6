import { describe, expect, test } from "vitest";
import { putFailure } from "../../src/store/put-failure.ts";
import { DEFINITE, DEFINITE_OF_UPLOADS, r2Error, TRANSIENT } from "../support/faults/r2-errors.ts";

// Source: save-contract "Two outcomes", 5; Cloudflare, "R2 error codes".
describe.each([false, true])("a put that is rejected, the last byte sent: %s,", (sent) => {
  test.each([...DEFINITE, ...DEFINITE_OF_UPLOADS])("with R2's %i (status %i) is refused", (code, _, text) => {
    expect(putFailure(r2Error(text, code), sent)).toBe("refused");
  });

  test.each(Object.entries(TRANSIENT))("with %s is unclear", (_, error) => {
    expect(putFailure(error, sent)).toBe("unclear");
  });

  test.each([
    ["no message", new Error("")],
    ["a number that is none of R2's", new Error("put: something else (99999)")],
    ["no digits in its brackets", new Error("put: something else (internal)")],
    ["R2's number, but not at its end", new Error("put: (10012) is what it was")],
    ["R2's number without brackets", new Error("put: 10012")],
    ["R2's number in more brackets", new Error("put: ((10012))")],
    ["R2's number in another one", new Error("put: something else (110012)")],
    ["R2's number negative", new Error("put: something else (-10012)")],
    ["a text that is no error", "put: metadata (10012)"],
    ["something that looks like an error", { message: "put: metadata (10012)" }],
    ["nothing", undefined],
    ["null", null],
  ])("with %s is unclear", (_, cause) => {
    expect(putFailure(cause, sent)).toBe("unclear");
  });

  test.each(["put: Too much. (10012) ", "put: Too much.\n(10012)\n", "(10012)"])("with %j is refused", (message) => {
    expect(putFailure(new RangeError(message), sent)).toBe("refused");
  });
});

test("the binding's own TypeError is a refusal only as long as the last byte was not sent", () => {
  const cause = new TypeError("Incorrect type for the 'sha256' field on 'PutOptions'");
  expect([putFailure(cause, false), putFailure(cause, true)]).toEqual(["refused", "unclear"]);
});
