import { Fault } from "../../faults.ts";
import { settingsOf } from "../../settings/of-catalogs.ts";
import { folderExists } from "../../store/folders.ts";
import { saveRoot } from "../../store/save-key.ts";
import { markerCommand } from "../save/bucket-commands.ts";
import type { Finding, Patient } from "./check.ts";

/** Each is one operation of R2 or two, of which a request may have a thousand. */
const MOST_FOLDERS = 20;

/** Whether the folders are there below which the settings and the catalogs save: they are never made by saving. */
export async function lookAtFolders(patient: Patient): Promise<Finding> {
  const { server, deadline } = patient;
  const { settings } = server;
  const catalogs = await patient.catalogs;
  const all = [catalogs.default, ...catalogs.byRootId.values()].map(({ attributes }) =>
    settingsOf(attributes, settings),
  );
  const saving = all.filter(({ SavePath }) => SavePath !== "");
  // What is wrong with the path itself is thrown, and told with what to mend.
  if (saving.length === 0) throw new Fault("savingOff");
  const folders = [...new Set(saving.map((one) => `${saveRoot(one)}/`))];
  if (settings.CreateFolders) return { ok: true, says: "CreateFolders is on: folders need not be there" };
  const missing: string[] = [];
  for (const folder of folders.slice(0, MOST_FOLDERS)) {
    if (!(await folderExists(server.saves, folder, deadline.signal))) missing.push(folder);
  }
  const more = folders.length > MOST_FOLDERS ? ` (the first ${MOST_FOLDERS} of ${folders.length})` : "";
  const told = (names: readonly string[]) => names.join(", ");
  if (missing.length === 0) return { ok: true, says: `Saves go below ${told(folders.slice(0, MOST_FOLDERS))}${more}` };
  return { ok: false, says: `There is no folder ${told(missing)}${more}`, mend: missing.map(markerCommand).join("; ") };
}
