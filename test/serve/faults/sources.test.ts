import { beforeAll, describe, expect, test } from "vitest";
import type { FaultCode } from "../../../src/faults.ts";
import { pngOf, quarters } from "../../support/charts.ts";
import type { Reading, SourceFault } from "../../support/faults/faulty-sources.ts";
import { TIMEOUT_MS } from "../../support/faults/scenario.ts";
import { putSourceFiles, SOURCE_FILES, webpOf } from "../../support/faults/source-files.ts";
import { save, show } from "../../support/faults/visits.ts";

beforeAll(putSourceFiles);

const NOTHING = "nothing";
const pathOf = (key: string) => `${key}?wid=50&hei=30&fmt=png`;
const lost = new Error("get: We encountered an internal error. Please try again. (10001)");

type Row = readonly [what: string, fault: Omit<SourceFault, "key" | "reading">, code: FaultCode | "done"];

/** How any reading of any source may go wrong. */
const ROWS: readonly Row[] = [
  ["is rejected at once", { call: { says: lost } }, "storage"],
  ["is rejected after a while", { call: { says: lost, takesMs: 5000 } }, "storage"],
  ["throws", { call: { says: new TypeError("not a key"), atOnce: true } }, "storage"],
  ["is never answered", { call: { says: "silence" } }, "saveTimeout"],
  ["is answered late, and in time", { call: { takesMs: TIMEOUT_MS - 1000 } }, "done"],
  ["is answered too late", { call: { takesMs: TIMEOUT_MS } }, "saveTimeout"],
  ["fails before its first byte", { body: { after: 0, ends: "with a failure" } }, "storage"],
  ["fails in its middle", { body: { after: 0.5, ends: "with a failure" } }, "storage"],
  // Found here: of a start that ended early it was said that the client's picture is none.
  ["ends before its first byte", { body: { after: 0 } }, "storage"],
  ["ends after three bytes", { body: { after: 3 } }, "storage"],
  ["ends in its middle", { body: { after: 0.5 } }, "storage"],
  ["goes on behind its end", { body: { longerBy: 1 } }, "storage"],
  ["is silent before its first byte", { body: { after: 0, ends: "never" } }, "saveTimeout"],
  ["is silent in its middle", { body: { after: 0.5, ends: "never" } }, "saveTimeout"],
  ["trickles, and ends in time", { body: { pauseMs: 100 } }, "done"],
  ["trickles too slowly", { body: { pauseMs: TIMEOUT_MS / 2 } }, "saveTimeout"],
];

const KEYS = ["source.png", "baseline.jpg", "progressive.jpg", "source.webp"];

/** The code of a save of which a source has this fault. */
async function savedWith(key: string, reading: Reading, fault: Row[1], path = pathOf(key)): Promise<string> {
  return (await save({ path, sources: [{ key, reading, ...fault }] }, NOTHING)).code;
}

// Source: save-contract "Two outcomes", 2 and 3.
describe.each(KEYS)("a save of %s", (key) => {
  test.each(ROWS)("whose file %s", async (_, fault, code) => {
    expect(await savedWith(key, "file", fault)).toBe(code);
  });
});

describe.each(["source.png", "baseline.jpg"])("a save of %s", (key) => {
  test.each(ROWS)("whose start %s", async (_, fault, code) => {
    expect(await savedWith(key, "start", fault)).toBe(code);
  });
});

describe("a save of a JPEG with a long header", () => {
  test.each(ROWS)("of which a later stretch %s", async (_, fault, code) => {
    expect(await savedWith("long.jpg", "header", fault)).toBe(code);
  });

  test("is storage where a stretch cannot be read, nor looked for", async () => {
    const sources = [{ key: "long.jpg", reading: "header", call: { says: lost } }] as const;
    const path = pathOf("long.jpg");
    for (const fault of [{ says: lost }, { says: lost, atOnce: true }] as const) {
      expect((await save({ path, sources, asks: { "length of the source": [fault] } }, NOTHING)).code).toBe("storage");
    }
    const asks = { "length of the source": [{ says: "silence" }] } as const;
    expect((await save({ path, sources, asks }, NOTHING)).code).toBe("saveTimeout");
  });
});

describe.each(["start", "file"] as const)("a save with a mask whose %s", (reading) => {
  const path = "source.png?wid=50&hei=30&fmt=png-alpha&mask=mask.png";
  test.each(ROWS)("%s", async (_, fault, code) => {
    expect(await savedWith("mask.png", reading, fault, path)).toBe(code);
  });
});

test("over an old object, a save that fails for its source leaves it", async () => {
  for (const [, fault, code] of ROWS) {
    const sources = [{ key: "baseline.jpg", reading: "file", ...fault }] as const;
    expect((await save({ path: pathOf("baseline.jpg"), sources }, "an old object")).code).toBe(code);
  }
});

// Source: protocol.md 7.3.
test.each([
  ["cannot be read", { reading: "file", call: { says: lost } }, 500, "The storage did not answer as it should"],
  ["ends in its middle", { reading: "file", body: { after: 0.5 } }, 500, "The storage did not answer as it should"],
  ["was replaced", { reading: "file", before: { put: undefined } }, 500, "replaced while it was being read"],
  ["is not there", { reading: "start", before: { put: undefined } }, 403, "does not exist"],
  ["is silent", { reading: "file", call: { says: "silence" } }, 503, "not ready in time"],
] as const)("a picture whose source %s is refused, and that is never kept", async (_, fault, status, says) => {
  for (const key of KEYS) {
    const shown = await show({ path: pathOf(key), sources: [{ key, ...fault }] });
    expect([shown.status, new TextDecoder().decode(shown.body)]).toEqual([status, expect.stringContaining(says)]);
    expect(shown.headers.get("Cache-Control")).toBe("no-cache, no-store");
  }
});

describe("a source that is replaced", () => {
  const other = { put: pngOf(quarters(100, 60)) };
  const none = { put: undefined };

  test.each(KEYS)("or deleted before it is decoded is sourceChanged: %s", async (key) => {
    for (const before of [other, none]) expect(await savedWith(key, "file", { before })).toBe("sourceChanged");
    expect(await savedWith(key, "start", { behind: other })).toBe("sourceChanged");
  });

  test.each(KEYS)("or deleted while it is read is the one that was begun: %s", async (key) => {
    for (const behind of [other, none]) expect(await savedWith(key, "file", { behind })).toBe("done");
  });

  test("between two looks at its header is sourceChanged", async () => {
    for (const before of [other, none]) expect(await savedWith("long.jpg", "header", { before })).toBe("sourceChanged");
    expect(await savedWith("long.jpg", "start", { behind: other })).toBe("sourceChanged");
  });

  test("by one that begins with the same 64 KB is sourceChanged", async () => {
    const put = Uint8Array.from(SOURCE_FILES["long.jpg"]);
    put.fill(0x55, put.length - 100, put.length - 50);
    expect(await savedWith("long.jpg", "file", { before: { put } })).toBe("sourceChanged");
  });

  test("before it is looked at is just another one, or none", async () => {
    expect(await savedWith("source.png", "start", { before: none })).toBe("sourceMissing");
  });

  test("as a mask is sourceChanged too", async () => {
    const path = "source.png?wid=50&hei=30&fmt=png-alpha&mask=mask.png";
    for (const before of [other, none])
      expect(await savedWith("mask.png", "file", { before }, path)).toBe("sourceChanged");
  });
});

/** What comes when a file is decoded, under the etag and with the length of the one that was looked at. */
function as(length: number, file: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(length);
  bytes.set(file.subarray(0, length));
  return bytes;
}

// Found here: a progressive JPEG in the place of a baseline one was decoded as if it were one, and saved.
describe("a source whose header says something else when it is decoded is sourceChanged", () => {
  const files: Readonly<Record<string, Uint8Array>> = {
    ...SOURCE_FILES,
    "another size": pngOf(quarters(60, 100)),
    "no picture": new TextEncoder().encode("no picture"),
  };
  test.each(["source.png", "baseline.jpg", "progressive.jpg"])("%s", async (key) => {
    const { length = 0 } = files[key] ?? {};
    for (const [name, file] of Object.entries(files)) {
      if (name !== key) expect(await savedWith(key, "file", { body: { is: as(length, file) } })).toBe("sourceChanged");
    }
  });

  test("a WebP", async () => {
    const { length } = await webpOf("source.png?fmt=webp");
    const is = as(length, await webpOf("source.png?fmt=webp&qlt=40"));
    expect(await savedWith("source.webp", "file", { body: { is } })).toBe("sourceChanged");
  });
});
