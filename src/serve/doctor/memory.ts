import { SETTINGS } from "../../settings/settings.ts";
import { memoryFor } from "../memory.ts";
import type { Finding, Patient } from "./check.ts";
import { defaultSiteOf } from "./default-site.ts";

/** What the platform gives an isolate, for all of its requests. */
const ISOLATE_BYTES = 128 * 1_048_576;
/** What the default budget leaves to the program and its requests. */
const BESIDE_BYTES = ISOLATE_BYTES - Number(SETTINGS.MemoryBudget.default);

/** Whether pictures in the making can grow past what there is, and whether catalogs leave them any. */
export async function lookAtMemory(patient: Patient): Promise<Finding> {
  const { MemoryBudget } = patient.server.settings;
  const most = ISOLATE_BYTES - BESIDE_BYTES;
  if (MemoryBudget > most) {
    const says = `MemoryBudget is ${MemoryBudget}, of ${ISOLATE_BYTES} bytes that an isolate has for everything: one that takes more is ended, with all of its requests`;
    return { ok: false, says, mend: `Set MemoryBudget to ${most} at most, its default` };
  }
  const left = memoryFor(await defaultSiteOf(patient));
  if (left === 0) {
    const says = `Of MemoryBudget, ${MemoryBudget} bytes, the catalogs leave nothing to pictures`;
    return { ok: false, says, mend: "Divide the catalogs between several Workers, or take records out of them" };
  }
  return { ok: true, says: `Pictures in the making may hold ${left} of the ${ISOLATE_BYTES} bytes of an isolate` };
}
