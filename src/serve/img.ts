import type { ImageRequest } from "../protocol/request.ts";
import { Stopwatch } from "../render/stopwatch.ts";
import { type CachedCopy, cachedCopyOf, entityTag, hasTag, isUnmodified, tagWithKey } from "./cached-copy.ts";
import { foundSources } from "./found-sources.ts";
import { freshness, lifeOf } from "./freshness.ts";
import { hex } from "./hex.ts";
import { refuseProblems } from "./incoming.ts";
import { lastModified } from "./last-modified.ts";
import { memoryFor } from "./memory.ts";
import { carriedOut, type Making, type Picture, type PlannedPicture, planned } from "./picture.ts";
import { pictureHeaders } from "./picture-headers.ts";
import { type Headed, pictureReply } from "./picture-reply.ts";
import { originDigest, type ReplyKey, replyKey } from "./reply-key.ts";
import type { CatalogSite } from "./site.ts";
import { defaultImageFor, isMissing, type StandIn } from "./stand-in.ts";
import { answeredEarly } from "./streamed-reply.ts";
import { timingHeader } from "./timing.ts";
import { deadlineOf, type Visit } from "./visit.ts";

/** `req=img`: answers with the picture. Source: protocol.md 7.2, 7.5, 7.6. */
export function img(visit: Visit, asked: ImageRequest, site: CatalogSite): Promise<Response> {
  return answeredEarly(visit, async (answer) => {
    refuseProblems(asked.problems);
    const copy = cachedCopyOf(visit.request);
    const deadline = deadlineOf(visit, site.settings.ImageTimeout, "imageTimeout");
    const making = { deadline, watch: new Stopwatch() };
    try {
      const { subject, picture } = await decidedOrDefault(asked, copy, site, making);
      if (picture === undefined) return new Response(null, { status: 304, headers: subject.headers });
      return await carriedOut(picture, site, making, (made) =>
        pictureReply(made, (whole) => headed(made, whole, subject, { copy, site, making }), {
          visit,
          site,
          making,
          answer,
        }),
      );
    } finally {
      deadline.end();
    }
  });
}

/** What is said of a picture beside its file. Of a long one the tag is not of its bytes, which are not there yet. */
async function headed(
  made: Picture,
  whole: Uint8Array<ArrayBuffer> | undefined,
  subject: Subject,
  { copy, site, making }: { readonly copy: CachedCopy; readonly site: CatalogSite; readonly making: Making },
): Promise<Headed> {
  const etag =
    whole === undefined
      ? await originTag(subject, made.sources, site)
      : entityTag(hex(await crypto.subtle.digest("MD5", whole)), subject.key.short);
  const headers = {
    ETag: etag,
    ...subject.headers,
    ...pictureHeaders(subject.asked, made.warnings),
    ...timingHeader(making.watch, site.settings),
  };
  return { headers, isKnown: hasTag(copy, etag) };
}

/** What is answered, as far as the catalogs say. */
interface Subject extends StandIn {
  readonly key: ReplyKey;
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
  const known = tagWithKey(copy, key.short);
  const isUnchanged = isUnmodified(copy, modified);
  // What never expires is what the client has, if it came about in the same way: said without looking (protocol.md 7.6).
  if (hours < 0 && known !== undefined) return { subject: tagged(subject, known), picture: undefined };
  if (hours < 0 && isUnchanged) return { subject, picture: undefined };
  const picture = await planned(asked, sources, site, making.deadline);
  const files = picture.mask === undefined ? [picture.picture] : [picture.picture, picture.mask];
  // Of a long reply the tag is known without making it.
  const origin = copy.tags === undefined ? undefined : await originTag(subject, files, site);
  if (origin !== undefined && copy.tags?.includes(origin))
    return { subject: tagged(subject, origin), picture: undefined };
  const written = Math.max(picture.picture.written, picture.mask?.written ?? 0);
  // Catalogs do not tell that a file was replaced.
  return { subject, picture: isUnchanged && isUnmodified(copy, written) ? undefined : picture };
}

/** The tag of a reply that is a stream. */
async function originTag(
  { key }: Pick<Subject, "key">,
  sources: readonly { readonly etag: string }[],
  site: CatalogSite,
): Promise<string> {
  const etags = sources.map(({ etag }) => etag);
  return entityTag(await originDigest(key, etags, memoryFor(site)), key.short);
}

function tagged(subject: Subject, etag: string): Subject {
  return { ...subject, headers: { ETag: etag, ...subject.headers } };
}
