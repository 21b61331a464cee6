import type { FaultCode } from "../../../src/faults.ts";
import type { Carriage } from "../carriages.ts";

/** What comes of a save that is asked for under a name. */
export type Outcome =
  /** It is done under exactly this name, below SavePath. */
  | { readonly saved: string }
  | { readonly error: FaultCode; readonly says: string }
  /** It is not a save: the picture is shown. */
  | "shown";

/** A name, what comes of it, and why. */
export interface NameRow {
  /** Behind `name=`, as a client writes it. */
  readonly written: string;
  readonly outcome: Outcome;
  readonly why: string;
  /** Where the way in which it comes makes a difference. */
  readonly except?: {
    readonly by: readonly Carriage[];
    readonly outcome: Outcome;
    readonly why: string;
  };
}

type Written = readonly [written: string, outcome: Outcome, why: string, except?: NameRow["except"]];

export function rows(...written: readonly Written[]): readonly NameRow[] {
  return written.map(([text, outcome, why, except]) => ({
    written: text,
    outcome,
    why,
    ...(except === undefined ? {} : { except }),
  }));
}

export const saved = (name: string): Outcome => ({ saved: name });
const invalid = (says: string): Outcome => ({ error: "nameInvalid", says });

export const ABSOLUTE = invalid("a slash at its beginning: it must be relative");
export const BACKSLASH = invalid("a backslash");
export const BIDI = invalid("a bidirectional control character");
export const CLIMB = invalid("a segment that is ..");
export const CONTROL = invalid("a control character");
export const DOT = invalid("a segment that is .");
export const DRIVE = invalid("a drive letter: it must be relative");
export const EMPTY_SEGMENT = invalid("an empty segment");
export const FOLDER = invalid("a slash at its end: it must name a file");
export const LINE_SEPARATOR = invalid("a Unicode line separator");
export const NOT_IMAGE = invalid("its extension is not an image's");
export const OURS = invalid("a segment that is .provenance");
export const REPLACED = invalid("the replacement character U+FFFD");
export const SCHEME = invalid("a scheme: it must be relative");
export const tooLong = (bytes: number) => invalid(`its key would have ${bytes} bytes, at most 1024 are possible`);
export const muchTooLong = (characters: number) => invalid(`it has ${characters} characters`);

export const NO_NAME: Outcome = { error: "badRequest", says: "name: wants a relative path, got nothing" };
export const NOT_UTF8: Outcome = { error: "badRequest", says: "name: wants text in UTF-8" };
export const NEEDS_FMT: Outcome = { error: "badRequest", says: "name: wants fmt= beside the extension" };
export const NOT_BUILT: Outcome = { error: "notBuilt", says: "fmt=" };
