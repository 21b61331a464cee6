import { withoutCatalogs } from "../protocol/catalog-view.ts";
import type { RequestValues } from "../protocol/commands/table.ts";
import { readRequest } from "../protocol/read.ts";
import type { ImageRequest } from "../protocol/request.ts";
import type { Settings } from "../settings/settings.ts";
import { readForm } from "./incoming.ts";
import { unwrapped } from "./unwrap.ts";
import { deadlineOf, saveDeadlineOf, type Visit } from "./visit.ts";

/** A request as far as it has been read. */
export interface Reading {
  readonly asked: ImageRequest;
  /** The modifiers of which it was read. */
  readonly modifiers: string;
}

/**
 * Reads a request step by step: its query as it is written, its query unwrapped, and that with its form. At each step it
 * may turn out to be a save; whoever asks for the next one has looked whether there is to be one.
 *
 * @param query without its signature
 * @throws Fault where what was sent is not wrapped as the settings want, or the form cannot be read
 */
export async function* readings(
  visit: Visit,
  settings: Settings,
  object: Parameters<typeof readRequest>[0],
  query: string,
): AsyncGenerator<Reading, void, undefined> {
  const context = { catalogs: withoutCatalogs(settings.Macros), unknownMacro: settings.UnknownMacro };
  const readingOf = (modifiers: string) => ({ asked: readRequest(object, modifiers, context), modifiers });
  // In case it cannot be unwrapped: a save is refused in the words of a save.
  const written = readingOf(query);
  yield written;
  // A form needs no empty query beside it that is locked, too.
  const inQuery = query === "" ? "" : unwrapped(query, settings);
  const asFar = inQuery === query ? written : readingOf(inQuery);
  yield asFar;
  const form = await formOf(visit, asFar.asked.request, settings);
  const inForm = form === "" && query !== "" ? "" : unwrapped(form, settings);
  yield inForm === "" ? asFar : readingOf(inQuery === "" ? inForm : `${inQuery}&${inForm}`);
}

/** The form of a save comes in the time that the save has. */
async function formOf(visit: Visit, { req, timeout }: RequestValues, settings: Settings): Promise<string> {
  const { SaveTimeout, MaxSaveTimeout, ImageTimeout } = settings;
  const deadline =
    req?.type === "saveToFile"
      ? saveDeadlineOf(visit, Math.min(timeout ?? SaveTimeout, MaxSaveTimeout))
      : deadlineOf(visit, ImageTimeout, "formTimeout");
  return readForm(visit.request, deadline.signal).finally(() => deadline.end());
}

/** How long a form is read where no settings say how long. */
const WITHOUT_SETTINGS_MS = 10_000;

/** The form where there are no settings; one that cannot be read asks for nothing. */
export async function formAtAll(visit: Visit): Promise<string> {
  const deadline = deadlineOf(visit, WITHOUT_SETTINGS_MS, "formTimeout");
  return readForm(visit.request, deadline.signal)
    .catch(() => "")
    .finally(() => deadline.end());
}
