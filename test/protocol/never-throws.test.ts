import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ROOT } from "../../scripts/local/bundle.ts";
import { withoutCatalogs } from "../../src/protocol/catalog-view.ts";
import { COMMAND_NAMES, rowOf } from "../../src/protocol/commands/table.ts";
import { defineMacros } from "../../src/protocol/macros.ts";
import { writeOrigins } from "../../src/protocol/origins.ts";
import { readObject, readObjectPath } from "../../src/protocol/path.ts";
import { describe as describeProblem } from "../../src/protocol/problem.ts";
import { readRequest } from "../../src/protocol/read.ts";
import type { ImageRequest } from "../../src/protocol/request.ts";
import { writeRequest } from "../../src/protocol/write.ts";
import { readingWith, type TestRecord } from "../support/catalog-views.ts";
import { randomNumbers } from "../support/random.ts";
import { contextWith, readPlain } from "../support/reading.ts";

const SAMPLE = join(ROOT, "../shared/urls/public-sample.txt");
/** What real clients write, where it is at hand, and what the table says. */
const SEEDS = [
  ...(existsSync(SAMPLE) ? readFileSync(SAMPLE, "utf8").split("\n") : []),
  ...COMMAND_NAMES.map((name) => `/is/image/a/b?${rowOf(name).example}`),
  "/is/image/a?$x=1&layer=1,n&src=is{b?text=$x$&mask=is(c?$shadow$)}&effect=-1&$glow$&layer=n&posN=.5,0",
].filter((line) => line !== "");

const PIECES = [
  ...[
    "&",
    "=",
    "?",
    "%",
    "+",
    "$",
    "#",
    "(",
    ")",
    "{",
    "}",
    ",",
    ".",
    "/",
    "-",
    "e",
    "0",
    "1",
    " ",
    "\u0000",
    "é",
    "😀",
  ],
  ...[
    "amp;",
    "is{",
    "is(",
    "ir{",
    "fxg(",
    "src=",
    "mask=",
    "layer=",
    "layer=1,a&",
    "layer=comp",
    "effect=",
    "effect=-1&",
  ],
  ...[
    "$a$",
    "$a=",
    "$object$",
    "$shadow$",
    "%2",
    "%zz",
    "%ff",
    "%26",
    "%7B",
    "%ed%a0%80",
    "1e999",
    "-0",
    "0x",
    "..",
    "//",
  ],
  ...COMMAND_NAMES.map((name) => `&${name}=`),
];

/** Texts that are the same in every run. */
function mutations(count: number): readonly string[] {
  const next = randomNumbers(20);
  const upTo = (end: number) => Math.floor(next() * end);
  const one = (list: readonly string[]) => list[upTo(list.length)] ?? "";
  const changes: readonly ((text: string) => string)[] = [
    (text) => text.slice(0, upTo(text.length + 1)),
    (text) => splice(text, upTo(text.length + 1), 0, one(PIECES)),
    (text) => splice(text, upTo(text.length + 1), 1 + upTo(8), ""),
    (text) => splice(text, upTo(text.length + 1), 1, one(PIECES)),
    (text) => splice(text, upTo(text.length + 1), 0, text.slice(upTo(text.length), upTo(text.length + 1))),
    (text) => `${text}&${one(SEEDS).split("?")[1] ?? ""}`,
    (text) => text.replace("=", `=is{${one(SEEDS).split("/is/image/")[1] ?? ""}}`),
  ];
  return Array.from({ length: count }, (_, at) => {
    if (at % 5 === 0) return Array.from({ length: 1 + upTo(24) }, () => one(PIECES)).join("");
    let text = one(SEEDS);
    for (let times = 1 + upTo(4); times > 0; times--) text = (changes[upTo(changes.length)] ?? String)(text);
    return text.toWellFormed();
  });
}

function splice(text: string, at: number, removed: number, inserted: string): string {
  return text.slice(0, at) + inserted + text.slice(at + removed);
}

/** Object and modifiers of a text that may be no URL at all. */
function parted(text: string): readonly [path: string, modifiers: string] {
  const question = text.indexOf("?");
  return question < 0 ? [text, ""] : [text.slice(0, question), text.slice(question + 1)];
}

describe("whatever the text, there is an answer", () => {
  const URLS = mutations(10_000);
  const contexts = [contextWith({ a: "wid=1&$b=2" }), contextWith({ a: "src=is{a?$b$}" }, "ignore")] as const;
  const read = (text: string, at: number) => {
    const [path, modifiers] = parted(text);
    return readRequest(readObject(path) ?? readObjectPath(path), modifiers, contexts[at % 2] ?? contexts[0]);
  };

  test("10,000 random and mutated URLs are read, written and described without a throw", () => {
    for (const [at, text] of URLS.entries()) {
      const request = read(text, at);
      expect(typeof writeRequest(request)).toBe("string");
      for (const problem of request.problems) expect(describeProblem(problem).length).toBeLessThan(1_000);
    }
  });

  test("each of their problems and notes stands somewhere in the modifiers", () => {
    const outside = URLS.flatMap((text, at) => {
      const { problems, notes } = read(text, at);
      const { length } = parted(text)[1];
      return [...problems, ...notes]
        .filter((found) => !(Number.isInteger(found.at) && found.at >= 0 && found.at <= length))
        .map((found) => ({ text: parted(text)[1], ...found }));
    });
    expect(outside.slice(0, 3)).toEqual([]);
  });

  test("nor does any text in a record make one, and what is wrong in it stands somewhere in it", () => {
    const texts = URLS.slice(0, 4_000).map((text) => parted(text)[1]);
    const text = (at: number) => texts[at % texts.length] ?? "";
    const paths = ["one/a", "one/b", "two/a", "file"];
    for (let at = 0; at < 2_000; at++) {
      const record = (from: number) => ({ modifier: text(from), postModifier: text(from * 3), fields: text(from * 7) });
      const records = { a: record(at), b: record(at + 1), t: { modifier: text(at + 2) } };
      const macros = { a: text(at + 3) };
      const path = paths[at % paths.length] ?? "";
      const context = readingWith(
        { one: { records, macros }, two: { records } },
        path,
        at % 2 === 0 ? "error" : "ignore",
      );
      const client = `${text(at + 4)}&${["template=t", "src=b", "layer=1&src=b&mask=a", "src=is{two/a}"][at % 4]}`;
      const asked = readRequest(path, client, context);
      expect(typeof writeRequest(asked)).toBe("string");
      expect(typeof writeOrigins(asked)).toBe("string");
      const lengths = new Map<string | undefined, number>([[undefined, client.length]]);
      for (const [id, { modifier, postModifier = "", fields = "" }] of Object.entries<TestRecord>(records)) {
        for (const root of ["one", "two"]) {
          lengths.set(`the Modifier of ${root}/${id}`, modifier?.length ?? 0);
          lengths.set(`the PostModifier of ${root}/${id}`, postModifier.length);
          lengths.set(`the record ${root}/${id}`, fields.length);
        }
      }
      const found = [...asked.problems, ...asked.notes];
      expect(found.filter(({ at: place, in: where }) => !(place >= 0 && place <= (lengths.get(where) ?? -1)))).toEqual(
        [],
      );
    }
  });

  test.each(["align=0", "crop=1", "qlt=80&op_colorbalance=1,2", "src=is{a?align=0}"])(
    "a value that ends too early is wrong at its end, not beyond: %s",
    (modifiers) => {
      const [problem] = readPlain(modifiers).problems;
      expect(problem?.at).toBeLessThanOrEqual(modifiers.length);
    },
  );
});

/** Texts that are as bad as can be, of any length. */
const WORST: Readonly<Record<string, (length: number) => string>> = {
  "nothing but &": (length) => "&".repeat(length),
  "nothing but (": (length) => "(".repeat(length),
  "opening brackets of both kinds": (length) => repeated("({", length),
  "opening, then closing brackets of the other kind": (length) =>
    repeated("({", length / 2) + repeated(")}", length / 2),
  "values of opening brackets": (length) => repeated("a=(&b={&", length),
  "closing brackets": (length) => `src=is{${repeated("})", length - 7)}`,
  "nested as deep as fits": (length) => `${repeated("src=is{a?", length - length / 10)}${"}".repeat(length / 10)}`,
  "nested requests side by side": (length) => repeated("layer=1&src=is{a?wid=x}&", length),
  "references to a long variable": (length) => `$a=${"x".repeat(length / 2)}&text=${repeated("$a$", length / 2 - 9)}`,
  "references to no variable": (length) => `text=${repeated("$abc", length - 5)}`,
  "dollar signs": (length) => `text=${"$".repeat(length - 5)}`,
  "variables, and nested requests that inherit them": (length) =>
    Array.from({ length: Math.floor(length / 32) }, (_, at) => `$v${at}=1&layer=${at}&src=is{a}&`)
      .join("")
      .slice(0, length),
  "?x= over and over": (length) => repeated("?x=", length),
  "?x over and over": (length) => repeated("?x", length),
  "layers, each with an effect": (length) =>
    Array.from({ length: Math.floor(length / 16) }, (_, at) => `layer=${at}&effect=1&opac=1&`)
      .join("")
      .slice(0, length),
  "layers with names": (length) =>
    Array.from({ length: Math.floor(length / 12) }, (_, at) => `layer=${at},n${at}&`)
      .join("")
      .slice(0, length),
  "percent signs": (length) => `text=${"%".repeat(length - 5)}`,
  "percent signs as names": (length) => repeated("%=%&", length),
  "amp; over and over": (length) => repeated("amp;", length),
  "&amp; over and over": (length) => repeated("&amp;", length),
  "calls of a macro": (length) => repeated("$shadow$&", length),
  "calls of no macro": (length) => repeated("$$&", length),
  comments: (length) => repeated(".(&", length),
  "one value of commas": (length) => `crop=${",".repeat(length - 5)}`,
  "one long number": (length) => `wid=${"1".repeat(length - 4)}`,
  "one long path": (length) => `clipPath=M0,0${repeated("L1,1", length - 13)}`,
  "a colour of off and norm": (length) => `op_colorize=0${repeated(",off,norm", length - 13)}`,
  "a palette": (length) => `quantize=web,,${repeated(",0a0a0a", length - 14)}`,
};

function repeated(piece: string, length: number): string {
  return piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
}

/** How much a request says, but for what stands in it a second time because it is nested. */
function sizeOf({ problems, notes, layers }: ImageRequest): number {
  return problems.length + notes.length + layers.reduce((sum, { effects }) => sum + 1 + effects.length, 0);
}

describe("what is read is no more than a text of its length can say", () => {
  const SMALL = 16_384;
  const LARGE = 65_536;

  test.each(Object.entries(WORST))("%s", (_, textOf) => {
    const [small, large] = [SMALL, LARGE].map((length) => {
      const text = textOf(length);
      expect(Math.abs(text.length - length)).toBeLessThan(length / 4);
      const size = sizeOf(readPlain(text));
      expect(size).toBeLessThanOrEqual(text.length);
      return size;
    });
    // Four times the text is four times the answer. Twice that is allowed, since what is beyond a limit has a problem
    // beside it; the square would be sixteen times.
    expect(large).toBeLessThanOrEqual((small ?? 0) * 2 * (LARGE / SMALL) + 16);
  });
});

describe("limits are told", () => {
  const wanted = (modifiers: string, context = contextWith()) =>
    readPlain(modifiers, context).problems.map((problem) => problem.wanted);
  const nest = (depth: number) => `${"src=is{a?".repeat(depth)}wid=1${"}".repeat(depth)}`;

  test("sixteen requests inside one another are read, and of deeper ones the limit is said once", () => {
    expect(wanted(nest(16))).toEqual([]);
    for (const depth of [17, 100, 6_000]) {
      expect(wanted(nest(depth))).toEqual(["at most 16 requests inside one another"]);
    }
  });

  test("a thousand layers with an effect each are no more than that", () => {
    const text = Array.from({ length: 1_000 }, (_, at) => `layer=${at}&opac=50&effect=-1&$shadow$`).join("&");
    const { layers, problems } = readPlain(text);
    expect(problems).toEqual([]);
    expect(layers.map(({ effects }) => effects.length)).toEqual(Array.from({ length: 1_000 }, () => 1));
  });

  test("variables put in up to 262,144 characters, and no more", () => {
    const text = (times: number) => `$a=${"x".repeat(16_384)}&text=${"$a$".repeat(times)}`;
    const { layers, problems } = readPlain(text(16));
    expect(problems).toEqual([]);
    expect((layers[0]?.commands.text ?? "").length).toBe(262_144);
    expect(wanted(text(17))).toEqual(["variables that are shorter in all"]);
  });

  test("a variable that holds a nested request with itself in it is filled in once, and does not multiply", () => {
    // Filled in again inside, two references would double the requests at each of sixteen depths.
    const { problems, layers } = readPlain("$a=is{?layer=0&src=$a$&layer=1&src=$a$}&src=$a$");
    expect(problems).toEqual([]);
    expect(layers[0]?.nested.src?.layers.map(({ commands }) => commands.src)).toEqual([
      { kind: "object", object: "$a$" },
      { kind: "object", object: "$a$" },
    ]);
  });

  test("nor do the problems inside of it, however many they are", () => {
    const wrong = ["wid", "hei", "qlt", "scl", "rgn", "align", "rect", "resMode"].map((name) => `${name}=x`).join("&");
    const text = `$a=is{?${wrong}&layer=0&src=$a$&layer=1&src=$a$}&src=$a$`;
    expect(() => readPlain(text)).not.toThrow();
  });

  test("macros that call macros end at 10,000 commands, where they are defined and where they are called", () => {
    const hundred = (body: string) => Array.from({ length: 100 }, () => body).join("&");
    const bodies = [
      ["c", hundred("wid=1")],
      ["b", hundred("$c$")],
      ["a", hundred("$b$")],
    ] as const;
    const { macros, problems } = defineMacros(bodies);
    expect(problems.map((problem) => problem.wanted)).toEqual(["at most 10000 commands in all"]);
    for (const body of macros.values()) expect(body.length).toBeLessThanOrEqual(10_000);
    const context = { catalogs: withoutCatalogs(macros), unknownMacro: "error" } as const;
    expect(wanted("$b$", context)).toEqual([]);
    expect(wanted("$b$&$b$", context)).toEqual(["at most 10000 commands in all"]);
  });

  test("ten thousand calls of a macro are read, one more is too many", () => {
    const context = contextWith({ m: "wid=1" });
    const calls = (count: number) => Array.from({ length: count }, () => "$m$").join("&");
    expect(wanted(calls(10_000), context)).toEqual([]);
    expect(wanted(calls(10_001), context)).toEqual(["at most 10000 commands in all"]);
  });

  test("a macro that holds a nested request with itself in it does not multiply", () => {
    const context = contextWith({ m: "layer=0&src=is{?$m$}&layer=1&src=is{?$m$}" });
    const { problems } = readPlain("$m$", context);
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.length).toBeLessThan(10_000);
  });
});
