import type { RequestValues } from "../protocol/commands/table.ts";
import type { Craft } from "./craft.ts";
import type { Effort, Encoding, Output } from "./output.ts";
import { pixelCount, type Size } from "./size.ts";

/** The settings that decide how much is spent on a save. */
export interface EffortSettings {
  readonly SaveEffort: Effort;
  /** A larger picture is encoded as fast as a reply. */
  readonly MozjpegMaxPixels: number;
  readonly OxipngLevel: number;
  /** Milliseconds; the default of `timeout=`. */
  readonly SaveTimeout: number;
}

/** A step that cannot be interrupted is begun only while this many times its estimated time is left. */
export const BLOCKING_MARGIN = 3;
/** Of the time of a save: the rest is for reading, rendering and writing. */
const ENCODING_SHARE = 1 / 2;

/**
 * The outputs that a save may have instead of that of a reply, for a smaller file of the same picture: the one with most
 * effort first. None where nothing is saved, or the time does not suffice: a larger file is better than none.
 *
 * Looks at the time that a save has, not at what will be left of it: one request gives the same bytes every time.
 * Source: save-contract "Effort".
 */
export function smallerOutputs(
  reply: Output,
  size: Size,
  { req, timeout }: Pick<RequestValues, "req" | "timeout">,
  { SaveEffort, MozjpegMaxPixels, OxipngLevel, SaveTimeout }: EffortSettings,
  craft: Craft,
): readonly Output[] {
  if (req?.type !== "saveToFile" || SaveEffort === "fast" || pixelCount(size) > MozjpegMaxPixels) return [];
  const longestMs = ((timeout ?? SaveTimeout) * ENCODING_SHARE) / BLOCKING_MARGIN;
  return withEffort(reply, OxipngLevel).filter((output) => blockingMs(craft, size, output) <= longestMs);
}

function withEffort(reply: Output, oxipngLevel: number): readonly Output[] {
  if (reply.encoder !== "png") return [{ ...reply, effort: "small" }];
  return Array.from({ length: oxipngLevel }, (_, less) => ({ ...reply, oxipngLevel: oxipngLevel - less }));
}

function blockingMs<Kind extends Encoding>({ encoders }: Craft, size: Size, output: Output<Kind>): number {
  return encoders[output.encoder].blockingMs(size, output);
}
