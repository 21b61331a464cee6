import type { CatalogView, RecordTexts } from "../../../src/protocol/catalog-view.ts";
import { expandMacros, type Macros } from "../../../src/protocol/macros.ts";
import { splitModifiers } from "../../../src/protocol/modifiers.ts";
import { type Problem, shown } from "../../../src/protocol/problem.ts";
import { readRequest } from "../../../src/protocol/read.ts";
import { type ImageRequest, layerZero } from "../../../src/protocol/request.ts";
import { isObject } from "../../../src/protocol/sources.ts";
import { definedName } from "../../../src/protocol/variables.ts";
import { unbuiltIn } from "./unbuilt.ts";

/** Something about a text of commands, at a character of it. */
export interface TextRemark {
  readonly at: number;
  readonly weight: "entry" | "note";
  readonly says: string;
}

/** The texts of a record, and what they are called in messages. */
const CALLED = { modifier: "the Modifier of", postModifier: "the PostModifier of" } as const;

/**
 * What is to be said about one of the two texts of a record: what a request would say that names the record in its path or, where it
 * is a template, that names some other object there.
 */
export function recordTextRemarks(
  path: string,
  view: CatalogView,
  field: keyof typeof CALLED,
  isTemplate: boolean,
): readonly TextRemark[] {
  const { ofPath } = view;
  const text = ofPath?.[field];
  if (ofPath === undefined || text === undefined) return [];
  const alone = { ...ofPath, ...ONLY_TEXTS, modifier: undefined, postModifier: undefined, [field]: text };
  const named = (object: string) => (isTemplate && object === SOME_OBJECT ? undefined : view.named(object));
  const request = readAs(isTemplate ? SOME_OBJECT : path, "", { ...view, named, ofPath: alone });
  return [
    ...remarksOf(request, `${CALLED[field]} ${ofPath.name}`),
    ...unbuiltIn(request),
    ...withoutDefaults(text, ofPath.macros),
  ];
}

/** What `$object$` is in a template while it is looked at: a picture about which no record says anything. */
const SOME_OBJECT = "an object";

/** What is to be said about the body of a macro: what a request would say that has it in the place of its call. */
export function macroRemarks(path: string, view: CatalogView, body: string): readonly TextRemark[] {
  const request = readAs(path, body, { ...view, ofPath: undefined });
  // Reading the file has looked at what it calls.
  return [...remarksOf(request, undefined), ...unbuiltIn(request)].filter(({ at }) => !isCall(body, at));
}

/** What the Modifier of a record without a picture makes layer 0 of: one, what is not built yet, or nothing at all. */
export function contentOf(path: string, view: CatalogView): "picture" | "unbuilt" | "nothing" {
  const ground = layerZero(modifierOf(path, view) ?? { layers: [] })?.commands ?? {};
  if (ground.src !== undefined && isObject(ground.src)) return "picture";
  return CONTENT.some((command) => command in ground) ? "unbuilt" : "nothing";
}

const CONTENT = ["src", "text", "textPs", "color"] as const;

/** An object that the Modifier of a record names in `src=` or `mask=`, and at which character of it. */
export interface NamedObject {
  readonly command: "src" | "mask";
  readonly object: string;
  readonly at: number;
}

/** Those of all layers, but for what the request says: `$object$`, and variables without a default. */
export function objectsNamed(view: CatalogView): readonly NamedObject[] {
  const named = (object: string) => (object === SOME_OBJECT ? undefined : view.named(object));
  const { layers, origins } = modifierOf(SOME_OBJECT, { ...view, named }) ?? NO_LAYERS;
  return layers.flatMap(({ number, commands }) =>
    SOURCES.flatMap((command) => {
      const source = commands[command];
      if (source === undefined || !isObject(source)) return [];
      const { object } = source;
      if (object === SOME_OBJECT || VARIABLE.test(object)) return [];
      const origin = origins.find((one) => one.command === command && one.of === `layer ${number}`);
      return [{ command, object, at: origin?.at ?? 0 }];
    }),
  );
}

const SOURCES = ["src", "mask"] as const;
const NO_LAYERS: Pick<ImageRequest, "layers" | "origins"> = { layers: [], origins: [] };

/** A Modifier alone, as a request by this path reads it. */
function modifierOf(path: string, view: CatalogView): ImageRequest | undefined {
  const { ofPath } = view;
  if (ofPath?.modifier === undefined) return undefined;
  return readAs(path, "", { ...view, ofPath: { ...ofPath, ...ONLY_TEXTS, postModifier: undefined } });
}

/** A record's other fields have been judged where they were read. */
const ONLY_TEXTS = { fields: "", broken: undefined } as const satisfies Partial<RecordTexts>;

function readAs(path: string, client: string, view: CatalogView): ImageRequest {
  return readRequest(path, client, { catalogs: view, unknownMacro: "error" });
}

/** @param called how messages call the text that is looked at; undefined for the client's */
function remarksOf({ problems, notes }: ImageRequest, called: string | undefined): readonly TextRemark[] {
  return [
    ...problems
      .filter((problem) => !leftToTheRequest(problem))
      .map(({ command, wanted, got, ...place }) => {
        const says = `${command}: wants ${wanted}, got ${shown(got)}`;
        return remark("entry", says, place, called);
      }),
    ...notes.map(({ name, says, ...place }) => remark("note", `${name}: ${says}`, place, called)),
  ];
}

/** What stands in another text, as in the Modifier of a record that this one names, is said at the beginning of this one. */
function remark(
  weight: TextRemark["weight"],
  says: string,
  place: Pick<Problem, "at" | "in">,
  called: string | undefined,
): TextRemark {
  return place.in === called
    ? { at: place.at, weight, says }
    : { at: 0, weight, says: place.in === undefined ? says : `${says} (in ${place.in}, at character ${place.at})` };
}

/** What a URL may add, as URLs with presets do: the size for a fit, the value of a variable. */
function leftToTheRequest({ command, got }: Problem): boolean {
  return (command === "fit" && got === "neither") || VARIABLE.test(got);
}

const VARIABLE = /\$[\w.-]{1,100}\$/;

/** Whether the call of a macro stands here. */
function isCall(text: string, at: number): boolean {
  return /^\$[^$&=]*\$(?:=?(?:&|$))/.test(text.slice(at, at + 200));
}

/** What requests and error images are given. Source: protocol.md 1.6. */
const PREDEFINED = ["object", "error.title", "error.message"];

/** Whether a modifier of a nested request stands here that is nothing but the call of a macro. */
function isNestedCall(value: string, at: number): boolean {
  return /^[a-z]*[({]/i.test(value) && /^[?&]\$[^$]+\$=?[&)}]/.test(value.slice(at - 1, at + 200));
}

/** References to variables for which neither the text nor a macro that it calls has a default. Source: protocol.md 1.8. */
function withoutDefaults(text: string, macros: Macros): readonly TextRemark[] {
  const own = splitModifiers(text, "record");
  const { modifiers } = expandMacros(own, macros, "ignore");
  const defined = new Set([...PREDEFINED, ...modifiers.flatMap((modifier) => definedName(modifier) ?? [])]);
  return own.flatMap(({ value = "", at }) =>
    [...value.matchAll(/\$([\w.-]{1,100})\$/g)]
      .filter(({ 1: name = "", index }) => !defined.has(name.toLowerCase()) && !isNestedCall(value, index))
      .map((reference) => {
        const says = `the variable ${reference[0]} has no default here: a URL must give it`;
        return { at: at + reference.index, weight: "note", says } as const;
      }),
  );
}
