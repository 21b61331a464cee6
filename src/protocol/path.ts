import { decodePercent } from "./percent.ts";
import { type Wrong, wrong } from "./problem.ts";

/** What protocol.md 1.1 forbids in an object, encoded or not, and why a client may have sent it. */
const FORBIDDEN = [
  { pattern: /\?/, wanted: "an object without a question mark, encoded or not" },
  { pattern: /,/, wanted: "an object without a comma, encoded or not" },
  { pattern: /(?:^|\/)\.\.(?:\/|$)/, wanted: "an object without .. elements" },
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that are meant
  { pattern: /[\u0000-\u001f\u007f-\u009f]/, wanted: "an object without control characters" },
] as const;

/**
 * The object named by a URL's path, e.g. `/is/image/cat/shoe%20red` → `cat/shoe red`.
 *
 * Whatever stands before `/is/image` is a prefix that a proxy or CDN left in place. Elements are decoded one by one;
 * empty ones are dropped. Undefined where the path is not of this context, "" where it names no object.
 * Source: protocol.md 1.1, 1.3.
 */
export function readObject(pathname: string): string | Wrong | undefined {
  const match = /^(?:.*?)\/is\/image(?:\/(.*))?$/s.exec(pathname);
  if (match === null) return undefined;
  const object = (match[1] ?? "")
    .split("/")
    .map((element) => decodePercent(element))
    .join("/")
    .split("/")
    .filter((element) => element !== "")
    .join("/")
    .normalize("NFC");
  const refused = FORBIDDEN.find(({ pattern }) => pattern.test(object));
  return refused === undefined ? object : wrong(refused.wanted, object);
}
