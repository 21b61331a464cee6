import { Fault } from "../../faults.ts";
import type { Site } from "../site.ts";
import type { Visit } from "../visit.ts";
import { sameText } from "./same-text.ts";

/** Refuses a save without the secret SAVE_TOKEN as its bearer token. Source: save-contract "Who may save", `token`. */
export async function refuseWithoutToken({ request }: Visit, { saveToken }: Pick<Site, "saveToken">): Promise<void> {
  if (saveToken === undefined || saveToken === "") throw new Fault("tokenUnset");
  const [, given] = /^Bearer ([^\s].*)$/i.exec(request.headers.get("Authorization") ?? "") ?? [];
  if (given === undefined || !(await sameText(given, saveToken))) throw new Fault("tokenWrong");
}
