import { Fault } from "../../faults.ts";
import { folderExists } from "../../store/folders.ts";
import { lookedUp } from "../../store/looked-up.ts";
import { areOneBucket } from "../../store/one-bucket.ts";
import { allows, type SaveCondition } from "../../store/save-condition.ts";
import { type SavePlace, saveRoot, touchesSources } from "../../store/save-key.ts";
import type { CatalogSite } from "../site.ts";
import { markerCommand } from "./bucket-commands.ts";

/** What can be said about a place only by asking the bucket. Source: save-contract "Where it goes". */
export async function refusePlace({ folder }: SavePlace, site: CatalogSite, signal: AbortSignal): Promise<void> {
  const { settings, saves } = site;
  await refuseOverSources(saveRoot(settings), site, signal);
  if (settings.CreateFolders || (await folderExists(saves, folder, signal))) return;
  throw new Fault("folderMissing", `${folder} is made by: ${markerCommand(folder)}`, { mayBeTold: true });
}

/** Refuses a folder of saves that is not apart from the sources. Source: save-contract "Where it goes". */
export async function refuseOverSources(root: string, site: CatalogSite, signal: AbortSignal): Promise<void> {
  const { settings, sources, saves } = site;
  if (settings.SharedBucket || !touchesSources(root, rootPaths(site)) || !(await areOne(sources, saves, signal)))
    return;
  throw new Fault("saveOverSources", `SAVES is the bucket of SOURCES, and ${root}/ is not apart from the sources`);
}

/**
 * Of all catalogs: a save of one must not touch the sources of another. Of a broken one nobody knows where they are: they may be
 * anywhere.
 */
function rootPaths({ catalogs, serverSettings }: CatalogSite): readonly string[] {
  const all = [catalogs.default, ...catalogs.byRootId.values()];
  const paths = all.map(({ attributes, broken }) =>
    broken === undefined ? (attributes.RootPath ?? serverSettings.RootPath) : "",
  );
  return [...new Set(paths)];
}

/**
 * Refuses to save where the picture itself lies: a record may name files from the root of the bucket, beside every RootPath.
 * Source: save-contract "Where it goes".
 */
export async function refuseOwnSources(keys: readonly string[], site: CatalogSite, signal: AbortSignal): Promise<void> {
  const { settings, sources, saves } = site;
  const root = saveRoot(settings);
  const inside = keys.find((key) => key.startsWith(`${root}/`));
  if (inside === undefined || settings.SharedBucket || !(await areOne(sources, saves, signal))) return;
  throw new Fault("saveOverSources", `SAVES is the bucket of SOURCES, and ${inside} is below ${root}/`);
}

function areOne(sources: R2Bucket, saves: R2Bucket, signal: AbortSignal): Promise<boolean> {
  return lookedUp(() => areOneBucket(sources, saves), "the buckets", signal);
}

/** A picture that may not be saved need not be made. The bucket looks again as it writes. */
export async function refuseConflict(
  { key }: SavePlace,
  condition: SaveCondition,
  saves: R2Bucket,
  signal: AbortSignal,
): Promise<void> {
  const there = await lookedUp(() => saves.head(key), "the key", signal);
  if (!allows(condition, there)) throw new Fault("saveConflict");
}
