import { logLine } from "../resolve/log-line.ts";
import type { Making, Picture } from "./picture.ts";
import type { CatalogSite } from "./site.ts";
import { streamed } from "./streamed.ts";
import type { Visit } from "./visit.ts";

/** In what a long picture is sent. */
export interface Sending {
  readonly visit: Visit;
  readonly site: Pick<CatalogSite, "telemetry">;
  readonly making: Making;
  readonly answer: (reply: Response) => void;
}

/**
 * Answers with a picture that is still being made. What its headers cannot tell any more is one line in the log: that it was
 * broken off, other than by its client, and what was found wrong with its sources on the way.
 */
export async function sentPicture(
  pieces: Picture["pieces"],
  headers: Readonly<Record<string, string>>,
  { warnings }: Picture,
  { visit, site, making, answer }: Sending,
): Promise<Response> {
  const told = new Set(warnings);
  const { reply, fault } = await streamed(pieces, headers, answer, making.deadline);
  const error = fault?.code === "clientGone" ? undefined : fault?.code;
  const untold = [...warnings].filter((warning) => !told.has(warning));
  if (error !== undefined || untold.length > 0) {
    const { pathname } = new URL(visit.request.url);
    const warning = untold.length === 0 ? undefined : untold.join("; ");
    site.telemetry.log(logLine({ event: "reply", path: pathname, error, warning }));
  }
  return reply;
}
