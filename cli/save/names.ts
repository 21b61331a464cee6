import { Fault } from "../../src/faults.ts";
import { extensionOf, FORMATS, isImageName } from "../../src/protocol/formats.ts";
import { savePlace } from "../../src/store/save-key.ts";
import type { PictureUrl } from "./picture-url.ts";

/** What a name can be made of. */
interface NameFacts {
  readonly picture: PictureUrl;
  /** From 1. */
  readonly number: number;
  readonly total: number;
}

/** The extensions of files by the family of their format. */
const EXTENSIONS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...{ jpeg: "jpg", png: "png", png8: "png", webp: "webp", avif: "avif", gif: "gif" },
    ...{ tiff: "tif", jpeg2000: "jp2", jpegxr: "jxr", heic: "heic" },
  }),
);
const FAMILIES: ReadonlyMap<string, string> = new Map(FORMATS.map(({ keyword, family }) => [keyword, family]));

/** What stands for itself in braces. */
const PLACEHOLDERS: ReadonlyMap<string, (facts: NameFacts) => string> = new Map([
  ["path", ({ picture }) => pathOf(picture)],
  ["base", ({ picture }) => pathOf(picture).replace(/^.*\//s, "")],
  ["n", ({ number, total }) => `${number}`.padStart(`${total}`.length, "0")],
  ["preset", ({ picture }) => presetOf(picture) ?? "none"],
  ["wid", ({ picture }) => picture.modifiers.get("wid") ?? "auto"],
  ["hei", ({ picture }) => picture.modifiers.get("hei") ?? "auto"],
  ["ext", ({ picture }) => extensionFor(picture)],
]);

export const DEFAULT_PATTERN = "{path}";

/** A pattern of names, read. */
export interface NamePattern {
  /** Text and placeholders in turn, beginning and ending with text. */
  readonly parts: readonly string[];
}

/** @returns what is wrong with it, as text, where it has a placeholder that is none */
export function readPattern(text: string): NamePattern | string {
  const parts = text.split(/\{([^{}]*)\}/);
  const unknown = parts.filter((part, at) => at % 2 === 1 && !PLACEHOLDERS.has(part));
  const known = [...PLACEHOLDERS.keys()].map((each) => `{${each}}`).join(" ");
  return unknown.length === 0 ? { parts } : `wants ${known}, got {${unknown[0]}}`;
}

/**
 * The name that a pattern makes. Where it comes out without the extension of an image, that of the format follows: without one
 * the server would save the same picture, and whoever opens the file could not tell.
 */
export function nameBy({ parts }: NamePattern, facts: NameFacts): string {
  const name = parts.map((part, at) => (at % 2 === 0 ? part : (PLACEHOLDERS.get(part)?.(facts) ?? ""))).join("");
  return extensionOf(name) !== "" && isImageName(name) ? name : `${name}.${extensionFor(facts.picture)}`;
}

/** The object without the extension of an image: it tells of the source, and says nothing of what is saved. */
function pathOf({ object }: PictureUrl): string {
  const stem = isImageName(object) ? object.replace(/\.[^./]+$/, "") : object;
  // Names have neither, since some systems mean drives and folders by them; objects of real sites have colons.
  return stem.replace(/[\\:]/g, "-");
}

/** The first macro that is called: `$pdp-main$`. */
function presetOf({ modifiers }: PictureUrl): string | undefined {
  const call = [...modifiers].find(([name, value]) => value === undefined && /^\$.+\$$/.test(name));
  return call?.[0].slice(1, -1);
}

/** Where the URL says no format the picture is a JPEG, unless a preset knows better. */
function extensionFor({ modifiers }: PictureUrl): string {
  const [keyword = "jpeg"] = modifiers.get("fmt")?.toLowerCase().split(",") ?? [];
  return EXTENSIONS.get(FAMILIES.get(keyword) ?? "jpeg") ?? keyword;
}

/** A folder stands for the server's: what is wrong with a name does not depend on it, but for the length of the longest. */
const ANYWHERE = { SaveDirectory: "", SavePath: "x" };

/** Why the server would refuse a name, whatever its settings are; undefined where it would not. Source: save-contract "Where it goes". */
export function nameProblem(name: string): string | undefined {
  try {
    savePlace(name, ANYWHERE, isImageName);
    return undefined;
  } catch (thrown) {
    if (!(thrown instanceof Fault)) throw thrown;
    return `the name ${JSON.stringify(name)}: ${thrown.detail ?? thrown.message}`;
  }
}
