import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readObject } from "../../src/protocol/path.ts";
import { readRequest } from "../../src/protocol/read.ts";
import type { ImageRequest } from "../../src/protocol/request.ts";
import type { PinnedSource } from "../../src/resolve/source.ts";
import { keptRequest } from "../../src/serve/save/kept-request.ts";
import { provenanceOf } from "../../src/serve/save/provenance.ts";
import { readSettings, type SettingName } from "../../src/settings/settings.ts";
import { tracedSettings } from "../../src/settings/traced.ts";
import { SAVE_ID_BYTES } from "../../src/store/own-object.ts";
import { requests } from "../support/arbitraries.ts";
import { contextWith, readPlain } from "../support/reading.ts";

const DEFAULTS = readSettings({});

/** As the path of a URL cannot be: the platform leaves out elements that are dots. */
const hasDots = ({ object }: ImageRequest) => `/${object}/`.includes("/./");

describe("the kept request", () => {
  test("is a URL that means the same picture, without what belonged to one save", () => {
    fc.assert(
      fc.property(
        requests.filter((asked) => !hasDots(asked)),
        (asked) => {
          const kept = keptRequest(asked, DEFAULTS);
          expect(kept).toMatch(/^[!-"$-~]*$/);
          const { pathname, search } = new URL(`https://pictures.example/is/image/${kept}`);
          const again = readRequest(readObject(pathname) ?? "", search.slice(1), contextWith());
          expect(again.problems).toEqual([]);
          const { req: _, name: __, expires: ___, sig: ____, ...request } = asked.request;
          const { object, view, composite, finalView, layers } = asked;
          const meant = { request: { fmt: { format: "jpeg" }, ...request }, view, composite, finalView };
          expect(again).toMatchObject({ ...meant, object });
          expect(again.request).toEqual(meant.request);
          expect(again.layers.map(({ number }) => number)).toEqual(layers.map(({ number }) => number));
          expect(keptRequest(again, DEFAULTS)).toBe(kept);
        },
      ),
    );
  });

  test.each([
    ["name=a.png&req=saveToFile", "picture?fmt=png"],
    ["name=a.png&req=saveToFile&fmt=webp,,lossless", "picture?fmt=webp,,lossless"],
    // On the time depends what is spent on a small file.
    ["name=a&req=saveToFile&timeout=5", "picture?fmt=jpeg&timeout=5"],
    [`req=saveToFile&name=a.png&expires=1795360000&sig=${"0".repeat(64)}&wid=3`, "picture?fmt=png&wid=3"],
    ["req=saveToFile&name=a.png&token=secret&Authorization=Bearer+secret&wid=3", "picture?fmt=png&wid=3"],
    ["layer=1&src={http://é/ #\n\ud800?a}", "picture?fmt=jpeg&layer=1&src={http://%C3%A9/%20%23%0A%EF%BF%BD?a}"],
  ])("of %j is %s", (modifiers, kept) => {
    expect(keptRequest(readPlain(modifiers), DEFAULTS)).toBe(kept);
  });

  test("has no format of a name that may not decide", () => {
    const asked = readPlain("req=saveToFile&name=a.png");
    expect(keptRequest(asked, { NameDecidesFormat: false })).toBe("picture?fmt=jpeg");
  });
});

/** R2 counts the bytes of names and values. */
function bytesOf(metadata: Readonly<Record<string, string>>): number {
  return Object.entries(metadata).reduce((sum, [name, value]) => sum + name.length + value.length, SAVE_ID_BYTES);
}

/** Of any length, short ones and ones about as long as the metadata may be among them. */
const lengths = fc.oneof(fc.nat({ max: 40 }), fc.integer({ min: 900, max: 1900 }), fc.nat({ max: 70_000 }));
const texts = lengths.map((length) => "x".repeat(length));
const keys = fc.string({ unit: "binary", minLength: 1, maxLength: 1024 });

describe("the metadata", () => {
  test("has at most 2,000 bytes of printable ASCII; what is not in it is in a document that it names", async () => {
    await fc.assert(
      fc.asyncProperty(texts, texts, keys, texts, fc.nat(), async (request, settings, key, etag, side) => {
        const source = { key, etag } as PinnedSource;
        const size = { width: side, height: side };
        const sources = [source, source] as const;
        const { metadata, documents } = await provenanceOf({ request, settings, sources, size, encoding: "mozjpeg" });
        expect(bytesOf(metadata)).toBeLessThanOrEqual(2000);
        for (const value of Object.values(metadata)) expect(value).toMatch(/^[!-~]*$/);
        for (const name of ["program", "width", "height", "encoding", "sources", "request-sha256"]) {
          expect(metadata).toHaveProperty(name);
        }
        const byHash = new Map(documents.map(({ text, sha256 }) => [sha256, text]));
        const given = { request, ...(settings === "" ? {} : { settings }) };
        for (const [name, text] of Object.entries(given)) {
          expect(metadata[name] ?? byHash.get(metadata[`${name}-sha256`] ?? "")).toBe(text);
        }
        expect(documents).toHaveLength(Object.keys(given).filter((name) => !(name in metadata)).length);
      }),
      { numRuns: 300 },
    );
  });

  test("holds the longest request that there is room for, and not one byte more", async () => {
    const source = { key: "a", etag: "e".repeat(1000) } as PinnedSource;
    const of = (bytes: number) =>
      provenanceOf({
        ...{ request: "x".repeat(bytes), settings: "", sources: [source] },
        ...{ size: { width: 1, height: 1 }, encoding: "png8/small" },
      });
    const empty = bytesOf({ ...(await of(0)).metadata, source: "" }) - "source".length;
    const room = 2000 - empty;
    expect((await of(room)).documents).toEqual([]);
    const over = await of(room + 1);
    expect(over.documents).toHaveLength(1);
    expect(over.metadata).toMatchObject({ source: "a" });
  });
});

describe("settings that are kept", () => {
  test("are, read again, the same settings", () => {
    const values: Partial<Record<SettingName, fc.Arbitrary<string>>> = {
      // Those with `..` elements or control characters are refused, and extensions with slashes.
      RootPath: keys.map((key) => key.toWellFormed().replaceAll(/\.\.|\p{Cc}/gu, "_")),
      DefaultExt: fc.string({ unit: "grapheme" }).map((text) => text.toWellFormed().replaceAll(/[/\\]|\p{Cc}/gu, "_")),
      DefaultPix: fc.tuple(fc.nat(), fc.nat()).map(String),
      BkgColor: fc.constantFrom("000000", "50", "10,20,30,40k", "0x808080", "1,2,3"),
      JpegQuality: fc.integer({ min: 1, max: 100 }).map((quality) => `${quality},1`),
      Resolution: fc.double({ min: 1e-9, max: 1e9, noNaN: true }).map(String),
      ResMode: fc.constantFrom("1", "2", "3", "4", "5", "bilin"),
      LinearLight: fc.constantFrom("0", "1", "true", "false"),
    };
    fc.assert(
      fc.property(fc.record(values, { requiredKeys: [] }), (vars) => {
        const settings = readSettings(vars as Record<string, string>);
        const text = tracedSettings(settings);
        expect(text).toMatch(/^[!-~]*$/);
        expect(readSettings(Object.fromEntries(new URLSearchParams(text)))).toEqual(settings);
      }),
    );
  });
});
