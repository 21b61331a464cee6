import { extensionOf } from "../protocol/formats.ts";

/** Where a source lies, as far as that can be said without looking. */
export interface SourcePlace {
  /** Below SOURCES, as `FoundObject` has it. */
  readonly path: string;
  /** That of its catalog, without the dot; "" for none. */
  readonly DefaultExt: string;
}

/** Those of pictures that are decoded; tried in this order where there is no such key itself. */
export const KNOWN_EXTENSIONS = ["jpg", "jpeg", "png", "webp"];

/**
 * The keys under which a source may lie, best first: its path, with DefaultExt, with the known extensions.
 * Source: protocol.md 2.5 (6, 7), A-51.
 */
export function keysOf({ path, DefaultExt }: SourcePlace): readonly string[] {
  const extensions = extensionOf(path) === "" && DefaultExt !== "" ? [DefaultExt] : [];
  return [...new Set([path, ...[...extensions, ...KNOWN_EXTENSIONS].map((extension) => `${path}.${extension}`)])];
}
