import { Fault } from "../../faults.ts";
import { shown } from "../../protocol/problem.ts";
import type { SaveCondition } from "../../store/save-condition.ts";

/**
 * On which condition a save replaces what is there; undefined where on none.
 *
 * Only of a POST: on GET these headers mean caching, and CDNs consume them. A version that is named takes the place of
 * `Overwrite = false`, which is the default for those who name none (decision 017).
 *
 * @throws Fault where the headers cannot be understood: a save without them would replace what its client meant to keep
 * Source: save-contract "Two outcomes", 8; RFC 9110, 13.1.
 */
export function conditionOf(
  { method, headers }: Pick<Request, "method" | "headers">,
  { Overwrite }: { readonly Overwrite: boolean },
): SaveCondition | undefined {
  const ifMatch = method === "POST" ? headers.get("If-Match") : null;
  const ifNoneMatch = method === "POST" ? headers.get("If-None-Match") : null;
  if (ifMatch !== null && ifNoneMatch !== null) {
    throw new Fault("badRequest", "If-Match: wants no If-None-Match beside it, got both", { mayBeTold: true });
  }
  if (ifMatch !== null) return { replaces: etagIn(ifMatch) };
  if (ifNoneMatch !== null && ifNoneMatch.trim() !== "*") throw refused("If-None-Match", "*", ifNoneMatch);
  return ifNoneMatch !== null || !Overwrite ? { replaces: "nothing" } : undefined;
}

function etagIn(header: string): { readonly etag: string } {
  const [, etag] = /^\s*"([!#-~]+)"\s*$/.exec(header) ?? [];
  if (etag === undefined) throw refused("If-Match", 'one etag in quotes, "…"', header);
  return { etag };
}

function refused(header: string, wanted: string, got: string): Fault {
  return new Fault("badRequest", `${header}: wants ${wanted}, got ${shown(got)}`, { mayBeTold: true });
}
