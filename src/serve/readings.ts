import type { CatalogView } from "../protocol/catalog-view.ts";
import type { RequestValues } from "../protocol/commands/table.ts";
import { readRequest } from "../protocol/read.ts";
import type { ImageRequest } from "../protocol/request.ts";
import type { Deadline } from "../render/deadline.ts";
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

/** The object of a path, as it was read. */
export type PathObject = Parameters<typeof readRequest>[0];

/**
 * Reads a request step by step: its query as it is written, its query unwrapped, and that with its form. At each step it
 * may turn out to be a save; whoever asks for the next one has looked whether there is to be one.
 *
 * @param query without its signature
 * @param view of the client's own text: who asks may be a stranger still, who learns nothing of records
 * @throws Fault where what was sent is not wrapped as the settings want, or the form cannot be read
 */
export async function* readings(
  visit: Visit,
  settings: Settings,
  object: PathObject,
  query: string,
  view: CatalogView,
): AsyncGenerator<Reading, void, undefined> {
  const readingOf = (modifiers: string) => ({ asked: readWith(view, object, modifiers, settings), modifiers });
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

/** The client's modifiers as a view of the catalogs completes them. */
export function readWith(
  view: CatalogView,
  object: PathObject,
  modifiers: string,
  { UnknownMacro }: Pick<Settings, "UnknownMacro">,
): ImageRequest {
  return readRequest(object, modifiers, { catalogs: view, unknownMacro: UnknownMacro });
}

async function formOf(visit: Visit, asked: RequestValues, settings: Settings): Promise<string> {
  const deadline = waitingTime(visit, asked, settings, "formTimeout");
  return readForm(visit.request, deadline.signal).finally(() => deadline.end());
}

/**
 * The time for what comes before a picture: what belongs to a save comes in the time that the save has, and so does what may
 * become one by a form that is still to come.
 */
export function waitingTime(
  visit: Visit,
  { req, timeout }: RequestValues,
  { SaveTimeout, MaxSaveTimeout, ImageTimeout }: Settings,
  code: "formTimeout" | "imageTimeout",
): Deadline {
  if (req?.type === "saveToFile") return saveDeadlineOf(visit, Math.min(timeout ?? SaveTimeout, MaxSaveTimeout));
  const mayBecomeOne = code === "imageTimeout" && visit.request.method === "POST";
  return deadlineOf(visit, mayBecomeOne ? Math.max(ImageTimeout, SaveTimeout) : ImageTimeout, code);
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
