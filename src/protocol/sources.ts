import type { Source } from "./grammar/source.ts";
import type { Wrong } from "./problem.ts";
import { type ImageRequest, layerZero } from "./request.ts";

/** The objects that the picture of a request is made of. */
export interface SourceObjects {
  /** "" where the request names none. */
  readonly picture: string | Wrong;
  /** Undefined where there is no mask, or it is not used. */
  readonly mask: string | undefined;
}

/**
 * The objects of layer 0: its `src=` or else the object of the path, and its `mask=`.
 *
 * Requests inside of them, and URLs, are not built yet: the path's object stands in, and `plannedCommands` says so.
 */
export function sourcesOf({ object, layers }: Pick<ImageRequest, "object" | "layers">): SourceObjects {
  const { src, mask, maskUse } = layerZero({ layers })?.commands ?? {};
  return {
    picture: objectOf(src) ?? object,
    mask: maskUse === "off" ? undefined : objectOf(mask),
  };
}

/** Whether it can be looked up by its name. */
export function isObject(source: Source): source is Extract<Source, { kind: "object" }> {
  return source.kind === "object";
}

/** Without the slash by which another catalog's is named: there is but one place to look. */
function objectOf(source: Source | undefined): string | undefined {
  return source !== undefined && isObject(source) ? source.object.replace(/^\/+/, "") : undefined;
}
