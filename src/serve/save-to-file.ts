import { Fault } from "../faults.ts";
import { pixelCount } from "../plan/size.ts";
import { isImageName } from "../protocol/formats.ts";
import { plannedCommands } from "../protocol/planned.ts";
import type { ImageRequest } from "../protocol/request.ts";
import { Deadline } from "../render/deadline.ts";
import { Stopwatch } from "../render/stopwatch.ts";
import { abortable } from "../store/abortable.ts";
import { areOneBucket } from "../store/one-bucket.ts";
import { type SavePlace, savePlace, saveRoot, touchesSources } from "../store/save-key.ts";
import { folderExists, saveFile } from "../store/saves.ts";
import { VERSION } from "../version.ts";
import { refuseProblems } from "./incoming.ts";
import { makePicture } from "./picture.ts";
import type { Properties } from "./properties.ts";
import { faultOf, messageOf, propertiesReply } from "./replies.ts";
import type { Site } from "./site.ts";
import { timingHeader } from "./timing.ts";
import { refuseStrangers, saveCorsHeaders } from "./who-may-save.ts";

/** `req=saveToFile`: saves the picture and answers with properties: 200, or 403 for whatever went wrong. */
export async function saveToFile(
  request: Request,
  asked: ImageRequest,
  site: Site,
  arrived: number,
): Promise<Response> {
  const { settings } = site;
  const cors = saveCorsHeaders(request, settings);
  try {
    await refuseStrangers(request, settings, site.saveToken);
    const watch = new Stopwatch();
    const properties = await save(request, asked, site, arrived, watch);
    return propertiesReply(200, "OK", properties, { ...cors, ...timingHeader(watch, settings) });
  } catch (thrown) {
    return refusedSave(faultOf(thrown), settings.ErrorDetail, cors);
  }
}

/** Source: save-contract "The answer". */
export function refusedSave(
  fault: Fault,
  detail: number,
  headers: Readonly<Record<string, string>> = {},
  status = 403,
): Response {
  const properties = {
    status: fault.code === "saveTimeout" ? "timeout" : "failed",
    error: fault.code,
    message: messageOf(fault, detail),
  };
  return propertiesReply(status, "ERROR", properties, headers);
}

async function save(
  request: Request,
  asked: ImageRequest,
  site: Site,
  arrived: number,
  watch: Stopwatch,
): Promise<Properties> {
  const { settings, saves } = site;
  const { name = "", timeout = settings.SaveTimeout } = asked.request;
  refuseProblems(asked.problems);
  refuseConditions(request);
  const place = savePlace(name, settings, isImageName);
  if (timeout > settings.MaxSaveTimeout) {
    const detail = `timeout: wants at most ${settings.MaxSaveTimeout}, got ${timeout}`;
    throw new Fault("badRequest", detail, { mayBeTold: true });
  }
  const deadline = new Deadline(arrived, timeout, "saveTimeout");
  try {
    await refusePlace(place, site, deadline.signal);
    const { plan, sources, bytes, warnings } = await makePicture(asked, site, deadline, watch);
    const { width, height } = plan.size;
    const contentType = plan.output.mime;
    const file = {
      key: place.key,
      bytes,
      contentType,
      cacheControl: settings.SavedCacheControl,
      provenance: {
        "source-etag": sources[0].etag,
        sources: `${sources.length}`,
        width: `${width}`,
        height: `${height}`,
        program: `fixative ${VERSION}`,
      },
    };
    const saved = await saveFile(saves, file, deadline, settings.CommitGrace);
    watch.lap("store");
    return {
      lastUpdated: saved.uploaded.getTime(),
      pixelsTotal: pixelCount(plan.size),
      status: "done",
      name: name.normalize("NFC"),
      width,
      height,
      size: saved.size,
      type: contentType,
      etag: saved.etag,
      ...ignoredProperty(asked),
      ...warningProperty(warnings),
    };
  } finally {
    deadline.end();
  }
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

/** A save on conditions that are not looked at would overwrite what its client meant to keep. On GET they mean caching. */
function refuseConditions({ method, headers }: Request): void {
  const condition = ["If-Match", "If-None-Match"].find((name) => headers.has(name));
  if (method === "POST" && condition !== undefined) {
    throw new Fault("notBuilt", `${condition} on a save`, { mayBeTold: true });
  }
}

/** What can be said about a place only by asking the bucket. Source: save-contract "Where it goes". */
async function refusePlace({ folder }: SavePlace, site: Site, signal: AbortSignal): Promise<void> {
  const { settings, sources, saves } = site;
  const { RootPath, SharedBucket, CreateFolders } = settings;
  const root = saveRoot(settings);
  if (!SharedBucket && touchesSources(root, RootPath) && (await abortable(areOneBucket(sources, saves), signal))) {
    throw new Fault("saveOverSources", `SAVES is the bucket of SOURCES, and ${root}/ is not apart from the sources`);
  }
  if (CreateFolders || (await folderExists(saves, folder, signal))) return;
  // In single quotes, with those inside of it closed and opened around an escaped one: it is meant to be pasted.
  const marker = `<bucket of SAVES>/${folder}`.replaceAll("'", "'\\''");
  const command = `npx wrangler r2 object put '${marker}' --pipe --remote < /dev/null`;
  throw new Fault("folderMissing", `${folder} is made by: ${command}`);
}
