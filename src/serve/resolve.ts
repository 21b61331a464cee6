import type { ImageRequest } from "../protocol/request.ts";
import { writeRequest } from "../protocol/write.ts";
import { refuseProblems } from "./incoming.ts";
import { uncachedReply } from "./replies.ts";
import type { Visit } from "./visit.ts";

/**
 * `req=resolve`: the request in its canonical form, after macros, variables, templates and merging, without the `req`
 * that asked for it. Source: protocol.md 4.1, A-58.
 */
export async function resolve({ request }: Visit, asked: ImageRequest): Promise<Response> {
  refuseProblems(asked.problems);
  const { req: _, ...rest } = asked.request;
  return uncachedReply(request, "text/plain", `${writeRequest({ ...asked, request: rest })}\n`);
}
