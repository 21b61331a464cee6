import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { makeSamples } from "../make-samples.ts";
import { ROOT } from "./bundle.ts";
import { seedCatalogs } from "./sample-catalogs.ts";
import type { LocalWorker } from "./worker.ts";

/** Where `npm start` and `npm run put` keep the local buckets: FIXATIVE_STATE in the environment says another folder. */
export const LOCAL_STATE = process.env.FIXATIVE_STATE ?? join(ROOT, ".fixative");

/** The folder that the shipped wrangler.toml saves into. Folders are never made by saving, so the local commands do. */
const SAVE_FOLDER = "renditions/";

/** Where the sample catalog saves. */
const COMPANY_FOLDER = "atelier/";

/** Puts the sample pictures into SOURCES, where they are not there yet, and the sample catalogs; makes the folders for saves. */
export async function seed(
  { sources, saves }: LocalWorker,
  folders: readonly string[] = [],
): Promise<readonly string[]> {
  const samples = await makeSamples({ log: console.log });
  for (const path of samples) {
    const key = basename(path);
    if ((await sources.head(key)) === null) await sources.put(key, readFileSync(path));
  }
  await seedCatalogs(sources);
  for (const folder of ["", COMPANY_FOLDER, ...folders]) {
    await saves.put(SAVE_FOLDER + folder, new Uint8Array());
  }
  return samples.map((path) => basename(path));
}
