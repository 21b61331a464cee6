import { writeOrigins } from "../protocol/origins.ts";
import type { ImageRequest } from "../protocol/request.ts";
import { writeRequest } from "../protocol/write.ts";
import { refuseProblems } from "./incoming.ts";
import { uncachedReply } from "./replies.ts";
import type { CatalogSite } from "./site.ts";
import type { Visit } from "./visit.ts";

/**
 * `req=resolve`: the request in its canonical form, after macros, variables, templates and merging, without the `req`
 * that asked for it. From ErrorDetail 2 on, where each of its commands came from, which names records and files.
 * Source: protocol.md 4.1, A-58.
 */
export async function resolve({ request }: Visit, asked: ImageRequest, { settings }: CatalogSite): Promise<Response> {
  refuseProblems(asked.problems);
  const { req: _, ...rest } = asked.request;
  const shown = { ...asked, request: rest };
  const origins = settings.ErrorDetail >= 2 ? writeOrigins(shown) : "";
  const lines = [writeRequest(shown), ...(origins === "" ? [] : [origins])];
  return uncachedReply(request, "text/plain", `${lines.join("\n")}\n`);
}
