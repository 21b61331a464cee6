import { Fault } from "../../faults.ts";
import { refuseSource } from "../../plan/source-limits.ts";
import { shown } from "../../protocol/problem.ts";
import type { Deadline } from "../../render/deadline.ts";
import { craftOf } from "../../render/engine.ts";
import { chunksOf } from "../../store/body-chunks.ts";
import { keptFile } from "../../store/kept-files.ts";
import { allows } from "../../store/save-condition.ts";
import { putArriving } from "../../store/source-files.ts";
import { managedSite } from "../default-site.ts";
import { uncachedReply } from "../replies.ts";
import { conditionOf } from "../save/conditions.ts";
import type { CatalogSite, Site } from "../site.ts";
import { deadlineOf, type Visit } from "../visit.ts";
import { refuseUnlessManaged } from "./managing.ts";
import { refuseOutOfReach, sourceFolder } from "./out-of-reach.ts";
import { arrivingPicture } from "./sniffed-chunks.ts";
import { sourceKey } from "./source-key.ts";

const PATH = "/is/sources/";

export function isSourcePath(pathname: string): boolean {
  return pathname.startsWith(PATH);
}

/**
 * `PUT /is/sources/<key>`: puts a picture below RootPath, as it arrives. What is no picture that can be made anything of is
 * refused before there is an object; nothing of the source's size is held.
 *
 * It replaces what is there as a save does: not with `If-None-Match: *`, nor where `Overwrite = false` and no `If-Match` names
 * the version.
 */
export async function putSource(visit: Visit, server: Site): Promise<Response> {
  const { request } = visit;
  const deadline = deadlineOf(visit, server.settings.MaxSaveTimeout, "saveTimeout");
  try {
    const site = await managedSite(visit, server, deadline.signal);
    refuseUnlessManaged(site);
    const { settings } = site;
    const key = sourceKey(new URL(request.url).pathname.slice(PATH.length), settings.RootPath);
    await refuseOutOfReach(key, site, deadline.signal);
    const length = lengthOf(request, settings.MaxSourceBytes);
    const put = await taken(request, key, length, site, deadline);
    const body = { ...put, key: key.slice(sourceFolder(site).length) };
    return uncachedReply(request, "application/json", `${JSON.stringify(body)}\n`, 201);
  } finally {
    deadline.end();
  }
}

/** R2 wants to know it before the first byte. */
function lengthOf({ headers }: Request, most: number): number {
  const text = headers.get("Content-Length");
  if (text === null || !/^\d{1,15}$/.test(text)) throw new Fault("lengthMissing", `got ${shown(text ?? "none")}`);
  const length = Number(text);
  if (length > most) throw new Fault("fileTooLarge", `${length} bytes, at most ${most}`, { mayBeTold: true });
  if (length === 0) throw new Fault("sourceFormat", "the file is empty", { mayBeTold: true });
  return length;
}

async function taken(request: Request, key: string, length: number, site: CatalogSite, deadline: Deadline) {
  const { settings, sources, engine } = site;
  const { signal } = deadline;
  // A PUT says on which condition by the same headers as the POST of a save.
  const condition = conditionOf({ method: "POST", headers: request.headers }, settings);
  if (condition !== undefined) {
    // The bucket looks again as it writes: this spares a file that cannot be put.
    const there = await keptFile(sources, key, signal);
    if (!allows(condition, there ?? null)) throw new Fault("sourceConflict");
  }
  if (request.body === null) throw new Fault("uploadBroken", "there is no body", { mayBeTold: true });
  const { decoders } = craftOf(engine);
  const arriving = chunksOf(request.body, length, signal, broken);
  const { mime, early, chunks, facts } = await arrivingPicture(arriving, length, (said) =>
    refuseSource({ facts: said, bytes: length }, settings, decoders[said.format]),
  );
  const sizes = early && { width: String(early.size.width), height: String(early.size.height) };
  const file = { key, length, chunks, contentType: mime, metadata: { ...sizes }, condition };
  const { etag, size } = await putArriving(sources, file, deadline, settings.CommitGrace);
  const { width, height } = facts().size;
  return { key, size, etag, type: mime, width, height };
}

/** An upload that breaks off is nobody's mistake here. */
function broken(why: string, cause?: unknown): Fault {
  return new Fault("uploadBroken", why, { mayBeTold: true, cause });
}
