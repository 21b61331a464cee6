import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { COMMAND_NAMES, type CommandName, rowOf } from "../../src/protocol/commands/table.ts";
import type { Shape } from "../../src/protocol/grammar/grammar.ts";
import { readObjectPath } from "../../src/protocol/path.ts";
import { encodeValue } from "../../src/protocol/percent.ts";
import { describe as describeProblem } from "../../src/protocol/problem.ts";
import { readRequest } from "../../src/protocol/read.ts";
import type { ImageRequest } from "../../src/protocol/request.ts";
import { writeRequest } from "../../src/protocol/write.ts";
import { grammarOf, requests, valuesOf } from "../support/arbitraries.ts";
import { readingWith } from "../support/catalog-views.ts";
import { meaning } from "../support/meaning.ts";
import { contextWith, readPlain } from "../support/reading.ts";

const CONTEXT = contextWith();

/** Commands with a value of their own; `layer` and `effect` only say where the others go. */
const VALUED = COMMAND_NAMES.filter((name) => rowOf(name).scope !== "segment");

/** The modifier of a command, in a layer that takes it. */
function modifierOf(name: CommandName, text: string): string {
  const row = rowOf(name);
  return `${row.scope === "layer" ? "layer=1&" : ""}${name}=${grammarOf(name).raw ? text : encodeValue(text)}`;
}

function valueIn({ request, view, layers }: ImageRequest, name: CommandName): unknown {
  return ({ ...request, ...view, ...layers[0]?.commands } as Readonly<Partial<Record<CommandName, unknown>>>)[name];
}

/** A request read from its canonical form. */
function readAgain(text: string): ImageRequest {
  const question = text.indexOf("?");
  const path = question < 0 ? text : text.slice(0, question);
  return readRequest(readObjectPath(path), question < 0 ? "" : text.slice(question + 1), CONTEXT);
}

describe("what a grammar writes it reads as the same value", () => {
  test.each(COMMAND_NAMES)("%s", (name) => {
    const grammar = grammarOf(name);
    fc.assert(
      fc.property(valuesOf(name), (value) => {
        expect(grammar.read(grammar.write(value))).toEqual(value);
      }),
    );
  });
});

describe("a value written into a URL comes back through the whole parser", () => {
  // The `fit` of no size and the sharpening of no layer have rules of their own; here only values are meant.
  test.each(VALUED)("%s", (name) => {
    fc.assert(
      fc.property(valuesOf(name), (value) => {
        const request = readPlain(modifierOf(name, grammarOf(name).write(value)));
        expect(valueIn(request, name)).toEqual(value);
      }),
      { numRuns: 50 },
    );
  });

  test("layer: a name and a number select one layer, whatever the name", () => {
    fc.assert(
      fc.property(valuesOf("layer"), (selector) => {
        const { kind, number, name } = selector as { kind: string; number?: number; name?: string };
        const { layers } = readPlain(`layer=${encodeValue(grammarOf("layer").write(selector))}`);
        const expected = kind === "number" ? [{ number, names: name === undefined ? [] : [name] }] : [];
        expect(layers.map((layer) => ({ number: layer.number, names: layer.names }))).toEqual(expected);
      }),
    );
  });

  test("effect: a number opens one effect of the layer", () => {
    fc.assert(
      fc.property(valuesOf("effect"), (number) => {
        const { layers } = readPlain(`layer=1&effect=${number}&op_blur=1`);
        expect(layers[0]?.effects).toEqual([{ number, commands: { op_blur: 1 } }]);
      }),
    );
  });
});

describe("the example of a command is read, written, and read again", () => {
  /** What must stand beside an example for the rules about several commands. */
  const BESIDE: Readonly<Partial<Record<CommandName, string>>> = { fit: "&wid=1" };

  // The example of `template=` names one.
  const context = readingWith({ "": { records: { "shop/banner": { modifier: "" } } } }, "picture");
  const readAgain = (text: string) => readPlain(text.slice("picture?".length), context);

  test.each(COMMAND_NAMES)("%s", (name) => {
    const { example } = rowOf(name);
    const layer = rowOf(name).scope === "layer" ? "layer=1&" : "";
    const first = readPlain(`${layer}${example}${BESIDE[name] ?? ""}`, context);
    expect(first.problems.map(describeProblem)).toEqual([]);
    expect(first.notes).toEqual([]);
    const text = writeRequest(first);
    const again = readAgain(text);
    expect(again.problems).toEqual([]);
    expect(meaning(again)).toEqual(meaning(first));
    expect(writeRequest(again)).toBe(text);
  });
});

describe("whole requests", () => {
  test("the canonical form is read as the request it was written from, without problems or notes", () => {
    fc.assert(
      fc.property(requests, (request) => {
        const again = readAgain(writeRequest(request));
        expect([again.problems, again.notes]).toEqual([[], []]);
        expect(meaning(again)).toEqual(meaning(request));
      }),
      { numRuns: 400 },
    );
  });

  test("the canonical form of the canonical form is itself", () => {
    fc.assert(
      fc.property(requests, (request) => {
        const text = writeRequest(request);
        expect(writeRequest(readAgain(text))).toBe(text);
      }),
      { numRuns: 400 },
    );
  });
});

describe("where macros that do not exist are passed over, the canonical form keeps their calls", () => {
  const lenient = contextWith({}, "ignore");
  test.each([
    ["fit=crop&$nobody$", "picture?fit=crop&%24nobody%24"],
    ["$b$&$a%26$&wid=3&$b$", "picture?wid=3&%24b%24&%24a%26%24"],
    ["layer=1&src=is{a?fit=wrap&$b$}", "picture?layer=1&src=is{a?fit=wrap&%24b%24}"],
  ])("%s", (modifiers, canonical) => {
    // Each may be what would have made the rest legal: without the calls it would be refused.
    const read = readPlain(modifiers, lenient);
    expect([read.problems, writeRequest(read)]).toEqual([[], canonical]);
    const again = readPlain(canonical.slice("picture?".length), lenient);
    expect([again.problems, writeRequest(again)]).toEqual([[], canonical]);
  });
});

describe("what a client writes has a canonical form that means the same", () => {
  test.each([
    ["a zero with a sign in a path", "layer=1&clipPath=M-0,0L1,-0"],
    ["a brace without a partner inside of parentheses", "src=is(a?text={&wid=1)"],
    ["a closing brace without a partner inside of parentheses", "src=is(a?text=}&wid=1)"],
    ["a foreign URL with a brace without a partner", "src=(http://x.example/?a={&b=1)"],
    ["a variable that brings a closing brace into a nested request", "$x=}&src=is{a?text=$x$&wid=1}"],
    ["a variable that brings another one into a nested request", "$a=$b$&$b=5&src=is{a?text=$a$}"],
    ["a nested request that refers to what is defined outside", "$w=5&src=is{a?wid=$w$&hei=$h$&$h=7}"],
    ["a macro inside of a nested request", "src=is{a?$shadow$}"],
    ["escaped brackets in a nested request", "src=is{a%7Bb?text=%7D%28&wid=1}"],
    ["an object with brackets", "src=a%28b%7D"],
  ])("%s: %s", (_, modifiers) => {
    const first = readPlain(modifiers);
    expect(first.problems.map(describeProblem)).toEqual([]);
    const again = readAgain(writeRequest(first));
    expect(again.problems.map(describeProblem)).toEqual([]);
    expect(meaning(again)).toEqual(meaning(first));
  });

  test.each(["src=is{a?hei=2&wid=1}", "src=is(a?.x&WID=1.0&hei=2)", "$w=1&src=is{a?hei=2&wid=$w$}"])(
    "one meaning has one form, inside of nested requests as well: %s",
    (modifiers) => {
      expect(writeRequest(readPlain(modifiers))).toBe("picture?layer=0&src=is{a?wid=1&hei=2}");
    },
  );

  test.each(["M1e999,0", "M0,0L-1e999,1"])("a path has no number beyond all numbers: %s", (path) => {
    expect(readPlain(`clipPath=${path}`).problems.map(({ command }) => command)).toEqual(["clipPath"]);
  });
});

interface Bound {
  readonly command: CommandName;
  /** The place of the number: `opacity`, or nothing where it is the whole value. */
  readonly place: string;
  readonly says: string;
  readonly text: string;
  readonly taken: boolean;
}

type NumberShape = Extract<Shape, { kind: "number" }>;

/** Numbers at the bounds of a shape and just beyond them. */
function edges({ whole, min, max, above, below }: NumberShape): readonly Pick<Bound, "says" | "text" | "taken">[] {
  const step = (bound: number) => (whole ? 1 : Math.max(Math.abs(bound), 1) * Number.EPSILON * 2);
  const edge = (says: string, value: number, taken: boolean) => ({ says: `${says} ${value}`, text: `${value}`, taken });
  return [
    ...(min === undefined ? [] : [edge("min", min, true), edge("below min", min - step(min), false)]),
    ...(max === undefined ? [] : [edge("max", max, true), edge("beyond max", max + step(max), false)]),
    ...(above === undefined ? [] : [edge("not above", above, false), edge("just above", above + step(above), true)]),
    ...(below === undefined ? [] : [edge("not below", below, false), edge("just below", below - step(below), true)]),
  ];
}

/** Some text that a shape takes. */
function sample(shape: Shape): string {
  switch (shape.kind) {
    case "number":
      return String(shape.min ?? (shape.above ?? 0) + (shape.whole ? 1 : 0.5));
    case "keyword":
      return shape.words[0] ?? "";
    case "flag":
      return "1";
    case "colour":
      return "ff0000";
    case "path":
      return "M0,0";
    case "fields":
      return shape.fields.map((field) => sample(field.shape)).join(",");
    case "list":
      return Array.from({ length: shape.min }, () => sample(shape.of)).join(",");
    case "either":
      return shape.of.slice(0, 1).map(sample).join("");
    default:
      return "a";
  }
}

/** Quads stay convex: only outer corners go to the bounds, each in its own direction. */
const QUAD = { min: (edge: string) => `${edge},0,1,0,1,1,0,1`, max: (edge: string) => `0,0,1,0,${edge},1,0,1` };

function boundsOf(command: CommandName): readonly Bound[] {
  const { shape } = grammarOf(command);
  if (shape.kind === "number") return edges(shape).map((edge) => ({ command, place: "", ...edge }));
  if (shape.kind !== "fields") return [];
  return shape.fields.flatMap((field, place) => {
    if (field.shape.kind === "list" && field.shape.of.kind === "number") {
      return edges(field.shape.of).map((edge) => {
        return {
          command,
          place: field.name,
          ...edge,
          text: QUAD[edge.says.includes("min") ? "min" : "max"](edge.text),
        };
      });
    }
    if (field.shape.kind !== "number") return [];
    const before = shape.fields.slice(0, place).map((other) => sample(other.shape));
    const behind = shape.fields.slice(place + 1).flatMap((other) => (other.required ? [sample(other.shape)] : []));
    return edges(field.shape).map((edge) => {
      return { command, place: field.name, ...edge, text: [...before, edge.text, ...behind].join(",") };
    });
  });
}

describe("numbers are taken up to their bounds, and refused just beyond", () => {
  const bounds = COMMAND_NAMES.flatMap(boundsOf);

  test("every command that has a number with a bound is here", () => {
    const bounded = COMMAND_NAMES.filter((name) => /"(?:min|max|above|below)":/.test(numbersIn(grammarOf(name).shape)));
    expect([...new Set(bounds.map(({ command }) => command))]).toEqual(bounded);
  });

  test.each(bounds)("$command $place: $says", ({ command, text, taken }) => {
    const beside = command === "fit" ? "&wid=1" : "";
    const modifiers = command === "effect" ? `effect=${encodeValue(text)}` : modifierOf(command, text);
    const { problems } = readPlain(modifiers + beside);
    expect(problems.map((problem) => problem.command)).toEqual(taken ? [] : [command]);
  });
});

/** The number shapes inside of a shape, as JSON. */
function numbersIn(shape: Shape): string {
  if (shape.kind === "number") return JSON.stringify(shape);
  if (shape.kind === "fields") return shape.fields.map((field) => numbersIn(field.shape)).join();
  if (shape.kind === "list") return numbersIn(shape.of);
  return shape.kind === "either" ? shape.of.map(numbersIn).join() : "";
}
