import { isImageName } from "../../protocol/formats.ts";
import { isNameOfFile, saveRoot } from "../../store/save-key.ts";
import { managedSite } from "../default-site.ts";
import { listReply } from "../listing/list-reply.ts";
import type { Site } from "../site.ts";
import { deadlineOf, type Visit } from "../visit.ts";

export function isListPath(pathname: string): boolean {
  return pathname === "/is/content";
}

/**
 * `/is/content?prefix=&cursor=&limit=`: what lies below SavePath under names that a save may have. It is for whoever may
 * manage, also where files are not served.
 */
export async function savedList(visit: Visit, server: Site): Promise<Response> {
  const deadline = deadlineOf(visit, server.settings.ImageTimeout, "imageTimeout");
  try {
    const { saves, settings } = await managedSite(visit, server, deadline.signal);
    const folder = `${saveRoot(settings)}/`;
    const hides = (key: string) => hiddenIn(key, folder);
    return await listReply(visit.request, { bucket: saves, folder, hides }, deadline.signal);
  } finally {
    deadline.end();
  }
}

/** Markers of folders, what only the server writes, what somebody else has put there. */
function hiddenIn(key: string, folder: string): string | undefined {
  const name = key.slice(folder.length);
  const [, above] = /^((?:[^/]*\/)*?\.provenance\/)/.exec(name) ?? [];
  if (above !== undefined) return folder + above;
  return isNameOfFile(name, isImageName) ? undefined : "";
}
