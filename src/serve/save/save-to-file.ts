import { Fault } from "../../faults.ts";
import { isImageName } from "../../protocol/formats.ts";
import type { ImageRequest } from "../../protocol/request.ts";
import type { Deadline } from "../../render/deadline.ts";
import { keepDocument } from "../../store/documents.ts";
import { savePlace, saveRoot } from "../../store/save-key.ts";
import { saveFile } from "../../store/saves.ts";
import { foundSources } from "../found-sources.ts";
import { refuseProblems } from "../incoming.ts";
import { carriedOut, type Picture, planned } from "../picture.ts";
import type { Properties } from "../properties.ts";
import { faultOf, propertiesReply } from "../replies.ts";
import type { CatalogSite } from "../site.ts";
import { timingHeader } from "../timing.ts";
import { saveDeadlineOf, type Visit } from "../visit.ts";
import { doneProperties, refusedSave } from "./answer.ts";
import { conditionOf } from "./conditions.ts";
import { saveCorsHeaders } from "./cors.ts";
import { courseOf, type SaveCourse } from "./course.ts";
import { keptRequest } from "./kept-request.ts";
import { refuseConflict, refuseOwnSources, refusePlace } from "./place.ts";
import { type Provenance, provenanceOf } from "./provenance.ts";
import { recordSave } from "./record.ts";

/**
 * `req=saveToFile`: saves the picture and answers with properties: 200, or 403 for whatever went wrong. That its client may
 * save has been looked at (who-may-save.ts).
 */
export async function saveToFile(visit: Visit, asked: ImageRequest, site: CatalogSite): Promise<Response> {
  const { settings, telemetry } = site;
  const cors = saveCorsHeaders(visit.request, settings);
  const course = courseOf(visit, asked.object);
  try {
    const properties = await save(course, asked, site);
    const reply = propertiesReply(200, "OK", properties, { ...cors, ...timingHeader(course.watch, settings) });
    recordSave(telemetry, course);
    return reply;
  } catch (thrown) {
    const fault = faultOf(thrown);
    recordSave(telemetry, course, fault);
    return refusedSave(fault, settings.ErrorDetail, cors);
  }
}

async function save(course: SaveCourse, asked: ImageRequest, site: CatalogSite): Promise<Properties> {
  const { settings, saves } = site;
  const { visit, watch } = course;
  const { name = "", timeout = settings.SaveTimeout } = asked.request;
  watch.lap("admit");
  refuseProblems(asked.problems);
  const condition = conditionOf(visit.request, settings);
  const place = savePlace(name, settings, isImageName);
  course.key = place.key;
  if (timeout > settings.MaxSaveTimeout) {
    const detail = `timeout: wants at most ${settings.MaxSaveTimeout}, got ${timeout}`;
    throw new Fault("badRequest", detail, { mayBeTold: true });
  }
  const deadline = saveDeadlineOf(visit, timeout);
  try {
    await refusePlace(place, site, deadline.signal);
    if (condition !== undefined) await refuseConflict(place, condition, saves, deadline.signal);
    watch.lap("place");
    const decided = await planned(asked, foundSources(asked, site), site, deadline);
    const { plan, picture, mask } = decided;
    await refuseOwnSources([picture.key, ...(mask === undefined ? [] : [mask.key])], site, deadline.signal);
    course.plan = plan;
    const making = { deadline, watch, graceMs: settings.CommitGrace };
    return await carriedOut(decided, site, making, async (picture) => {
      course.warnings = picture.warnings;
      const file = {
        key: place.key,
        bytes: picture.bytes,
        contentType: plan.output.mime,
        cacheControl: settings.SavedCacheControl,
        condition,
        metadata: await keptProvenance(asked, picture, site, deadline),
      };
      const saved = await saveFile(saves, file, deadline, settings.CommitGrace);
      watch.lap("store");
      course.saved = saved;
      return doneProperties(name, saved, plan, asked, picture.warnings);
    });
  } finally {
    deadline.end();
  }
}

/** What the object says of its origin; what of it does not fit is stored before the object is. */
async function keptProvenance(
  asked: ImageRequest,
  { sources, plan: { size } }: Picture,
  { settings, tracedSettings, saves }: CatalogSite,
  deadline: Deadline,
): Promise<Provenance["metadata"]> {
  const request = keptRequest(asked, settings);
  const { metadata, documents } = await provenanceOf({ request, settings: tracedSettings, sources, size });
  for (const document of documents) {
    await keepDocument(saves, saveRoot(settings), document, settings.SavedCacheControl, deadline);
  }
  return metadata;
}
