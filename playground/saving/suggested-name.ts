import { decodePercent } from "../../src/protocol/percent.ts";

const EXTENSIONS: ReadonlyMap<string, string> = new Map([
  ["image/jpeg", "jpg"],
  ["image/png", "png"],
  ["image/webp", "webp"],
]);

/** The name of the object, with the extension of what is made of it. */
export function suggestedName(object: string, mime = "image/jpeg"): string {
  const last = decodePercent(object.split("/").at(-1) ?? "");
  const stem = last.replace(/\.[^.]*$/, "") || "picture";
  return `${stem}.${EXTENSIONS.get(mime) ?? "jpg"}`;
}
