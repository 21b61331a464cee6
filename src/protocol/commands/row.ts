import type { Grammar } from "../grammar/grammar.ts";

/** The kinds of layer that a command can apply to. */
export type LayerKind = "image" | "solid" | "text" | "effect";

export const IMAGE: readonly LayerKind[] = ["image"];
export const TEXT: readonly LayerKind[] = ["text"];
export const MASKED: readonly LayerKind[] = ["image", "solid"];
export const ALL: readonly LayerKind[] = ["image", "solid", "text"];
export const ALL_AND_EFFECTS: readonly LayerKind[] = ["image", "solid", "text", "effect"];

/** How far a command is built. What is recognised and not built yet is not the same as what is unknown. */
export const STATES = {
  done: "carried out as the protocol says",
  partial: "carried out for some of its values",
  planned: "read and checked, then passed over; the reply names it",
  ignored: "means nothing to this server, and never will",
} as const;

type State = keyof typeof STATES;

/** What a form has to find a command for, by whatever name: it would put the rest together by `shape` alone. */
export const ROLES = {
  type: "says what is to be done: its first word is a request type",
  saveName: "says where a save goes",
  width: "width of the reply in pixels",
  height: "height of the reply in pixels",
} as const;

/** What a rectangle is measured in: pixels of one of these pictures, or shares of its size. */
export interface Frame {
  /** The source picture turned upright, the composite, or the view before this command cuts its part out of it. */
  readonly of: "source" | "composite" | "view";
  readonly unit: "pixels" | "share";
}

interface Described {
  readonly grammar: Grammar<unknown>;
  readonly state: State;
  readonly default: string;
  /** One sentence. */
  readonly about: string;
  readonly example: string;
  /** Where protocol.md speaks of it. */
  readonly section: string;
  /** Spellings that replace one another share a slot: the last one counts. */
  readonly slot?: string;
  /** Older spellings. */
  readonly aliases?: readonly string[];
  readonly role?: keyof typeof ROLES;
  /** Of a value that is a rectangle: somebody could draw it. */
  readonly frame?: Frame;
}

/** A command of the whole request or of the view: it may stand anywhere. */
export interface RequestRow extends Described {
  readonly scope: "request" | "view";
  /** Counts only in the client's own modifiers, never from a macro, record, template or nested request; takes no variables. */
  readonly clientOnly?: true;
  /** Passed over inside a nested request (protocol.md 1.9). */
  readonly outermost?: true;
}

/** A command of a layer. */
export interface LayerRow extends Described {
  readonly scope: "layer";
  /** Where it goes while `layer=comp` is current. Source: protocol.md 1.7. */
  readonly comp: "layer0" | "composite" | "view" | "ignored";
  readonly kinds: readonly LayerKind[];
}

/** A command that says to which layer or effect the following ones belong. */
export interface SegmentRow extends Described {
  readonly scope: "segment";
}

export type CommandRow = RequestRow | LayerRow | SegmentRow;
export type Rows<Row extends CommandRow> = Readonly<Record<string, Row>>;

export function isLayer(row: CommandRow): row is LayerRow {
  return row.scope === "layer";
}
