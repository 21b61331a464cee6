import type { CompositeValues, FinalViewValues, LayerValues, RequestValues, ViewValues } from "./commands/table.ts";
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

export interface Note {
  readonly name: string;
  readonly says: string;
  /** Characters into the client's modifiers. */
  readonly at: number;
}
