import type { Settings } from "../../settings/settings.ts";
import type { Finding, Patient } from "./check.ts";

const OPEN_MEND =
  "Remove SaveAccess from [vars] of wrangler.toml, which makes it token, and set the secret: npx wrangler secret put SAVE_TOKEN";

const LOOKS: Readonly<Record<Settings["SaveAccess"], (patient: Patient) => Finding>> = {
  // Whoever asks has brought it: without it nobody comes this far.
  token: () => ({ ok: true, says: "Saving and managing take the secret SAVE_TOKEN, which is set" }),
  signed: ({ server: { signKey = "" } }) =>
    signKey === ""
      ? {
          ok: false,
          says: "Saving takes URLs signed with the secret SIGN_KEY, which is not set",
          mend: "npx wrangler secret put SIGN_KEY",
        }
      : { ok: true, says: "Saving takes URLs signed with the secret SIGN_KEY, which is set" },
  public: ({ server, isLocal }) => {
    const says = "Everybody may save: SaveAccess is public";
    if (isLocal) return { ok: true, says: `${says}, as it is meant on one's own machine` };
    if (server.settings.ClientAddressFilter.length === 0) return { ok: false, says, mend: OPEN_MEND };
    return { ok: true, says: `${says}, from the addresses of ClientAddressFilter`, mend: OPEN_MEND };
  },
};

/** Whether those may save who are meant to, and no others. */
export function lookAtAccess(patient: Patient): Finding {
  return LOOKS[patient.server.settings.SaveAccess](patient);
}
