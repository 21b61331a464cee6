import type { CompositeValues, FinalViewValues, LayerValues, RequestValues, ViewValues } from "./commands/table.ts";
import type { CommandOrigin } from "./origins.ts";
import type { Problem, Wrong } from "./problem.ts";

/** A request after macros, variables, merging and routing: every value read by its grammar. */
export interface ImageRequest {
  /** The object of the path, decoded; "" where the path names none. */
  readonly object: string | Wrong;
  readonly request: RequestValues;
  readonly view: ViewValues;
  readonly composite: { readonly commands: CompositeValues; readonly effects: readonly Effect[] };
  /** Operations on the view, after all scaling. */
  readonly finalView: FinalViewValues;
  /** By their numbers, which are their order from the bottom. */
  readonly layers: readonly Layer[];
  /**
   * Variables of the client to which a PostModifier may refer, encoded, by their names in lower case; absent where there are none. A
   * PostModifier overrides whatever the client says, and without them it would say something else the next time.
   */
  readonly variables?: ReadonlyMap<string, string>;
  /** Who said each of the commands, in the order of the canonical form. */
  readonly origins: readonly CommandOrigin[];
  /** What could not be understood. A request with problems is refused, but its `req` may still be known. */
  readonly problems: readonly Problem[];
  /** What does nothing, and why: unknown names, commands where they cannot apply. */
  readonly notes: readonly Note[];
}

export interface Layer {
  readonly number: number;
  readonly names: readonly string[];
  readonly commands: LayerValues;
  readonly effects: readonly Effect[];
  /** The requests nested in `src=is{…}` and `mask=is{…}`. */
  readonly nested: { readonly src?: ImageRequest; readonly mask?: ImageRequest };
}

/** The layer at the bottom, which is the canvas; undefined where nothing was said of it. */
export function layerZero({ layers }: Pick<ImageRequest, "layers">): Layer | undefined {
  return layers.find(({ number }) => number === 0);
}

export interface Effect {
  /** Negative: behind its layer; positive: on top of it. */
  readonly number: number;
  readonly commands: LayerValues;
}

/** What the note about a macro says that was passed over. */
export const NO_MACRO = "there is no such macro";

/** What the note about a name says that is not one of a command. */
export const NO_COMMAND = "there is no such command";

export interface Note {
  readonly name: string;
  readonly says: string;
  /** Characters into the client's modifiers. */
  readonly at: number;
  /** The text that is meant instead where it is not the client's: `the Modifier of acme/shoe`. */
  readonly in?: string;
}
