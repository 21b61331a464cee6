import fc from "fast-check";
import { expect, test } from "vitest";
import type { AttributeName } from "../../src/catalog/attributes.ts";
import type { Catalog } from "../../src/catalog/catalog.ts";
import { readCatalogs } from "../../src/catalog/read-catalogs.ts";
import { defineMacros } from "../../src/protocol/macros.ts";
import {
  type FileStyle,
  fileOf,
  quotedText,
  quotedTexts,
  writtenAttributes,
  writtenMacros,
} from "../support/catalog-writing.ts";
import { writtenTable } from "../support/table-writing.ts";

const SEED = Number(process.env.CATALOGS_SEED ?? 20_261_123);
const CATALOGS = Number(process.env.CATALOGS ?? 10_000);

/** An attribute, as it is written in a style, and what it is then. */
interface Given {
  readonly name: AttributeName;
  readonly written: (style: FileStyle) => string;
  readonly value: unknown;
}

const LATIN = [..."abcXYZ 019_-.'\",;=#\\/&%$+?\t\u00a0éß\u0085\u0000"];
const WIDE = ["€", "中", "😀", "\u0301", "\ufeff", "\u2028"];
/** Lines end in a file as its style says, in a value with a line feed. */
const texts = (wide: boolean) =>
  fc.string({ unit: fc.constantFrom(...LATIN, "\n", ...(wide ? WIDE : [])), minLength: 1, maxLength: 12 });
const inLine = (wide: boolean) => texts(wide).map((text) => text.replaceAll(/\p{Cc}/gu, "_"));

const given = (name: AttributeName, values: fc.Arbitrary<unknown>, write: (value: never, style: FileStyle) => string) =>
  values.map((value): Given => ({ name, value, written: (style) => write(value as never, style) }));
const one = (name: AttributeName, ...pairs: readonly (readonly [written: string, value: unknown])[]) =>
  fc.constantFrom(...pairs).map(([written, value]): Given => ({ name, value, written: () => written }));
const sizes = fc.record({ width: fc.nat(9999), height: fc.nat(9999) }, { noNullPrototype: true });
const asText = (text: string, style: FileStyle) => quotedText(text, style);
const asSize = ({ width, height }: { width: number; height: number }, { space }: FileStyle) =>
  `${width}${space},${space}${height}`;
const asNumber = (value: number) => `${value}`;

/** Of each kind of grammar some; without those that name files. */
const attributes = (wide: boolean) => [
  given("PublishInfo", texts(wide), asText),
  given("SavePath", fc.oneof(fc.constant(""), inLine(wide)), asText),
  given("DefaultFont", inLine(wide), asText),
  given("TrustedDomains", fc.array(inLine(wide), { minLength: 1, maxLength: 3 }), quotedTexts),
  given("DefaultPix", sizes, asSize),
  given("MaxPix", sizes, asSize),
  given("ErrorDetail", fc.nat(3), asNumber),
  given("Resolution", fc.double({ min: 1e-3, max: 1e6, noNaN: true }), asNumber),
  given("Expiration", fc.constantFrom(0, -1, 0.1, 24), asNumber),
  one("RequestLock", ["0", false], ["1", true], ["", undefined], ["perhaps", undefined]),
  one("BkgColor", ["0x80ff00", [128, 255, 0]], ["80ff00", [128, 255, 0]], ["", undefined]),
  one("TimeStamp", ["1000", 1000], ["01/01/1970 00:00:01 GMT", 1000], ["never", undefined]),
  one("LocaleMap", [",", [{ locale: "", into: [""] }]]),
];

const names = fc.string({ unit: fc.constantFrom(..."abAB01-_."), minLength: 1, maxLength: 4 });

interface Written {
  readonly attributes: readonly Given[];
  readonly style: FileStyle;
  readonly tableStyle: FileStyle;
  readonly records: readonly (readonly [id: string, path: string])[];
  /** Which of the earlier ones a macro calls; there may be none. */
  readonly macros: readonly { readonly name: string; readonly calls: number; readonly wid: number }[];
}

const styles = (wide: boolean) =>
  fc
    .record({
      encoding: wide ? fc.constant("utf-8" as const) : fc.constantFrom("utf-8" as const, "iso-8859-1" as const),
      lineEnd: fc.constantFrom("\r" as const, "\n" as const, "\r\n" as const),
      endsLine: fc.boolean(),
      always: fc.boolean(),
      space: fc.constantFrom("" as const, " " as const, "\t" as const),
      mark: fc.constantFrom("'" as const, '"' as const),
      between: fc.constantFrom("", "# comment = 1 \\", "   "),
      spelling: fc.constantFrom("as it is", "lower", "upper"),
    })
    .map(({ always, spelling, ...style }): FileStyle => {
      const spell = (name: string) =>
        spelling === "lower" ? name.toLowerCase() : spelling === "upper" ? name.toUpperCase() : name;
      return { ...style, quotes: () => always, spell };
    });

const ids = fc.string({ unit: fc.constantFrom(..."abcXYZ01/-_. é"), minLength: 1, maxLength: 8 });
const catalogs: fc.Arbitrary<Written> = fc.boolean().chain((wide) =>
  fc.record({
    attributes: fc
      .shuffledSubarray(attributes(wide))
      .chain((chosen) => fc.tuple(...chosen) as fc.Arbitrary<readonly Given[]>),
    style: styles(wide),
    tableStyle: styles(false),
    records: fc.uniqueArray(
      fc.tuple(
        ids.filter((id) => !/^\/+$|^\/|\.\./.test(id)),
        fc.constantFrom("a.jpg", "é/b.tif", "/c"),
      ),
      {
        selector: ([id]) => id,
        maxLength: 4,
      },
    ),
    macros: fc.array(fc.record({ name: names, calls: fc.integer({ min: -1, max: 5 }), wid: fc.nat(999) }), {
      maxLength: 5,
    }),
  }),
);

/** Files of a catalog, and what becomes of its macros on top of `base`: their commands, expanded by hand. */
function filesOf(path: string, rootId: string, written: Written, base: ReadonlyMap<string, readonly string[]>) {
  const { style, tableStyle, records } = written;
  const defined = new Map(base);
  const rows = written.macros.map(({ name, calls, wid }) => {
    const called = [...defined.keys()][calls];
    defined.set(name.toLowerCase(), [...(called === undefined ? [] : (defined.get(called) ?? [])), `wid=${wid}`]);
    return [name, called === undefined ? `wid=${wid}` : `$${called}$&wid=${wid}`] as const;
  });
  const own = [
    ...(rootId === "" ? [] : [["RootId", rootId] as const]),
    ["CatalogFile", quotedTexts([`${path}/images, 1.txt`], style)] as const,
    ["MacroFile", quotedText(`${path}/macros.txt`, style)] as const,
    ...written.attributes.map(({ name, written: text }) => [name, text(style)] as const),
  ];
  const files = [
    fileOf(`${path}.ini`, writtenAttributes(own, style)),
    fileOf(`${path}/images, 1.txt`, writtenTable([["Id", "Path"], ...records], tableStyle)),
    fileOf(`${path}/macros.txt`, writtenMacros(rows, tableStyle)),
  ];
  return { files, defined };
}

const NEVER_INHERITED = ["TimeStamp", "LocaleMap"];

function expectSame(
  catalog: Catalog | undefined,
  written: Written,
  defaults: Written,
  macros: ReadonlyMap<string, readonly string[]>,
) {
  const inherited =
    defaults === written ? [] : defaults.attributes.filter(({ name }) => !NEVER_INHERITED.includes(name));
  const expected = new Map(
    [...inherited, ...written.attributes].flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])),
  );
  const { RootId: _, CatalogFile: __, MacroFile: ___, ...values } = catalog?.attributes ?? {};
  expect(values).toEqual(Object.fromEntries(expected));
  expect(Array.from(catalog?.records.all() ?? [], ({ id, fields }) => [id, fields.Path])).toEqual(written.records);
  const bodies = Array.from(catalog?.macros ?? [], ([name, body]) => [
    name,
    body.map((command) => `${command.name}=${command.value}`),
  ]);
  expect(new Map(bodies as [string, string[]][])).toEqual(new Map(macros));
}

test(`${CATALOGS} generated catalogs, half of them the default ones of the others, are read as what they were written from`, () => {
  const options = { macros: defineMacros([["house", "qlt=7"]], new Map()).macros };
  const base = new Map([["house", ["qlt=7"]]]);
  fc.assert(
    fc.property(catalogs, catalogs, (defaults, own) => {
      const main = filesOf("default", "", defaults, base);
      const acme = filesOf("acme", "acme", own, main.defined);
      const { catalogs: read, problems } = readCatalogs([...acme.files, ...main.files], options);
      // Only what is written to be no flag and no time.
      expect(
        problems.filter(({ weight, about }) => weight !== "note" || !/^(?:macro|RequestLock|TimeStamp)/.test(about)),
      ).toEqual([]);
      expectSame(read.default, defaults, defaults, main.defined);
      expectSame(read.byRootId.get("acme"), own, defaults, acme.defined);
    }),
    { seed: SEED, numRuns: CATALOGS / 2 },
  );
});
