import { settingsOf } from "../../settings/of-catalogs.ts";
import { lookedUp } from "../../store/looked-up.ts";
import { saveRoot } from "../../store/save-key.ts";
import { refuseOverSources } from "../save/place.ts";
import type { Finding, Patient } from "./check.ts";
import { defaultSiteOf } from "./default-site.ts";

/** One list. */
export async function lookAtSources({ server, deadline }: Patient): Promise<Finding> {
  const objects = await some(server.sources, "SOURCES", deadline.signal);
  if (objects > 0) return { ok: true, says: "SOURCES answers, and holds objects" };
  const mend = "npx wrangler r2 object put '<bucket of SOURCES>/photo.jpg' --file photo.jpg --remote";
  return { ok: true, says: "SOURCES answers, and is empty", mend };
}

/** One list. */
export async function lookAtSaves({ server, deadline }: Patient): Promise<Finding> {
  await some(server.saves, "SAVES", deadline.signal);
  return { ok: true, says: "SAVES answers" };
}

async function some(bucket: R2Bucket, name: string, signal: AbortSignal): Promise<number> {
  const { objects } = await lookedUp(() => bucket.list({ limit: 1 }), name, signal);
  return objects.length;
}

/** Whether the saves of the settings, and of every catalog, are kept away from the sources. */
export async function lookWhetherApart(patient: Patient): Promise<Finding> {
  const { server, deadline } = patient;
  const site = await defaultSiteOf(patient);
  for (const { attributes } of [site.catalogs.default, ...site.catalogs.byRootId.values()]) {
    const settings = settingsOf(attributes, server.settings);
    if (settings.SavePath !== "") await refuseOverSources(saveRoot(settings), { ...site, settings }, deadline.signal);
  }
  return { ok: true, says: "Saves cannot go where the sources are, but where SharedBucket says that they may" };
}
