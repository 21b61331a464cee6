import type { Fault } from "../../faults.ts";
import type { Plan } from "../../plan/plan.ts";
import { pixelCount } from "../../plan/size.ts";
import { plannedCommands } from "../../protocol/planned.ts";
import type { ImageRequest } from "../../protocol/request.ts";
import type { SavedFile } from "../../store/saves.ts";
import type { Properties } from "../properties.ts";
import { messageOf, propertiesReply } from "../replies.ts";

/** What is said of a picture that was saved, in the order of the contract. Source: save-contract "The answer". */
export function doneProperties(
  name: string,
  saved: SavedFile,
  { size: { width, height }, output }: Plan,
  asked: ImageRequest,
  warnings: readonly string[],
): Properties {
  return {
    lastUpdated: saved.uploaded.getTime(),
    pixelsTotal: pixelCount({ width, height }),
    status: "done",
    name: name.normalize("NFC"),
    width,
    height,
    size: saved.size,
    type: output.mime,
    etag: saved.etag,
    ...ignoredProperty(asked),
    ...warningProperty(warnings),
  };
}

/** What is known and not built yet: the picture that was saved is without it, and its saver should know. */
function ignoredProperty(asked: ImageRequest): Properties {
  const ignored = plannedCommands(asked);
  return ignored.length === 0 ? {} : { ignored: ignored.join(",") };
}

/** A picture of damaged data was saved: whoever relies on it must be able to see that. */
function warningProperty(warnings: readonly string[]): Properties {
  return warnings.length === 0 ? {} : { warning: warnings.join("; ") };
}

/** What became of a save, in one word. Source: save-contract "The answer". */
export function statusOf(fault: Fault | undefined): "done" | "failed" | "timeout" {
  if (fault === undefined) return "done";
  return fault.code === "saveTimeout" ? "timeout" : "failed";
}

/** What is said of a save that was refused. Source: save-contract "The answer". */
export function refusedSave(
  fault: Fault,
  detail: number,
  headers: Readonly<Record<string, string>> = {},
  status = 403,
): Response {
  const properties = {
    status: statusOf(fault),
    error: fault.code,
    message: messageOf(fault, detail),
  };
  return propertiesReply(status, "ERROR", properties, headers);
}
