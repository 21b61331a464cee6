import { plannedCommands } from "../protocol/planned.ts";
import type { ImageRequest } from "../protocol/request.ts";
import { foundSources } from "./found-sources.ts";
import { refuseProblems } from "./incoming.ts";
import { planned } from "./picture.ts";
import { uncachedReply } from "./replies.ts";
import type { CatalogSite } from "./site.ts";
import { deadlineOf, type Visit } from "./visit.ts";

/**
 * `req=plan`: what would be done to make the picture, as JSON, with the bytes that it would hold at most. Headers of
 * sources are read, but nothing is decoded. It is no part of the protocol.
 */
export async function plan(visit: Visit, asked: ImageRequest, site: CatalogSite): Promise<Response> {
  const { request } = visit;
  refuseProblems(asked.problems);
  const deadline = deadlineOf(visit, site.settings.ImageTimeout, "imageTimeout");
  try {
    const { plan: decided } = await planned(asked, foundSources(asked, site), site, deadline);
    const ignored = plannedCommands(asked);
    const body = JSON.stringify({ ...decided, ...(ignored.length === 0 ? {} : { ignored }) }, null, 2);
    return uncachedReply(request, "application/json", `${body}\n`);
  } finally {
    deadline.end();
  }
}
