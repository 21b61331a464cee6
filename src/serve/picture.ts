import { noCatalogs } from "../catalog/catalog.ts";
import { lookUp } from "../catalog/look-up.ts";
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
import { pictureOf } from "../resolve/places.ts";
import { type PinnedSource, pinnedBytes, pinSource } from "../resolve/source.ts";
import { r2Sources, type Sources } from "../store/sources.ts";
import type { Site } from "./site.ts";

/** What a picture is made with. */
export type PictureSite = Pick<Site, "settings" | "sources" | "engine">;

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
export async function planned(asked: ImageRequest, site: PictureSite, { signal }: Deadline): Promise<PlannedPicture> {
  const { settings, engine } = site;
  const objects = sourcesOf(asked);
  if (isWrong(objects.picture)) {
    const { wanted, got } = objects.picture;
    throw new Fault("objectInvalid", `wants ${wanted}, got ${shown(got)}`, { mayBeTold: true });
  }
  if (objects.picture === "") throw new Fault("objectMissing");
  const sources = r2Sources(site.sources);
  const catalogs = noCatalogs(settings.Macros);
  const pinned = (object: string) => {
    const found = lookUp(object, catalogs.default, catalogs, settings);
    return pinSource(pictureOf(found, catalogs.default, settings), sources, signal);
  };
  const picture = await pinned(objects.picture);
  const mask = objects.mask === undefined ? undefined : await pinned(objects.mask);
  return { plan: planPicture(asked, { picture, mask }, settings, craftOf(engine)), picture, mask };
}

/** The time in which a picture is made and used, and what is noted of it. */
export interface Making {
  readonly deadline: Deadline;
  readonly watch: Stopwatch;
  /** Milliseconds past the deadline for which its bytes may still be held; none where absent. */
  readonly graceMs?: number;
}

/**
 * The way that every picture takes: find and pin the sources, decide everything, wait for room, then touch pixels.
 *
 * @param use what is done with the picture: its bytes have their room until that is through
 */
export async function makePicture<T>(
  asked: ImageRequest,
  site: PictureSite,
  making: Making,
  use: (picture: Picture) => Promise<T>,
): Promise<T> {
  return carriedOut(await planned(asked, site, making.deadline), site, making, use);
}

/** The picture that was decided about, as soon as there is room for it. */
export async function carriedOut<T>(
  { plan, picture, mask }: PlannedPicture,
  { engine, settings, ...site }: PictureSite,
  { deadline, watch, graceMs = 0 }: Making,
  use: (picture: Picture) => Promise<T>,
): Promise<T> {
  const sources = r2Sources(site.sources);
  const streams = {
    picture: streamOf(picture, sources, deadline),
    mask: mask && streamOf(mask, sources, deadline),
  };
  watch.lap("read");
  return engine.gate.admit(plan.claim, deadline, { capacity: settings.MemoryBudget, graceMs }, async (lease) => {
    watch.lap("wait");
    const { bytes, warnings } = await renderPicture(plan, streams, engine, deadline, watch);
    lease.shrinkTo(bytes.length);
    return use({ plan, sources: mask === undefined ? [picture] : [picture, mask], bytes, warnings });
  });
}

function streamOf(source: PinnedSource, sources: Sources, { signal }: Deadline): SourceStream {
  return { bytes: source.bytes, open: () => pinnedBytes(source, sources, signal) };
}
