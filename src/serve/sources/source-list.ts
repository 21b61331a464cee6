import { managedSite } from "../default-site.ts";
import { listReply } from "../listing/list-reply.ts";
import type { Site } from "../site.ts";
import { deadlineOf, type Visit } from "../visit.ts";
import { refuseUnlessManaged } from "./managing.ts";
import { folderAbove, foldersOutOfReach, sourceFolder } from "./out-of-reach.ts";

export function isSourceListPath(pathname: string): boolean {
  return pathname === "/is/sources";
}

/**
 * `/is/sources?prefix=&cursor=&limit=`: what lies below RootPath in SOURCES, by keys that `/is/image/<key>` and
 * `/is/sources/<key>` take.
 */
export async function sourceList(visit: Visit, server: Site): Promise<Response> {
  const deadline = deadlineOf(visit, server.settings.ImageTimeout, "imageTimeout");
  try {
    const { signal } = deadline;
    const site = await managedSite(visit, server, signal);
    refuseUnlessManaged(site);
    const outOfReach = await foldersOutOfReach(site, signal);
    const hides = (key: string) => hiddenIn(key, outOfReach);
    return await listReply(visit.request, { bucket: site.sources, folder: sourceFolder(site), hides }, signal);
  } finally {
    deadline.end();
  }
}

/** What is out of reach, and markers of folders. */
function hiddenIn(key: string, outOfReach: readonly string[]): string | undefined {
  const above = folderAbove(key, outOfReach);
  // An object by the name of a folder lies before it, and others between them.
  if (above !== undefined) return key.startsWith(above) ? above : "";
  return key.endsWith("/") ? "" : undefined;
}
