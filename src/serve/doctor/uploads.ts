import { saveRoot } from "../../store/save-key.ts";
import { abortRuleCommand } from "../save/bucket-commands.ts";
import type { Finding, Patient } from "./check.ts";
import { defaultSiteOf } from "./default-site.ts";

/** What is left of a long file whose isolate ended costs storage, and only a rule of the bucket finds it. */
export async function lookAtUploads(patient: Patient): Promise<Finding> {
  const { settings } = await defaultSiteOf(patient);
  if (settings.SavePath === "") return { ok: true, says: "Nothing is saved, so nothing is left of uploads" };
  const says =
    "Whether the bucket aborts what is left of uploads, no Worker can read; without a rule it does after 7 days";
  return { ok: true, says, mend: `After one day: ${abortRuleCommand(`${saveRoot(settings)}/`)}` };
}
