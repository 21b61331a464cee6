import { Fault } from "../../faults.ts";
import { settingsOf } from "../../settings/of-catalogs.ts";
import { lookedUp } from "../../store/looked-up.ts";
import { areOneBucket } from "../../store/one-bucket.ts";
import { saveRoot } from "../../store/save-key.ts";
import type { CatalogSite } from "../site.ts";

/** In SOURCES, beside its pictures. */
const CATALOGS = "catalogs/";

/** Where everything lies that is managed: the default catalog's RootPath, ending in a slash, or "" for all of SOURCES. */
export function sourceFolder({ settings: { RootPath } }: Pick<CatalogSite, "settings">): string {
  return RootPath === "" ? "" : `${RootPath}/`;
}

/**
 * The folders of SOURCES that are not for who manages sources, each ending in a slash: that of catalogs and, where saves go to
 * the same bucket, those of the saves of all catalogs.
 *
 * @throws Fault `storage`, or the signal's reason; `catalogBroken` where saves may lie anywhere
 */
export async function foldersOutOfReach(site: CatalogSite, signal: AbortSignal): Promise<readonly string[]> {
  const { sources, saves } = site;
  const areOne = await lookedUp(() => areOneBucket(sources, saves), "the buckets", signal);
  const { catalogs } = site;
  const isBroken = [catalogs.default, ...catalogs.byRootId.values()].some(({ broken }) => broken !== undefined);
  if (areOne && isBroken) throw new Fault("catalogBroken", "where its saves lie nobody knows");
  return [CATALOGS, ...(areOne ? saveFolders(site) : [])];
}

/** The one of these folders in which a key lies; the name of the folder itself is in it as well. */
export function folderAbove(key: string, folders: readonly string[]): string | undefined {
  return folders.find((folder) => `${key}/`.startsWith(folder));
}

/** @throws Fault `sourceOutOfReach` where no source may be put at this key; `storage`, or the signal's reason */
export async function refuseOutOfReach(key: string, site: CatalogSite, signal: AbortSignal): Promise<void> {
  const isOut = folderAbove(key, await foldersOutOfReach(site, signal));
  // Of an empty bucket nobody knows yet whether saves go there too.
  const mayBeOut = folderAbove(key, saveFolders(site));
  const out = isOut ?? (mayBeOut !== undefined && (await isEmpty(site.sources, signal)) ? mayBeOut : undefined);
  if (out !== undefined) throw new Fault("sourceOutOfReach", `it would lie below ${out}`);
}

async function isEmpty(bucket: R2Bucket, signal: AbortSignal): Promise<boolean> {
  const { objects } = await lookedUp(() => bucket.list({ limit: 1 }), "the buckets", signal);
  return objects.length === 0;
}

/** Of all catalogs; one whose SavePath names no folder has none. */
function saveFolders({ catalogs, serverSettings }: CatalogSite): readonly string[] {
  const all = [catalogs.default, ...catalogs.byRootId.values()];
  const folders = all.flatMap(({ attributes }) => {
    try {
      return [`${saveRoot(settingsOf(attributes, serverSettings))}/`];
    } catch (thrown) {
      if (thrown instanceof Fault) return [];
      throw thrown;
    }
  });
  return [...new Set(folders)];
}
