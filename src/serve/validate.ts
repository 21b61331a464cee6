import { Fault } from "../faults.ts";
import { describe, shown } from "../protocol/problem.ts";
import type { ReplyFormat } from "../protocol/req-types.ts";
import type { ImageRequest } from "../protocol/request.ts";
import { PROPERTY_FORMATS } from "./property-formats.ts";
import { uncachedReply } from "./replies.ts";
import type { Visit } from "./visit.ts";

/**
 * `req=validate`: whether the request can be understood. Nothing is looked up. What is passed over is said as a note, or,
 * with `strict`, is an error. Errors come in the format that was asked for, too.
 * Source: protocol.md 4.1, 7.3, A-58, A-65.
 */
export async function validate({ request }: Visit, asked: ImageRequest): Promise<Response> {
  const { req, handler, id } = asked.request;
  const format = formatOf(req?.format);
  const strict = req?.format === "strict" || req?.option === "strict";
  const notes = asked.notes.map(({ name, says, at }) => `${shown(name)}: ${says} (at character ${at})`);
  const errors = [...asked.problems.map(describe), ...(strict ? notes : [])];
  if (errors.length > 0 && format === "text") throw new Fault("badRequest", errors.join("; "), { mayBeTold: true });

  const properties =
    errors.length > 0
      ? { "request.isValid": 0, "request.error": "badRequest", "request.message": errors.join("; ") }
      : { "request.isValid": 1, ...(notes.length === 0 ? {} : { "request.notes": notes.join("; ") }) };
  const addressed = { ...(handler === undefined ? {} : { handler }), ...(id === undefined ? {} : { id }) };
  const { mime, write } = PROPERTY_FORMATS[format];
  return uncachedReply(request, mime, write(properties, addressed), errors.length > 0 ? 403 : 200);
}

/** `jsonp` is a synonym of `json`. */
function formatOf(asked: ReplyFormat | "jsonp" | "strict" | undefined): ReplyFormat {
  if (asked === undefined || asked === "strict") return "text";
  return asked === "jsonp" ? "json" : asked;
}
