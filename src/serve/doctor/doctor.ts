import { VERSION } from "../../version.ts";
import { refuseOutsiders } from "../address-filter.ts";
import { refuseUnmanaged } from "../manage.ts";
import { faultOf, messageOf, uncachedReply } from "../replies.ts";
import type { Site } from "../site.ts";
import { deadlineOf, type Visit } from "../visit.ts";
import type { Check, Finding, Patient } from "./check.ts";
import { CHECKS } from "./checks.ts";
import { defaultSiteOf } from "./default-site.ts";

/** Where a deployment says whether it is well. */
export const DOCTOR_PATH = "/is/doctor";

/** All checks together. A bucket that is silent for so long is not well. */
const ALLOWED_MS = 10_000;

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * `{ "version", "checks": [{ "name", "ok", "says", "mend"? }] }`, with 200 whatever the checks say: who may manage is told what
 * there is to mend, and keys and settings by their names, whatever `ErrorDetail` says. Secrets are looked at and never told.
 *
 * @throws Fault for who may not manage
 */
export async function examined(visit: Visit, server: Site): Promise<Response> {
  const { request } = visit;
  await refuseUnmanaged(visit, server);
  const deadline = deadlineOf(visit, ALLOWED_MS, "imageTimeout");
  try {
    const isLocal = LOOPBACK.has(new URL(request.url).hostname);
    const catalogs = server.catalogs.current(deadline.signal);
    const patient = { server, isLocal, deadline, catalogs };
    const checks = await checked(patient);
    // Behind them: where the catalogs are silent, the time would be up for all.
    await refuseOutsidersOfCatalog(request, patient);
    return uncachedReply(
      request,
      "application/json",
      `${JSON.stringify({ version: VERSION, checks }, undefined, 2)}\n`,
    );
  } finally {
    deadline.end();
  }
}

/** The default catalog may let in fewer; where it cannot be read, that is what there is to be told. */
async function refuseOutsidersOfCatalog(request: Request, patient: Patient): Promise<void> {
  const site = await defaultSiteOf(patient).catch(() => undefined);
  if (site !== undefined && site.main.broken === undefined) refuseOutsiders(request, site.settings);
}

/** At the same time, so that one which hears nothing leaves the others their time. */
function checked(patient: Patient, checks = CHECKS): Promise<readonly (Finding & Pick<Check, "name">)[]> {
  return Promise.all(checks.map(async (check) => ({ name: check.name, ...(await found(check, patient)) })));
}

async function found(check: Check, patient: Patient): Promise<Finding> {
  const { mend } = check;
  try {
    const finding = await check.look(patient);
    return finding.ok || finding.mend !== undefined ? finding : { ...finding, mend };
  } catch (thrown) {
    if (patient.deadline.signal.aborted) return { ok: false, says: `No answer within ${ALLOWED_MS} ms`, mend };
    return { ok: false, says: messageOf(faultOf(thrown), 2), mend };
  }
}
