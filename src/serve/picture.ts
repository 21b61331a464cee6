import type { Delivery } from "../plan/delivery.ts";
import { type Plan, planPicture } from "../plan/plan.ts";
import type { ImageRequest } from "../protocol/request.ts";
import type { Deadline } from "../render/deadline.ts";
import { craftOf } from "../render/engine.ts";
import { renderPicture } from "../render/render.ts";
import type { Stopwatch } from "../render/stopwatch.ts";
import type { Pieces, SourceStream } from "../render/studio.ts";
import { type PinnedSource, pinnedBytes, pinSource } from "../resolve/source.ts";
import { r2Sources, type Sources } from "../store/sources.ts";
import { type FoundSources, foundSources, type LookUpSite } from "./found-sources.ts";
import { memoryFor } from "./memory.ts";
import type { CatalogSite } from "./site.ts";

/** What a picture is made with. */
export type PictureSite = LookUpSite & Pick<CatalogSite, "settings" | "sources" | "engine">;

/** A picture that has been decided about: nothing of it but the headers of its files was read. */
export interface PlannedPicture {
  readonly plan: Plan;
  readonly picture: PinnedSource;
  readonly mask: PinnedSource | undefined;
}

/** A picture in the making, and how it comes about. */
export interface Picture {
  readonly plan: Plan;
  /** The files that it is made of: the picture, then its mask. */
  readonly sources: readonly [PinnedSource, ...PinnedSource[]];
  /** The pieces of its file, as they are made when they are asked for. */
  readonly pieces: Pieces;
  /** What was wrong with the sources: complete when there are no more pieces. */
  readonly warnings: ReadonlySet<string>;
  /** Says that nothing is held any more but so many bytes of its file. */
  isMade(bytes: number): void;
  /** Says that so many bytes that were counted for its file are not held any more, or never will be. */
  giveBack(bytes: number): void;
}

/** Pins the files of a picture, and decides everything about it. */
export async function planned(
  asked: ImageRequest,
  found: FoundSources,
  site: PictureSite,
  { signal }: Deadline,
  delivery: Delivery = "pieces",
): Promise<PlannedPicture> {
  const { settings, engine } = site;
  const sources = r2Sources(site.sources);
  const picture = await pinSource(found.picture, sources, signal);
  const mask = found.mask && (await pinSource(found.mask, sources, signal));
  const files = { picture, mask, isOwnMask: found.isOwnMask };
  const decisive = { ...settings, Resolution: found.resolution, MemoryBudget: memoryFor(site) };
  return { plan: planPicture(asked, files, decisive, craftOf(engine), delivery), picture, mask };
}

/** The time in which a picture is made and used, and what is noted of it. */
export interface Making {
  readonly deadline: Deadline;
  readonly watch: Stopwatch;
  /** Milliseconds past the deadline for which its bytes may still be held; none where absent. */
  readonly graceMs?: number;
}

/**
 * The way that every picture takes: look up, find and pin the sources, decide everything, wait for room, then touch pixels.
 *
 * @param use what is done with the picture: it is made as its pieces are taken, and has its room until that is through
 */
export async function makePicture<T>(
  asked: ImageRequest,
  site: PictureSite,
  making: Making,
  use: (picture: Picture) => Promise<T>,
): Promise<T> {
  return carriedOut(await planned(asked, foundSources(asked, site), site, making.deadline), site, making, use);
}

/**
 * The picture that was decided about, as soon as there is room for it.
 *
 * @param use what is done with the picture: it is made as its pieces are taken, and has its room until that is through
 */
export async function carriedOut<T>(
  { plan, picture, mask }: PlannedPicture,
  site: PictureSite,
  { deadline, watch, graceMs = 0 }: Making,
  use: (picture: Picture) => Promise<T>,
): Promise<T> {
  const { engine } = site;
  const sources = r2Sources(site.sources);
  const streams = {
    picture: streamOf(picture, sources, deadline),
    mask: mask && streamOf(mask, sources, deadline),
  };
  watch.lap("read");
  return engine.gate.admit(plan.claim, deadline, { capacity: memoryFor(site), graceMs }, async (lease) => {
    watch.lap("wait");
    const warnings = new Set<string>();
    const pieces = renderPicture(plan, streams, { engine, deadline, watch, warnings, claimed: lease.claimed });
    try {
      return await use({
        plan,
        sources: mask === undefined ? [picture] : [picture, mask],
        pieces,
        warnings,
        isMade: (bytes) => lease.shrinkTo(bytes),
        giveBack: (bytes) => lease.giveBack(bytes),
      });
    } finally {
      await pieces.return();
    }
  });
}

function streamOf(source: PinnedSource, sources: Sources, { signal }: Deadline): SourceStream {
  return { bytes: source.bytes, open: () => pinnedBytes(source, sources, signal) };
}
