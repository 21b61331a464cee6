import { Fault } from "../faults.ts";
import { type Plan, planPicture } from "../plan/plan.ts";
import { isWrong, shown } from "../protocol/problem.ts";
import type { ImageRequest } from "../protocol/request.ts";
import type { Deadline } from "../render/deadline.ts";
import { craftOf, renderPicture } from "../render/render.ts";
import type { Stopwatch } from "../render/stopwatch.ts";
import { type PinnedSource, pinSource } from "../resolve/source.ts";
import { r2Sources } from "../store/sources.ts";
import type { Site } from "./site.ts";

/** A finished picture, and how it came about. */
export interface Picture {
  readonly plan: Plan;
  readonly source: PinnedSource;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** What was wrong with the source. */
  readonly warnings: readonly string[];
}

/** The way that every picture takes: find and pin the source, decide everything, then touch pixels. */
export async function makePicture(
  asked: ImageRequest,
  site: Site,
  deadline: Deadline,
  watch: Stopwatch,
): Promise<Picture> {
  const { object } = asked;
  const { settings, engine } = site;
  if (isWrong(object)) {
    throw new Fault("objectInvalid", `wants ${object.wanted}, got ${shown(object.got)}`, {
      mayBeTold: true,
    });
  }
  if (object === "") throw new Fault("objectMissing");
  const sources = r2Sources(site.sources);
  const source = await pinSource(object, sources, settings, deadline.signal);
  watch.lap("read");
  const plan = planPicture(asked, source, settings, craftOf(engine));
  const chunks = sources.chunks(source.key, source.etag, deadline.signal);
  const { bytes, warnings } = await renderPicture(plan, { bytes: source.bytes, chunks }, engine, deadline, watch);
  return { plan, source, bytes, warnings };
}
