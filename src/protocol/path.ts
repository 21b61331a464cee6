import { object as objectGrammar } from "./grammar/source.ts";
import { decodePercent } from "./percent.ts";
import type { Wrong } from "./problem.ts";

/**
 * The object named by a URL's path, e.g. `/is/image/cat/shoe%20red` → `cat/shoe red`.
 *
 * Whatever stands before `/is/image` is a prefix that a proxy or CDN left in place. Elements are decoded one by one;
 * empty ones are dropped. Undefined where the path is not of this context, "" where it names no object.
 * Source: protocol.md 1.1, 1.3.
 */
export function readObject(pathname: string): string | Wrong | undefined {
  const match = /^(?:.*?)\/is\/image(?:\/(.*))?$/s.exec(pathname);
  return match === null ? undefined : readObjectPath(match[1] ?? "");
}

/** The object of a path without its context: that of a nested request. */
export function readObjectPath(path: string): string | Wrong {
  const name = path
    .split("/")
    .map((element) => decodePercent(element))
    .join("/")
    .split("/")
    .filter((element) => element !== "")
    .join("/");
  return name === "" ? "" : objectGrammar.read(name);
}
