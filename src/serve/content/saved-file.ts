import { Fault } from "../../faults.ts";
import type { Settings } from "../../settings/settings.ts";
import { keptFile, openedFile } from "../../store/kept-files.ts";
import { refuseOutsiders } from "../address-filter.ts";
import { refuseBroken } from "../catalog-site.ts";
import { defaultSite } from "../default-site.ts";
import { errorReply } from "../replies.ts";
import type { Site } from "../site.ts";
import { deadlineOf, type Visit } from "../visit.ts";
import { decide, isConditional } from "./decision.ts";
import { savedKey } from "./saved-key.ts";

const PATH = "/is/content/";

export function isFilePath(pathname: string): boolean {
  return pathname.startsWith(PATH);
}

/** A file may be replaced between the look at it and its bytes. Who finds that so often comes back later. */
const TRIES = 3;

/** What every answer about a file has: a page of any site may show and read it, and what is no picture runs nothing. */
const OPEN = { "Access-Control-Allow-Origin": "*" } as const;
const FILE = {
  ...OPEN,
  "Accept-Ranges": "bytes",
  "X-Content-Type-Options": "nosniff",
  // Others than saves may write below SavePath. Browsers show pictures alone by a style of their own.
  "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
} as const;

/**
 * `/is/content/<key below SavePath>`: what was saved, whole or in part, or that the client has it. Its bytes go from the bucket
 * to the client without being held.
 *
 * SavePath is that of the default catalog, or else the setting: such a path names no catalog.
 * Source: RFC 9110, 13 and 14.
 */
export async function savedFile(visit: Visit, server: Site): Promise<Response> {
  if (!server.settings.ServeSaved) throw new Fault("savedMissing");
  const { request } = visit;
  const deadline = deadlineOf(visit, server.settings.ImageTimeout, "imageTimeout");
  try {
    const site = await defaultSite(server, deadline.signal);
    refuseOutsiders(request, site.settings);
    refuseBroken(site);
    const key = savedKey(new URL(request.url).pathname.slice(PATH.length), site.settings);
    return await answered(visit, key, site, deadline.signal);
  } finally {
    deadline.end();
  }
}

interface FileSite {
  readonly settings: Settings;
  readonly saves: R2Bucket;
}

async function answered(visit: Visit, key: string, site: FileSite, signal: AbortSignal): Promise<Response> {
  const { method, headers: asked } = visit.request;
  const { saves, settings } = site;
  // Most requests: one question to the bucket instead of two.
  if (method === "GET" && !isConditional(asked)) {
    const object = await openedFile(saves, key, signal);
    if (object === undefined) throw new Fault("savedMissing");
    return sent(object, object.size, headersOf(object, settings));
  }
  for (let tries = 0; tries < TRIES; tries++) {
    const object = await keptFile(saves, key, signal);
    if (object === undefined) throw new Fault("savedMissing");
    const { httpEtag, etag, size, uploaded } = object;
    const decision = decide(method, asked, { etag: httpEtag, written: uploaded.getTime(), size });
    const headers = headersOf(object, settings);
    if (decision.send === "nothing") {
      const { because } = decision;
      if (because === "notModified") return notModified(headers);
      const range = because === "rangeUnsatisfiable" ? { "Content-Range": `bytes */${size}` } : {};
      return fileRefusal(visit, new Fault(because), settings.ErrorDetail, range);
    }
    if (method === "HEAD") {
      return new Response(null, { headers: { ...headers, "Content-Length": String(size) } });
    }
    const range = decision.send === "part" ? decision.range : undefined;
    const opened = await openedFile(saves, key, signal, { etag, range });
    if (opened === undefined) continue;
    if (range === undefined) return sent(opened, size, headers);
    const last = range.at + range.length - 1;
    return sent(opened, range.length, { ...headers, "Content-Range": `bytes ${range.at}-${last}/${size}` }, 206);
  }
  throw new Fault("storage", "the file was replaced whenever it was to be read");
}

type FileHeaders = Readonly<Record<string, string>>;

function headersOf(
  { httpEtag, uploaded, httpMetadata }: R2Object,
  { SavedCacheControl }: Pick<Settings, "SavedCacheControl">,
): FileHeaders {
  return {
    ...FILE,
    ETag: httpEtag,
    "Last-Modified": uploaded.toUTCString(),
    "Content-Type": httpMetadata?.contentType ?? "application/octet-stream",
    "Cache-Control": httpMetadata?.cacheControl ?? SavedCacheControl,
  };
}

/** Without a stream of known length the platform would send chunks, and no Content-Length. */
function sent({ body }: R2ObjectBody, length: number, headers: FileHeaders, status = 200): Response {
  const readable = body.pipeThrough(new FixedLengthStream(length));
  return new Response(readable, { status, headers: { ...headers, "Content-Length": String(length) } });
}

/** Source: RFC 9110, 15.4.5. */
function notModified({ "Content-Type": _, ...headers }: FileHeaders): Response {
  return new Response(null, { status: 304, headers });
}

/** A fault in words, which any page may read; to a HEAD without them. */
export function fileRefusal({ request }: Visit, fault: Fault, detail: number, headers: FileHeaders = {}): Response {
  const reply = errorReply(fault, detail, { ...OPEN, ...headers });
  return request.method === "HEAD" ? new Response(null, reply) : reply;
}
