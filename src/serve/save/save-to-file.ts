import { Fault } from "../../faults.ts";
import { outputName } from "../../plan/output.ts";
import { isImageName } from "../../protocol/formats.ts";
import type { ImageRequest } from "../../protocol/request.ts";
import type { Deadline } from "../../render/deadline.ts";
import { keepDocument } from "../../store/documents.ts";
import { abortLeftovers } from "../../store/leftovers.ts";
import { savePlace, saveRoot } from "../../store/save-key.ts";
import { saveFile } from "../../store/saves.ts";
import { begunFile, wholeFile } from "../file-pieces.ts";
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
import { uploadPicture } from "./upload-picture.ts";

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
  // Beside everything else: it takes no time from this save, unless it ends at once.
  const tidied = abortLeftovers(saves);
  try {
    await refusePlace(place, site, deadline.signal);
    if (condition !== undefined) await refuseConflict(place, condition, saves, deadline.signal);
    watch.lap("place");
    // With a condition it must be written at once: R2 knows none for uploads.
    const delivery = condition === undefined ? "pieces" : "whole";
    const decided = await planned(asked, foundSources(asked, site), site, deadline, delivery);
    const { plan, picture, mask } = decided;
    await refuseOwnSources([picture.key, ...(mask === undefined ? [] : [mask.key])], site, deadline.signal);
    course.plan = plan;
    const making = { deadline, watch, graceMs: settings.CommitGrace };
    return await carriedOut(decided, site, making, async (made) => {
      const file =
        condition === undefined ? await begunFile(made) : { is: "whole" as const, bytes: await wholeFile(made) };
      const object = {
        key: place.key,
        contentType: plan.output.mime,
        cacheControl: settings.SavedCacheControl,
        metadata: await keptProvenance(asked, made, site, deadline),
      };
      course.saved =
        file.is === "whole"
          ? await saveFile(saves, { ...object, bytes: file.bytes, condition }, deadline, settings.CommitGrace)
          : await uploadPicture(made, file.pieces, object, { visit, site, making });
      watch.lap("store");
      // Only now: of a long file they were not known before.
      const warnings = [...made.warnings];
      course.warnings = warnings;
      return doneProperties(name, course.saved, plan, asked, warnings);
    });
  } finally {
    await tidied;
    deadline.end();
  }
}

/** What the object says of its origin; what of it does not fit is stored before the object is. */
async function keptProvenance(
  asked: ImageRequest,
  { sources, plan: { size, output } }: Picture,
  { settings, tracedSettings, saves }: CatalogSite,
  deadline: Deadline,
): Promise<Provenance["metadata"]> {
  const request = keptRequest(asked, settings);
  const { metadata, documents } = await provenanceOf({
    request,
    settings: tracedSettings,
    sources,
    size,
    encoding: outputName(output),
  });
  for (const document of documents) {
    await keepDocument(saves, saveRoot(settings), document, settings.SavedCacheControl, deadline);
  }
  return metadata;
}
