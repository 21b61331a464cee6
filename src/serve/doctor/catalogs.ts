import { describeFileProblem, type FileProblem } from "../../catalog/file-problem.ts";
import type { Finding, Patient } from "./check.ts";

/** Of each kind. `npm run catalog -- check` tells all. */
const MOST_TOLD = 5;

/** Whether the files of catalogs can be read, and what of them was left out. */
export async function lookAtCatalogs({ server, catalogs }: Patient): Promise<Finding> {
  const { default: standard, byRootId } = await catalogs;
  const all = [standard, ...byRootId.values()];
  const broken = all.flatMap(({ broken: why }) => why ?? []);
  const problems = (server.catalogs.problems ?? []).filter(({ weight }) => weight !== "note");
  if (broken.length > 0) return { ok: false, says: `Requests are refused: ${told(broken)}` };
  const lasting = problems.filter(({ weight }) => weight === "file");
  if (lasting.length > 0) {
    return { ok: false, says: `What was there before stays in force: ${told(lasting.map(describeFileProblem))}` };
  }
  const records = all.reduce((sum, catalog) => sum + catalog.records.size, 0);
  const says = `Catalogs beside the default one: ${byRootId.size}; records: ${records}`;
  return problems.length === 0 ? { ok: true, says } : { ok: false, says: `${says}; left out: ${leftOut(problems)}` };
}

function leftOut(problems: readonly FileProblem[]): string {
  return told(problems.map(describeFileProblem));
}

function told(texts: readonly string[]): string {
  const more = texts.length > MOST_TOLD ? `; and ${texts.length - MOST_TOLD} more` : "";
  return texts.slice(0, MOST_TOLD).join("; ") + more;
}
