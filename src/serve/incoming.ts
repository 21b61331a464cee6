import { Fault } from "../faults.ts";
import { brokenCatalogIn, describe, type Problem, shown } from "../protocol/problem.ts";
import { bodyText } from "./body-text.ts";

/** Longer forms are refused: the longest URL that reaches a Worker has a quarter of it. */
const LONGEST_FORM = 65_536;
const FORM = "application/x-www-form-urlencoded";

/**
 * The modifiers in the form of a POST; "" where there is none.
 *
 * @throws Fault where the form is too long, is of another kind, or does not come before the signal fires
 */
export async function readForm(request: Request, signal: AbortSignal): Promise<string> {
  if (request.method !== "POST" || request.body === null) return "";
  const type = request.headers.get("Content-Type");
  return bodyText(request.body, signal, (bytes) => {
    // Judged when there is something: an empty form of any kind is none.
    if (type !== null && type.split(";")[0]?.trim().toLowerCase() !== FORM) {
      throw new Fault("formType", `got ${shown(type)}`, { mayBeTold: true });
    }
    if (bytes > LONGEST_FORM) throw new Fault("formTooLarge");
  });
}

/** @throws Fault `badRequest` naming every command that could not be understood, or `catalogBroken` where that cannot be known */
export function refuseProblems(problems: readonly Problem[]): void {
  const broken = brokenCatalogIn(problems);
  if (broken !== undefined) throw new Fault("catalogBroken", broken);
  if (problems.length > 0) throw new Fault("badRequest", problems.map(describe).join("; "), { mayBeTold: true });
}
