import { Fault } from "../../faults.ts";
import { extensionOf } from "../../protocol/formats.ts";
import { decodePercent } from "../../protocol/percent.ts";
import { KNOWN_EXTENSIONS } from "../../resolve/source-keys.ts";
import { keyBelow } from "../../store/save-key.ts";

/**
 * The key of a source in its bucket, by the rest of a path, which is decoded once.
 *
 * @param root RootPath
 * @throws Fault `sourceKeyInvalid` for what names of saves are refused for, and for extensions of what is not decoded
 */
export function sourceKey(rest: string, root: string): string {
  const name = decodePercent(rest, true);
  if (name === undefined) throw invalid("it is not UTF-8");
  if (name === "") throw invalid("it is empty");
  const isDecoded = (path: string) => KNOWN_EXTENSIONS.includes(extensionOf(path));
  const key = keyBelow(root, name, invalid, () => true);
  if (!isDecoded(key)) throw invalid("it ends otherwise");
  return key;
}

function invalid(why: string): Fault {
  return new Fault("sourceKeyInvalid", why, { mayBeTold: true });
}
