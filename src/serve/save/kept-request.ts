import { formatAsked, type OutputDefaults } from "../../plan/output.ts";
import { isClientOnly } from "../../protocol/client-only.ts";
import type { CommandName } from "../../protocol/commands/table.ts";
import type { ImageRequest } from "../../protocol/request.ts";
import { writeRequest } from "../../protocol/write.ts";

/**
 * The request of a saved picture as it is kept: in its canonical form, with `fmt=` written out, since the name may have
 * decided it, and without what belongs to this one save (`req`, `name`, `expires`, `sig`).
 *
 * Printable ASCII without spaces and `#`: behind `/is/image/` it is a URL, its query is a form, and both mean the picture
 * that was saved.
 * Source: save-contract "The object".
 */
export function keptRequest(asked: ImageRequest, defaults: Pick<OutputDefaults, "NameDecidesFormat">): string {
  const kept = Object.entries(asked.request).filter(([name]) => !isOfOneSave(name as CommandName));
  const request = { ...Object.fromEntries(kept), fmt: formatAsked(asked.request, defaults) };
  return escaped(writeRequest({ ...asked, request }));
}

function isOfOneSave(name: CommandName): boolean {
  // Of how much time there is depends what is spent on a small file.
  return name === "req" || (isClientOnly(name) && name !== "timeout");
}

/** Foreign URLs stand in a request as they were written, and a form may write anything. */
function escaped(text: string): string {
  return text.toWellFormed().replace(/[^!-~]|#/gu, (character) => encodeURIComponent(character));
}
