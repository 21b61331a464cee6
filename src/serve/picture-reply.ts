import { PIECE_BYTES } from "../plan/delivery.ts";
import { logLine } from "../resolve/log-line.ts";
import { begunFile } from "./file-pieces.ts";
import type { Making, Picture } from "./picture.ts";
import type { CatalogSite } from "./site.ts";
import { streamedReply } from "./streamed-reply.ts";
import type { Visit } from "./visit.ts";

/** In what a picture is shown. */
interface Showing {
  readonly visit: Visit;
  readonly site: CatalogSite;
  readonly making: Making;
  /** Takes the reply that is a stream, as soon as there is one. */
  readonly answer: (reply: Response) => void;
}

/** What is known of a reply before it is sent. */
export interface Headed {
  readonly headers: Readonly<Record<string, string>>;
  /** The client has it. */
  readonly isKnown?: boolean;
}

/**
 * A picture as a reply: with all of the file, or, where that is long, with a stream of it; to a HEAD without it.
 *
 * @param headed is given the bytes of the file where they are there as a whole
 */
export async function pictureReply(
  picture: Picture,
  headed: (whole: Uint8Array<ArrayBuffer> | undefined) => Promise<Headed> | Headed,
  showing: Showing,
): Promise<Response> {
  const file = await begunFile(picture);
  // What the pieces of a long file would be joined into will never be there.
  if (file.is === "long") picture.giveBack(PIECE_BYTES);
  const { headers, isKnown = false } = await headed(file.is === "whole" ? file.bytes : undefined);
  if (isKnown) return new Response(null, { status: 304, headers });
  const described = {
    ...headers,
    "Content-Type": picture.plan.output.mime,
    "X-Content-Type-Options": "nosniff",
    ...(file.is === "whole" && { "Content-Length": String(file.bytes.length) }),
  };
  if (showing.visit.request.method === "HEAD") return new Response(null, { headers: described });
  if (file.is === "whole") return new Response(file.bytes, { headers: described });
  return sentPicture(file.pieces, described, picture, showing);
}

/**
 * Answers with a picture that is still being made. What its headers cannot tell any more is one line in the log: that it was
 * broken off, other than by its client, and what was found wrong with its sources on the way.
 */
async function sentPicture(
  pieces: Picture["pieces"],
  headers: Readonly<Record<string, string>>,
  { warnings }: Picture,
  { visit, site, making, answer }: Showing,
): Promise<Response> {
  const told = new Set(warnings);
  const { reply, fault } = await streamedReply(pieces, headers, answer, making.deadline);
  const error = fault?.code === "clientGone" ? undefined : fault?.code;
  const untold = [...warnings].filter((warning) => !told.has(warning));
  if (error !== undefined || untold.length > 0) {
    const { pathname } = new URL(visit.request.url);
    const warning = untold.length === 0 ? undefined : untold.join("; ");
    site.telemetry.log(logLine({ event: "reply", path: pathname, error, warning }));
  }
  return reply;
}
