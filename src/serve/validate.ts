import { Fault } from "../faults.ts";
import { shown } from "../protocol/problem.ts";
import type { ReplyFormat } from "../protocol/req-types.ts";
import type { ImageRequest } from "../protocol/request.ts";
import { refuseProblems } from "./incoming.ts";
import { PROPERTY_FORMATS } from "./property-formats.ts";
import { uncachedReply } from "./replies.ts";

/**
 * `req=validate`: whether the request can be understood. Nothing is looked up. What is passed over is said as a note, or,
 * with `strict`, is an error. Source: protocol.md 4.1, A-58, A-65.
 */
export async function validate(request: Request, asked: ImageRequest): Promise<Response> {
  refuseProblems(asked.problems);
  const { req, handler, id } = asked.request;
  const strict = req?.format === "strict" || req?.option === "strict";
  const notes = asked.notes.map(({ name, says, at }) => `${shown(name)}: ${says} (at character ${at})`);
  if (strict && notes.length > 0) throw new Fault("badRequest", notes.join("; "), { mayBeTold: true });

  const format = PROPERTY_FORMATS[formatOf(req?.format)];
  const properties = {
    "request.isValid": 1,
    ...(notes.length === 0 ? {} : { "request.notes": notes.join("; ") }),
  };
  const addressed = { ...(handler === undefined ? {} : { handler }), ...(id === undefined ? {} : { id }) };
  return uncachedReply(request, format.mime, format.write(properties, addressed));
}

/** `jsonp` is a synonym of `json`. */
function formatOf(asked: ReplyFormat | "jsonp" | "strict" | undefined): ReplyFormat {
  if (asked === undefined || asked === "strict") return "text";
  return asked === "jsonp" ? "json" : asked;
}
