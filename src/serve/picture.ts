import { Fault } from "../faults.ts";
import { type Plan, planPicture } from "../plan/plan.ts";
import { isWrong, shown } from "../protocol/problem.ts";
import type { ImageRequest } from "../protocol/request.ts";
import type { Deadline } from "../render/deadline.ts";
import { renderPicture } from "../render/render.ts";
import { type PinnedSource, pinSource } from "../resolve/source.ts";
import { r2Sources } from "../store/sources.ts";
import type { Site } from "./site.ts";

/** A finished picture, and how it came about. */
export interface Picture {
  readonly plan: Plan;
  readonly source: PinnedSource;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** The way that every picture takes: find and pin the source, decide everything, then touch pixels. */
export async function makePicture(asked: ImageRequest, site: Site, deadline: Deadline): Promise<Picture> {
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
  const plan = planPicture(asked, source.facts, settings, engine.codecs.encoders);
  const chunks = sources.chunks(source.key, source.etag, deadline.signal);
  const bytes = await renderPicture(plan, { bytes: source.bytes, chunks }, engine, deadline);
  return { plan, source, bytes };
}
