import { describe, expect, test } from "vitest";
import { concernsAll, isPassing, type Reply, readAnswer, unanswered } from "../../cli/save/answers.ts";
import { networkFailure } from "../../cli/server/network.ts";
import { FAULTS } from "../../src/faults.ts";
import { propertiesText } from "../../src/serve/properties.ts";

const NOW = Date.UTC(2026, 10, 22, 14, 3, 11);
const answer = (reply: Partial<Reply>) => readAnswer({ status: 403, text: "", retryAfter: null, ...reply }, NOW);
const refused = (error: string, message = "why") =>
  answer({ text: propertiesText("ERROR", new Date(NOW), { status: "failed", error, message }) });

describe("what the server answers", () => {
  test("A save that was done, in whatever letters.", () => {
    const values = { status: "done", name: " ö=#!:\\ \u{1f600}.jpg", size: 61_234, type: "image/jpeg", etag: "abc" };
    const text = propertiesText("OK", new Date(NOW), values);
    expect(answer({ status: 200, text })).toEqual({
      ...{ is: "saved", name: values.name, size: 61_234, type: "image/jpeg", etag: "abc" },
    });
  });

  test("An answer that was cut off says nothing: it is not taken as a save.", () => {
    const text = propertiesText("OK", new Date(NOW), { status: "done", name: "a.jpg" });
    expect(answer({ status: 200, text: text.slice(0, -1) }).is).toBe("refused");
  });

  test("A refusal has the server's code, message and clock.", () => {
    expect(refused("maxPix", "5 × 5: too large")).toEqual({
      ...{ is: "refused", error: "maxPix", message: "5 × 5: too large", worthAgain: false, at: NOW },
    });
  });

  // Source: save-contract "Two outcomes", 2: saveUnknown claims nothing about the key.
  test("saveUnknown is no refusal: the picture may be there.", () => {
    expect(refused("saveUnknown").is).toBe("unclear");
  });

  test("A picture, or a page, says that this is no fixative, or that it does not save.", () => {
    expect(answer({ status: 200, text: "<html>" })).toMatchObject({ is: "refused", error: "noFixative" });
  });
});

describe("what is worth another attempt", () => {
  test("What is ours or the platform's, and what passes by itself; never what is wrong in the request.", () => {
    const passing = Object.keys(FAULTS).filter(isPassing);
    expect(passing.sort()).toEqual([
      ...["formBroken", "formTimeout", "imageTimeout", "internal", "jobBroken", "saveFailed", "saveGivenUp"],
      ...["saveTimeout", "saveUnknown", "sourceChanged", "storage"],
    ]);
  });

  test("A code that is not known here, or is called like something else, is taken at its word.", () => {
    for (const code of ["tomorrow", "constructor", "__proto__", ""]) expect(isPassing(code)).toBe(false);
  });

  test.each([
    [429, "3", { is: "refused", worthAgain: true, waitMs: 3000 }],
    [429, null, { is: "refused", worthAgain: true }],
    [503, "Sun, 22 Nov 2026 14:03:21 GMT", { is: "refused", worthAgain: true, waitMs: 10_000 }],
    [429, "999999", { is: "refused", waitMs: 600_000 }],
    [429, "Sun, 22 Nov 2020 14:03:21 GMT", { is: "refused", waitMs: 0 }],
    [503, null, { is: "unclear", error: "http503" }],
    [500, null, { is: "unclear", error: "http500" }],
    // A proxy that has lost patience does not end the save behind it.
    [504, null, { is: "unclear", error: "http504" }],
    [524, "5", { is: "unclear", error: "http524" }],
    [301, null, { is: "refused", worthAgain: false, error: "noFixative" }],
    [401, null, { is: "refused", worthAgain: false, error: "http401" }],
  ])("%d without properties, Retry-After %s", (status, retryAfter, expected) => {
    expect(answer({ status, retryAfter, text: "busy" })).toMatchObject(expected);
  });

  test("What every other save would meet as well ends the list; what is of one picture does not.", () => {
    const all = (error: string) => concernsAll({ is: "refused", error, message: "", worthAgain: false });
    expect(["tokenWrong", "tokenUnset", "unreachable", "noFixative", "signatureMissing"].every(all)).toBe(true);
    expect(["sourceMissing", "folderMissing", "savingOff", "maxPix", "saveConflict", "storage"].some(all)).toBe(false);
  });
});

describe("no answer at all", () => {
  const failing = (code: string) =>
    new TypeError("fetch failed", { cause: Object.assign(new Error(`it was ${code}`), { code }) });

  test("Where no connection was made, nothing was sent.", () => {
    for (const code of ["ECONNREFUSED", "ENOTFOUND", "UND_ERR_CONNECT_TIMEOUT", "CERT_HAS_EXPIRED"]) {
      expect(unanswered(networkFailure(failing(code)))).toMatchObject({
        ...{ is: "refused", error: "unreachable", worthAgain: true, message: `it was ${code}` },
      });
    }
  });

  test("Where one was, the server may have had it all.", () => {
    for (const code of ["ECONNRESET", "UND_ERR_SOCKET", "UND_ERR_HEADERS_TIMEOUT", "EPIPE"]) {
      expect(unanswered(networkFailure(failing(code))).is).toBe("unclear");
    }
    expect(unanswered(networkFailure(new DOMException("too long", "TimeoutError"))).is).toBe("unclear");
  });

  test("Of several addresses that were tried the last one speaks.", () => {
    const each = Object.assign(new Error("connect ECONNREFUSED ::1"), { code: "ECONNREFUSED" });
    const thrown = new TypeError("fetch failed", { cause: new AggregateError([each], "") });
    expect(networkFailure(thrown)).toEqual({ neverSent: true, says: "connect ECONNREFUSED ::1" });
  });
});
