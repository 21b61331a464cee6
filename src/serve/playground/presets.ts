import { Fault } from "../../faults.ts";
import type { Macros } from "../../protocol/macros.ts";
import type { Modifier } from "../../protocol/modifiers.ts";
import { readObject } from "../../protocol/path.ts";
import { refuseOutsiders } from "../address-filter.ts";
import { catalogSiteOf } from "../catalog-site.ts";
import { refuseUnmanaged } from "../manage.ts";
import { uncachedReply } from "../replies.ts";
import type { Site } from "../site.ts";
import { deadlineOf, type Visit } from "../visit.ts";

/** Where the playground learns which presets an object has. */
export const PRESETS_PATH = "/presets.json";

/**
 * The macros that a request for an object may call: `?object=<as it stands behind /is/image/>` →
 * `{ "catalog": "<RootId>", "presets": [{ "name", "definition" }] }`, with the names in lower case, as they are read in any case.
 * For whoever may manage: definitions tell how a shop works.
 *
 * @throws Fault `contextUnknown` where the playground is off, and those of `refuseUnmanaged`
 */
export async function presets(visit: Visit, server: Site): Promise<Response> {
  const { request } = visit;
  if (!server.settings.Playground) throw new Fault("contextUnknown");
  await refuseUnmanaged(visit, server);
  const asked = new URL(request.url).searchParams.get("object") ?? "";
  const deadline = deadlineOf(visit, server.settings.ImageTimeout, "imageTimeout");
  try {
    const catalogs = await server.catalogs.current(deadline.signal);
    const { main, view, settings } = catalogSiteOf(readObject(`/is/image/${asked}`) ?? "", catalogs, server);
    refuseOutsiders(request, settings);
    const body = { catalog: main.rootId, presets: listed(view.macros) };
    return uncachedReply(request, "application/json", `${JSON.stringify(body)}\n`);
  } finally {
    deadline.end();
  }
}

function listed(macros: Macros): readonly { readonly name: string; readonly definition: string }[] {
  return [...macros].map(([name, body]) => ({ name, definition: body.map(written).join("&") }));
}

function written({ name, value }: Modifier): string {
  return value === undefined ? name : `${name}=${value}`;
}
