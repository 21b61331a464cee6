import { plannedCommands } from "../protocol/planned.ts";
import type { ImageRequest } from "../protocol/request.ts";
import { Stopwatch } from "../render/stopwatch.ts";
import { type CachedCopy, cachedCopyOf, entityTag, hasTag, isUnmodified, tagWithKey } from "./cached-copy.ts";
import { foundSources } from "./found-sources.ts";
import { freshness, lifeOf } from "./freshness.ts";
import { hex } from "./hex.ts";
import { refuseProblems } from "./incoming.ts";
import { lastModified } from "./last-modified.ts";
import { carriedOut, type Making, type PlannedPicture, planned } from "./picture.ts";
import { replyKey } from "./reply-key.ts";
import type { CatalogSite } from "./site.ts";
import { defaultImageFor, isMissing, type StandIn } from "./stand-in.ts";
import { timingHeader } from "./timing.ts";
import { deadlineOf, type Visit } from "./visit.ts";

/** `req=img`: answers with the picture. Source: protocol.md 7.2, 7.5, 7.6. */
export async function img(visit: Visit, asked: ImageRequest, site: CatalogSite): Promise<Response> {
  const { request } = visit;
  refuseProblems(asked.problems);
  const copy = cachedCopyOf(request);
  const deadline = deadlineOf(visit, site.settings.ImageTimeout, "imageTimeout");
  const making = { deadline, watch: new Stopwatch() };
  try {
    const decided = await decidedOrDefault(asked, copy, site, making);
    const { subject, picture } = decided;
    if (picture === undefined) return new Response(null, { status: 304, headers: subject.headers });
    return await carriedOut(picture, site, making, async ({ bytes, plan, warnings }) => {
      const etag = entityTag(hex(await crypto.subtle.digest("MD5", bytes)), subject.key);
      const headers = {
        ETag: etag,
        ...subject.headers,
        ...pictureHeaders(subject.asked, warnings),
        ...timingHeader(making.watch, site.settings),
      };
      if (hasTag(copy, etag)) return new Response(null, { status: 304, headers });
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

/** What is answered, as far as the catalogs say. */
interface Subject extends StandIn {
  readonly key: string;
  /** In milliseconds since 1970; undefined where it is not told. */
  readonly modified: number | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

interface Decided {
  readonly subject: Subject;
  /** Undefined where the client has it. */
  readonly picture: PlannedPicture | undefined;
}

/** What is asked for, or, where that is missing, its default image; where that is missing too, it is the first that is said. */
async function decidedOrDefault(
  asked: ImageRequest,
  copy: CachedCopy,
  site: CatalogSite,
  making: Making,
): Promise<Decided> {
  try {
    const sources = foundSources(asked, site);
    const shown = { asked, sources, hours: lifeOf(sources, site) };
    return await decided(await subjectOf(shown, lastModified(asked, sources, site), site), copy, site, making);
  } catch (fault) {
    if (!isMissing(fault)) throw fault;
    const ofDefault = await decidedOnDefault(asked, copy, site, making).catch((second: unknown) => {
      throw isMissing(second) ? fault : second;
    });
    if (ofDefault === undefined) throw fault;
    return ofDefault;
  }
}

async function decidedOnDefault(
  asked: ImageRequest,
  copy: CachedCopy,
  site: CatalogSite,
  making: Making,
): Promise<Decided | undefined> {
  const shown = defaultImageFor(asked, site);
  if (shown === undefined) return undefined;
  refuseProblems(shown.asked.problems);
  // Nobody knows since when the picture has been missing.
  return decided(await subjectOf(shown, undefined, site), copy, site, making);
}

async function subjectOf(shown: StandIn, modified: number | undefined, site: CatalogSite): Promise<Subject> {
  const told = modified === undefined ? {} : { "Last-Modified": new Date(modified).toUTCString() };
  return {
    ...shown,
    key: await replyKey(shown.asked, shown.sources, site),
    modified,
    headers: {
      ...freshness(shown.hours),
      ...told,
      // Pictures are public; pages draw them on a canvas.
      "Access-Control-Allow-Origin": "*",
    },
  };
}

async function decided(subject: Subject, copy: CachedCopy, site: CatalogSite, making: Making): Promise<Decided> {
  const { asked, sources, hours, key, modified } = subject;
  const known = tagWithKey(copy, key);
  const isUnchanged = isUnmodified(copy, modified);
  // What never expires is what the client has, if it came about in the same way: said without looking (protocol.md 7.6).
  if (hours < 0 && known !== undefined) return { subject: tagged(subject, known), picture: undefined };
  if (hours < 0 && isUnchanged) return { subject, picture: undefined };
  const picture = await planned(asked, sources, site, making.deadline);
  const written = Math.max(picture.picture.written, picture.mask?.written ?? 0);
  // Catalogs do not tell that a file was replaced.
  return { subject, picture: isUnchanged && isUnmodified(copy, written) ? undefined : picture };
}

function tagged(subject: Subject, etag: string): Subject {
  return { ...subject, headers: { ETag: etag, ...subject.headers } };
}

/** Names what is known and not built yet, without which the picture was made, and what was wrong with its sources. */
export function pictureHeaders(asked: ImageRequest, warnings: readonly string[]): Readonly<Record<string, string>> {
  const ignored = plannedCommands(asked);
  return {
    ...(ignored.length === 0 ? {} : { "X-Fixative-Ignored": ignored.join(", ") }),
    ...(warnings.length === 0 ? {} : { "X-Fixative-Warning": warnings.join("; ") }),
  };
}
