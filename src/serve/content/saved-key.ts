import { Fault } from "../../faults.ts";
import { isImageName } from "../../protocol/formats.ts";
import { decodePercent } from "../../protocol/percent.ts";
import type { Settings } from "../../settings/settings.ts";
import { keyBelow, saveRoot } from "../../store/save-key.ts";

/**
 * The key of what was saved under a name, by the rest of a path, which is decoded once; a `+` is one, as in every path.
 *
 * @throws Fault `savedMissing` for every name under which nothing can be saved
 * Source: save-contract "Where it goes".
 */
export function savedKey(rest: string, settings: Pick<Settings, "SaveDirectory" | "SavePath">): string {
  if (settings.SavePath === "") throw new Fault("savedMissing", "SavePath is empty");
  const root = saveRoot(settings);
  const name = decodePercent(rest, true);
  if (name === undefined) throw never("it is not UTF-8");
  if (name === "") throw never("it is empty");
  return keyBelow(root, name, never, isImageName);
}

function never(why: string): Fault {
  return new Fault("savedMissing", why, { mayBeTold: true });
}
