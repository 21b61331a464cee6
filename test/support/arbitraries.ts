import fc from "fast-check";
import { COMMAND_NAMES, COMMANDS, type CommandName, rowOf, slotOf } from "../../src/protocol/commands/table.ts";
import type { Colour } from "../../src/protocol/grammar/colour.ts";
import type { Grammar, Shape } from "../../src/protocol/grammar/grammar.ts";
import type { PathSegment } from "../../src/protocol/grammar/path-data.ts";
import type { Source } from "../../src/protocol/grammar/source.ts";
import type { Effect, ImageRequest, Layer } from "../../src/protocol/request.ts";
import { writeRequest } from "../../src/protocol/write.ts";

type Values = Readonly<Partial<Record<CommandName, unknown>>>;
type NumberShape = Extract<Shape, { kind: "number" }>;

export function grammarOf(name: CommandName): Grammar<unknown> {
  return COMMANDS[name].grammar;
}

/** What means something to the parser, and what takes several bytes, beside what does not. */
const TRICKY = [
  ..."&=%+#?$(){}<>;:,./\\'\"!*~^| -_[]aZ09",
  "é",
  "ß",
  "€",
  "中",
  "😀",
  "\u0301",
  "\u0000",
  "\n",
  "\ufeff",
];
const words = (characters: readonly string[], minLength: number, maxLength = 12) =>
  fc.string({ unit: fc.constantFrom(...characters), minLength, maxLength });
/** Any text without halves of surrogate pairs, which no URL has. */
const texts = fc.oneof(words(TRICKY, 0), fc.string({ unit: "binary", maxLength: 8 }));

/** Numbers that the shape takes, its bounds among them. Zero has no sign: texts give it none. */
function numbers({ whole, min, max, above, below }: NumberShape): fc.Arbitrary<number> {
  if (whole) {
    const least = min ?? (above === undefined ? -1_000_000 : above + 1);
    return fc.integer({ min: least, max: max ?? 1_000_000 });
  }
  const low = min ?? above;
  const high = max ?? below;
  const range = {
    ...(low === undefined ? {} : { min: low, minExcluded: min === undefined }),
    ...(high === undefined ? {} : { max: high, maxExcluded: max === undefined }),
  };
  const bounds = [min, max].flatMap((bound) => (bound === undefined ? [] : [bound]));
  const any = fc.double({ ...range, noNaN: true, noDefaultInfinity: true });
  return fc.oneof(...(bounds.length === 0 ? [] : [fc.constantFrom(...bounds)]), any).map((value) => value + 0);
}

const SPACES = [
  { space: "gray", count: 1, max: 100 },
  { space: "rgb", count: 3, max: 255 },
  { space: "cmyk", count: 4, max: 100 },
] as const;

/** Colours that a text says exactly: every component a whole decimal, or every one a byte. */
export const colours: fc.Arbitrary<Colour> = fc
  .tuple(fc.constantFrom(...SPACES), fc.boolean())
  .chain(([{ space, count, max }, hex]) => {
    const of = hex ? 255 : max;
    const component = fc.integer({ min: 0, max: of }).map((value) => value / of);
    return fc.record({
      space: fc.constant(space),
      components: fc.array(component, { minLength: count, maxLength: count }),
      alpha: fc.oneof(fc.constant(1), component),
      inSourceSpace: fc.boolean(),
    });
  });

const coordinate = numbers({ kind: "number", whole: false });

function segmentsOf(commands: string, unit: number): fc.Arbitrary<PathSegment> {
  const units = fc.array(fc.array(coordinate, { minLength: unit, maxLength: unit }), { minLength: 1, maxLength: 2 });
  return fc.record({
    command: fc.constantFrom(...(commands.split("") as PathSegment["command"][])),
    numbers: unit === 0 ? fc.constant([]) : units.map((some) => some.flat()),
  });
}

const paths: fc.Arbitrary<readonly PathSegment[]> = fc.oneof(
  { weight: 1, arbitrary: fc.constant([]) },
  {
    weight: 4,
    arbitrary: fc
      .tuple(
        segmentsOf("Mm", 2),
        fc.array(fc.oneof(segmentsOf("MmLl", 2), segmentsOf("Cc", 6), segmentsOf("Zz", 0)), { maxLength: 4 }),
      )
      .map(([first, rest]) => [first, ...rest]),
  },
);

/** Without what objects cannot have, and without brackets where the object is to stand inside of brackets. */
function objects(forbidden: RegExp): fc.Arbitrary<string> {
  const element = words(
    TRICKY.filter((character) => !/[/?,]/.test(character) && character >= " " && !forbidden.test(character)),
    1,
  ).filter((text) => text !== "..");
  return fc.array(element, { minLength: 1, maxLength: 3 }).map((elements) => elements.join("/").normalize("NFC"));
}

const anyObject = objects(/^$/);
const nestedObject = objects(/[()]/);

/** What stands between the brackets of a foreign URL or a request to another engine, whatever it means. */
const foreignTexts = fc
  .array(fc.constantFrom("a", "/", "?b=1", "&c=2", "(d)", "{e}", "%7B", "{f(g)&h=3}", ":", "+"), { minLength: 1 })
  .map((parts) => parts.join(""));

/** Sources of legal requests, but for those that are requests themselves; `ir` and `fxg` are read, and then refused. */
const plainSources: fc.Arbitrary<Source> = fc.oneof(
  fc.record({
    kind: fc.constant("object" as const),
    object: fc.oneof(
      anyObject,
      anyObject.map((name) => `/${name}`),
    ),
  }),
  fc.record({ kind: fc.constant("foreign" as const), url: foreignTexts }),
);
const sources: fc.Arbitrary<Source> = fc.oneof(
  plainSources,
  fc.record({ kind: fc.constantFrom("ir" as const, "fxg" as const), request: foreignTexts }),
  // In their canonical form, which is what reading makes of them.
  fc.record({
    kind: fc.constant("is" as const),
    request: fc.constantFrom(
      "",
      "a/b",
      "a?wid=9&hei=2",
      "a?layer=1&src=is{b?hei=3&layer=0&text=%28%7D}",
      "?layer=0&src=c",
    ),
  }),
);

const layerName = words([..."abcXYZ 09.-_&=%+$(){}é😀"], 1).filter(
  (name) => !/^\d+$/.test(name) && name.toLowerCase() !== "comp",
);
const layerNumber = fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 2_147_483_647 }));
const optionalName = fc.option(layerName, { nil: undefined }).map((name) => (name === undefined ? {} : { name }));
const selectors = fc.oneof(
  optionalName.map((name) => ({ kind: "comp", ...name })),
  fc.tuple(layerNumber, optionalName).map(([number, name]) => ({ kind: "number", number, ...name })),
  layerName.filter((name) => !/^[+-]?\d/.test(name)).map((name) => ({ kind: "name", name })),
);

/** Values that a shape describes, as far as it does. */
function valuesOfShape(shape: Shape): fc.Arbitrary<unknown> {
  switch (shape.kind) {
    case "number":
      return numbers(shape);
    case "keyword":
      return fc.constantFrom(...shape.words);
    case "flag":
      return fc.boolean();
    case "text":
      return texts;
    case "colour":
      return colours;
    case "path":
      return paths;
    case "object":
      return anyObject;
    case "source":
      return sources;
    case "layer":
      return selectors;
    case "fields":
      return recordOf(shape, (name) => shape.fields.find((field) => field.name === name)?.required === true);
    case "list":
      return fc.array(valuesOfShape(shape.of), { minLength: shape.min, maxLength: shape.max ?? shape.min + 3 });
    case "either":
      return fc.oneof(...shape.of.map(valuesOfShape));
  }
}

function recordOf(shape: Shape, isRequired: (name: string) => boolean): fc.Arbitrary<Record<string, unknown>> {
  const fields = shape.kind === "fields" ? shape.fields : [];
  return fc.record(Object.fromEntries(fields.map((field) => [field.name, valuesOfShape(field.shape)])), {
    requiredKeys: fields.map(({ name }) => name).filter(isRequired),
    noNullPrototype: true,
  });
}

const digits = (characters: string, length: number) => words([...characters], length, length);
const pathNames = fc.array(words([..."abc XYZ019&=%+#?$(){}'"], 1), { minLength: 1, maxLength: 3 });
const nonEmpty = texts.filter((text) => text !== "");

/** Each corner in its own quarter of a rectangle: such quads are convex. */
function quads(unit: number): fc.Arbitrary<unknown> {
  const off = fc.integer({ min: 0, max: 24 });
  return fc
    .tuple(
      fc.array(off, { minLength: 8, maxLength: 8 }),
      fc.integer({ min: -500, max: 500 }),
      fc.constantFrom(undefined, "R1", "R2", "R3", "R3T0", "R3T200"),
    )
    .map(([jitter, at, sampling]) => {
      const corners = [0, 0, 76, 0, 76, 76, 0, 76].map((corner, place) => (corner + (jitter[place] ?? 0) + at) / unit);
      return sampling === undefined ? { corners } : { corners, sampling };
    });
}

const all = () => true;

const level = fc.integer({ min: 0, max: 255 });

/** Commands whose grammars want more, or give more, than their shapes say. */
const SPECIAL: Readonly<Partial<Record<CommandName, fc.Arbitrary<unknown>>>> = {
  quantize: fc.record(
    {
      type: fc.constantFrom("adaptive", "web", "mac"),
      dither: fc.constantFrom("diffuse", "off"),
      numColors: fc.integer({ min: 2, max: 256 }),
      colorList: fc.array(fc.tuple(level, level, level), { minLength: 1, maxLength: 3 }),
    },
    { requiredKeys: ["type"] },
  ),
  imageSet: texts.map((text) => `{${text}}`),
  handler: words([..."azAZ09"], 1),
  locale: words([..."azAZ_- %&=+~"], 0),
  expires: digits("0123456789", 10),
  sig: digits("0123456789abcdef", 64),
  name: nonEmpty,
  labelkey: nonEmpty,
  defaultImage: fc.oneof(fc.constant(""), anyObject),
  clipPathE: pathNames,
  clipXPathE: pathNames,
  cropPathE: pathNames,
  perspective: quads(1),
  perspectiveN: quads(64),
  // The height of a value is always there, though texts may leave it out.
  size: recordOf(COMMANDS.size.grammar.shape, all),
  sizeN: recordOf(COMMANDS.sizeN.grammar.shape, all),
  // Only RGB; a contrast cannot be said without the word before it.
  op_colorize: recordOf(COMMANDS.op_colorize.grammar.shape, (name) => name === "colour").filter(
    ({ colour, median, contrast }) => {
      return (colour as Colour).space === "rgb" && (contrast === undefined || median !== undefined);
    },
  ),
  effect: fc.integer({ min: -2_147_483_647, max: 2_147_483_647 }).filter((number) => number !== 0),
};

const VALUES = new Map(
  COMMAND_NAMES.map((name) => [name, SPECIAL[name] ?? valuesOfShape(grammarOf(name).shape)] as const),
);

/** Values that the grammar of a command gives: derived from its row in the table. */
export function valuesOf(name: CommandName): fc.Arbitrary<unknown> {
  const values = VALUES.get(name);
  if (values === undefined) throw new TypeError(`no such command: ${name}`);
  return values;
}

/** A few of these commands with values, at most one a slot. */
function groupOf(names: readonly CommandName[], minLength = 0): fc.Arbitrary<Values> {
  return fc.subarray([...names], { minLength, maxLength: Math.min(names.length, 5) }).chain((chosen) => {
    const bySlot = new Map(chosen.map((name) => [slotOf(name), name]));
    const values = [...bySlot.values()].map((name) => [name, isSource(name) ? plainSources : valuesOf(name)] as const);
    return fc.record(Object.fromEntries(values), { noNullPrototype: true });
  });
}

const isSource = (name: CommandName) => name === "src" || name === "mask";

const LAYER = COMMAND_NAMES.filter((name) => rowOf(name).scope === "layer");
const atComposite = (goes: string) => LAYER.filter((name) => compOf(name) === goes);

function compOf(name: CommandName): string {
  const row = rowOf(name);
  return row.scope === "layer" ? row.comp : "";
}

/** Commands of a scope; inside of a nested request without those that are passed over or refused there. */
function ofScope(scope: "request" | "view", nested: boolean): readonly CommandName[] {
  return COMMAND_NAMES.filter((name) => {
    const row = rowOf(name);
    // A template has to be somewhere: test/protocol/canonical-records.test.ts has catalogs.
    if (row.scope !== scope || name === "template") return false;
    return !nested || !(("outermost" in row && row.outermost) || ("clientOnly" in row && row.clientOnly));
  });
}

const IN_EFFECTS = LAYER.filter((name) => {
  const row = rowOf(name);
  return row.scope === "layer" && row.kinds.includes("effect");
});

const effectLists: fc.Arbitrary<readonly Effect[]> = fc
  .uniqueArray(fc.record({ number: valuesOf("effect") as fc.Arbitrary<number>, commands: groupOf(IN_EFFECTS, 1) }), {
    selector: ({ number }) => number,
    maxLength: 2,
  })
  .map((list) => list.toSorted((one, other) => one.number - other.number) as readonly Effect[]);

type Loose = Record<string, unknown>;

function without(values: Loose, ...names: readonly CommandName[]): Loose {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name as CommandName)));
}

/** What checks.ts does not allow, taken out. */
function legalLayer(number: number, given: Loose): Loose {
  const commands = number === 0 ? without(given, ...atComposite("ignored"), "sizeN") : given;
  const length = (name: CommandName) => (commands[name] as readonly unknown[] | undefined)?.length ?? 0;
  const twoPaths = length("textPath") > 0 && length("textFlowPath") > 0;
  // A colour with a clip path is as large as the path, and takes none of the commands that scale or turn.
  const ofPath = commands.color !== undefined && length("clipPath") > 0;
  return without(commands, ...(twoPaths ? ["textFlowPath" as const] : []), ...(ofPath ? ["clipPath" as const] : []));
}

interface Whole {
  readonly request: Loose;
  readonly view: Loose;
}

function legalWhole({ request, view }: Whole): Whole {
  const req = request.req as { type: string; format?: string } | undefined;
  const strict = req?.format === "strict" && req.type !== "validate";
  const unfit = req?.type === "tmb" || (view.wid === undefined && view.hei === undefined);
  return { request: strict ? without(request, "req") : request, view: unfit ? without(view, "fit") : view };
}

const none = fc.constant(undefined);

function layersOf(depth: number): fc.Arbitrary<readonly Layer[]> {
  const inner = depth === 0 ? none : fc.option(requestsAt(depth - 1, true), { nil: undefined, freq: 3 });
  const layer = fc.record({
    number: layerNumber,
    commands: groupOf(LAYER),
    effects: effectLists,
    src: inner,
    mask: inner,
  });
  return fc
    .tuple(
      fc.uniqueArray(layer, { selector: ({ number }) => number, maxLength: 3 }),
      fc.uniqueArray(layerName, { maxLength: 4 }),
    )
    .map(([layers, names]) =>
      layers
        .toSorted((one, other) => one.number - other.number)
        .map(({ number, commands, effects, src, mask }, place): Layer => {
          const nested = { ...(src === undefined ? {} : { src }), ...(mask === undefined ? {} : { mask }) };
          const own = legalLayer(number, src === undefined ? commands : without(commands, "text", "textPs"));
          const written = Object.entries(nested).map(([name, request]) => [
            name,
            { kind: "is", request: writeRequest(request) } satisfies Source,
          ]);
          return {
            number,
            names: names.filter((_, at) => at % layers.length === place),
            commands: { ...own, ...Object.fromEntries(written) },
            effects,
            nested,
          };
        }),
    );
}

function requestsAt(depth: number, nested: boolean): fc.Arbitrary<ImageRequest> {
  return fc
    .record({
      object: nested ? fc.oneof(fc.constant(""), nestedObject) : anyObject,
      request: groupOf(ofScope("request", nested)),
      view: groupOf(ofScope("view", nested)),
      composite: fc.record({ commands: groupOf(atComposite("composite")), effects: effectLists }),
      finalView: groupOf(atComposite("view")),
      layers: layersOf(depth),
    })
    .map(
      (whole): ImageRequest =>
        ({ ...whole, ...legalWhole(whole), origins: [], problems: [], notes: [] }) as ImageRequest,
    );
}

/** Whole requests that the rules allow, as the parser gives them; some with requests nested in them, two deep. */
export const requests: fc.Arbitrary<ImageRequest> = requestsAt(2, false);
