import { plannedCommands } from "../protocol/planned.ts";
import type { ImageRequest } from "../protocol/request.ts";

/**
 * Names what is known and not built yet, without which the picture was made, and what was wrong with its sources.
 *
 * @param warnings as far as they are known: of a reply that is a stream, those of its beginning
 */
export function pictureHeaders(asked: ImageRequest, warnings: ReadonlySet<string>): Readonly<Record<string, string>> {
  const ignored = plannedCommands(asked);
  return {
    ...(ignored.length === 0 ? {} : { "X-Fixative-Ignored": ignored.join(", ") }),
    ...(warnings.size === 0 ? {} : { "X-Fixative-Warning": [...warnings].join("; ") }),
  };
}
