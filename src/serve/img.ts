import { plannedCommands } from "../protocol/planned.ts";
import type { ImageRequest } from "../protocol/request.ts";
import { Stopwatch } from "../render/stopwatch.ts";
import { hex } from "./hex.ts";
import { refuseProblems } from "./incoming.ts";
import { makePicture } from "./picture.ts";
import type { Site } from "./site.ts";
import { timingHeader } from "./timing.ts";
import { deadlineOf, type Visit } from "./visit.ts";

const SECONDS_AN_HOUR = 3600;
/** What "never expires" becomes in a header (protocol.md 7.6). */
const ONE_YEAR = 365 * 24 * SECONDS_AN_HOUR;

/** `req=img`: answers with the picture. Source: protocol.md 7.2, 7.6. */
export async function img(visit: Visit, asked: ImageRequest, site: Site): Promise<Response> {
  const { request } = visit;
  refuseProblems(asked.problems);
  const ifNoneMatch = request.method === "POST" ? null : request.headers.get("If-None-Match");
  const { Expiration } = site.settings;
  // What never expires is what the client has: said without looking (protocol.md 7.6).
  if (Expiration < 0 && ifNoneMatch !== null)
    return new Response(null, { status: 304, headers: freshness(Expiration) });
  const deadline = deadlineOf(visit, site.settings.ImageTimeout, "imageTimeout");
  const watch = new Stopwatch();
  try {
    return await makePicture(asked, site, { deadline, watch }, async ({ bytes, plan, warnings }) => {
      const etag = `"${hex(await crypto.subtle.digest("MD5", bytes))}"`;
      const headers = {
        ETag: etag,
        ...freshness(Expiration),
        // Pictures are public; pages draw them on a canvas.
        "Access-Control-Allow-Origin": "*",
        ...ignoredHeader(asked),
        ...warningHeader(warnings),
        ...timingHeader(watch, site.settings),
      };
      if (matches(ifNoneMatch, etag)) return new Response(null, { status: 304, headers });
      return new Response(request.method === "HEAD" ? null : bytes, {
        headers: {
          ...headers,
          "Content-Type": plan.output.mime,
          "Content-Length": String(bytes.length),
          "X-Content-Type-Options": "nosniff",
        },
      });
    });
  } finally {
    deadline.end();
  }
}

/** Names what is known and not built yet, without which the picture was made. */
function ignoredHeader(asked: ImageRequest): Readonly<Record<string, string>> {
  const ignored = plannedCommands(asked);
  return ignored.length === 0 ? {} : { "X-Fixative-Ignored": ignored.join(", ") };
}

/** Says that the picture is not all that its source was meant to be. */
function warningHeader(warnings: readonly string[]): Readonly<Record<string, string>> {
  return warnings.length === 0 ? {} : { "X-Fixative-Warning": warnings.join("; ") };
}

/** @param hours the attribute Expiration: 0 expires at once, −1 never */
function freshness(hours: number): Readonly<Record<string, string>> {
  const seconds = hours < 0 ? ONE_YEAR : Math.floor(hours * SECONDS_AN_HOUR);
  return {
    "Cache-Control": `public, max-age=${seconds}`,
    Expires: new Date(Date.now() + seconds * 1000).toUTCString(),
  };
}

/** Whether `If-None-Match` names this ETag, weakly or not, or is `*`. Source: RFC 9110, 13.1.2. */
function matches(header: string | null, etag: string): boolean {
  if (header === null) return false;
  const tags = header.split(",").map((tag) => tag.trim().replace(/^W\//, ""));
  return tags.includes("*") || tags.includes(etag);
}
