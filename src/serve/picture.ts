import { Fault } from "../faults.ts";
import { type Plan, planPicture } from "../plan/plan.ts";
import { isWrong, shown } from "../protocol/problem.ts";
import type { ImageRequest } from "../protocol/request.ts";
import { sourcesOf } from "../protocol/sources.ts";
import type { Deadline } from "../render/deadline.ts";
import { craftOf } from "../render/engine.ts";
import type { SourceStream } from "../render/paint.ts";
import { renderPicture } from "../render/render.ts";
import type { Stopwatch } from "../render/stopwatch.ts";
import { type PinnedSource, pinSource } from "../resolve/source.ts";
import { r2Sources, type Sources } from "../store/sources.ts";
import type { Site } from "./site.ts";

/** A picture that has been decided about: nothing of it but the headers of its files was read. */
export interface PlannedPicture {
  readonly plan: Plan;
  readonly picture: PinnedSource;
  readonly mask: PinnedSource | undefined;
}

/** A finished picture, and how it came about. */
export interface Picture {
  readonly plan: Plan;
  /** The files that it is made of: the picture, then its mask. */
  readonly sources: readonly [PinnedSource, ...PinnedSource[]];
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** What was wrong with the sources. */
  readonly warnings: readonly string[];
}

/** Finds and pins the files of a picture, and decides everything about it. */
export async function planned(asked: ImageRequest, site: Site, { signal }: Deadline): Promise<PlannedPicture> {
  const { settings, engine } = site;
  const objects = sourcesOf(asked);
  if (isWrong(objects.picture)) {
    const { wanted, got } = objects.picture;
    throw new Fault("objectInvalid", `wants ${wanted}, got ${shown(got)}`, { mayBeTold: true });
  }
  if (objects.picture === "") throw new Fault("objectMissing");
  const sources = r2Sources(site.sources);
  const picture = await pinSource(objects.picture, sources, settings, signal);
  const mask = objects.mask === undefined ? undefined : await pinSource(objects.mask, sources, settings, signal);
  return { plan: planPicture(asked, { picture, mask }, settings, craftOf(engine)), picture, mask };
}

/** The way that every picture takes: find and pin the sources, decide everything, then touch pixels. */
export async function makePicture(
  asked: ImageRequest,
  site: Site,
  deadline: Deadline,
  watch: Stopwatch,
): Promise<Picture> {
  const { plan, picture, mask } = await planned(asked, site, deadline);
  watch.lap("read");
  const sources = r2Sources(site.sources);
  const streams = {
    picture: streamOf(picture, sources, deadline),
    mask: mask && streamOf(mask, sources, deadline),
  };
  const { bytes, warnings } = await renderPicture(plan, streams, site.engine, deadline, watch);
  return { plan, sources: mask === undefined ? [picture] : [picture, mask], bytes, warnings };
}

function streamOf({ key, etag, bytes }: PinnedSource, sources: Sources, { signal }: Deadline): SourceStream {
  return { bytes, open: () => sources.chunks(key, etag, signal) };
}
