import type { Source } from "./grammar/source.ts";
import type { Wrong } from "./problem.ts";
import { type ImageRequest, layerZero } from "./request.ts";

/** The objects that the picture of a request is made of, as they were asked for: a slash before one means another catalog. */
export interface SourceObjects {
  /** "" where the request names none. */
  readonly picture: string | Wrong;
  /** Undefined where `mask=` names none, or no mask is used. */
  readonly mask: string | undefined;
  /** Whether the mask is used that the picture's record may have. */
  readonly recordMask: boolean;
}

/**
 * The objects of layer 0: its `src=`, or else the template, or else the object of the path; and its `mask=`.
 *
 * Requests inside of them, and URLs, are not built yet: the template or the path's object stands in, and `plannedCommands`
 * says so. Source: protocol.md 1.8, 3.4.
 */
export function sourcesOf({
  object,
  request,
  layers,
}: Pick<ImageRequest, "object" | "request" | "layers">): SourceObjects {
  const { src, mask, maskUse } = layerZero({ layers })?.commands ?? {};
  return {
    picture: objectOf(src) ?? request.template ?? object,
    mask: maskUse === "off" ? undefined : objectOf(mask),
    recordMask: maskUse !== "off" && mask === undefined,
  };
}

/** Whether it can be looked up by its name. */
export function isObject(source: Source): source is Extract<Source, { kind: "object" }> {
  return source.kind === "object";
}

function objectOf(source: Source | undefined): string | undefined {
  return source !== undefined && isObject(source) ? source.object : undefined;
}
