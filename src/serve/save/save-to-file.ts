import { Fault } from "../../faults.ts";
import { isImageName } from "../../protocol/formats.ts";
import type { ImageRequest } from "../../protocol/request.ts";
import type { Deadline } from "../../render/deadline.ts";
import { Stopwatch } from "../../render/stopwatch.ts";
import type { Settings } from "../../settings.ts";
import { savePlace } from "../../store/save-key.ts";
import { saveFile } from "../../store/saves.ts";
import { VERSION } from "../../version.ts";
import { refuseProblems } from "../incoming.ts";
import { makePicture } from "../picture.ts";
import type { Properties } from "../properties.ts";
import { faultOf, propertiesReply } from "../replies.ts";
import type { Site } from "../site.ts";
import { timingHeader } from "../timing.ts";
import { deadlineOf, type Visit } from "../visit.ts";
import { doneProperties, refusedSave } from "./answer.ts";
import { conditionOf } from "./conditions.ts";
import { refuseConflict, refusePlace } from "./place.ts";
import { refuseStrangers, saveCorsHeaders } from "./who-may-save.ts";

/** What is left, at most, when the client has hung up: the platform grants 30 s, and the bucket's word takes some. */
const AFTER_HANG_UP_MS = 25_000;

/** The time that a save has, as far as it is known. Source: save-contract "Two outcomes", 3 and 7. */
export function saveDeadline(visit: Visit, timeout: number | undefined, settings: Settings): Deadline {
  return deadlineOf(visit, timeout ?? settings.SaveTimeout, "saveTimeout", AFTER_HANG_UP_MS);
}

/** `req=saveToFile`: saves the picture and answers with properties: 200, or 403 for whatever went wrong. */
export async function saveToFile(visit: Visit, asked: ImageRequest, site: Site): Promise<Response> {
  const { settings } = site;
  const { request } = visit;
  const cors = saveCorsHeaders(request, settings);
  try {
    await refuseStrangers(request, settings, site.saveToken);
    const watch = new Stopwatch();
    const properties = await save(visit, asked, site, watch);
    return propertiesReply(200, "OK", properties, { ...cors, ...timingHeader(watch, settings) });
  } catch (thrown) {
    return refusedSave(faultOf(thrown), settings.ErrorDetail, cors);
  }
}

async function save(visit: Visit, asked: ImageRequest, site: Site, watch: Stopwatch): Promise<Properties> {
  const { settings, saves } = site;
  const { name = "", timeout } = asked.request;
  refuseProblems(asked.problems);
  const condition = conditionOf(visit.request, settings);
  const place = savePlace(name, settings, isImageName);
  if (timeout !== undefined && timeout > settings.MaxSaveTimeout) {
    const detail = `timeout: wants at most ${settings.MaxSaveTimeout}, got ${timeout}`;
    throw new Fault("badRequest", detail, { mayBeTold: true });
  }
  const deadline = saveDeadline(visit, timeout, settings);
  try {
    await refusePlace(place, site, deadline.signal);
    if (condition !== undefined) await refuseConflict(place, condition, saves, deadline.signal);
    const { plan, sources, bytes, warnings } = await makePicture(asked, site, deadline, watch);
    const { width, height } = plan.size;
    const file = {
      key: place.key,
      bytes,
      contentType: plan.output.mime,
      cacheControl: settings.SavedCacheControl,
      condition,
      metadata: {
        "source-etag": sources[0].etag,
        sources: `${sources.length}`,
        width: `${width}`,
        height: `${height}`,
        program: `fixative ${VERSION}`,
      },
    };
    const saved = await saveFile(saves, file, deadline, settings.CommitGrace);
    watch.lap("store");
    return doneProperties(name, saved, plan, asked, warnings);
  } finally {
    deadline.end();
  }
}
