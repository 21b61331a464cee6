import { Fault } from "../faults.ts";
import { brokenCatalogIn, describe, type Problem, shown } from "../protocol/problem.ts";
import { abortable } from "../store/abortable.ts";

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
  const decoder = new TextDecoder();
  const reader = request.body.getReader();
  let text = "";
  let bytes = 0;
  try {
    for (;;) {
      const { done, value } = await abortable(reader.read(), signal).catch(broken);
      if (done) return text + decoder.decode();
      bytes += value.length;
      // Judged when there is something: an empty form of any kind is none.
      if (bytes > 0 && type !== null && type.split(";")[0]?.trim().toLowerCase() !== FORM) {
        throw new Fault("formType", `got ${shown(type)}`, { mayBeTold: true });
      }
      if (bytes > LONGEST_FORM) throw new Fault("formTooLarge");
      text += decoder.decode(value, { stream: true });
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

/** An upload that breaks off is nobody's mistake here. */
function broken(cause: unknown): never {
  throw cause instanceof Fault ? cause : new Fault("formBroken", undefined, { cause });
}

/** @throws Fault `badRequest` naming every command that could not be understood, or `catalogBroken` where that cannot be known */
export function refuseProblems(problems: readonly Problem[]): void {
  const broken = brokenCatalogIn(problems);
  if (broken !== undefined) throw new Fault("catalogBroken", broken);
  if (problems.length > 0) throw new Fault("badRequest", problems.map(describe).join("; "), { mayBeTold: true });
}
