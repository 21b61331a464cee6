import type { RequestValues } from "../protocol/commands/table.ts";
import type { Craft } from "./craft.ts";
import type { Effort, Encoding, Output } from "./output.ts";
import { pixelCount, type Size } from "./size.ts";

/** The settings that decide how much is spent on a save. */
export interface EffortSettings {
  readonly SaveEffort: Effort;
  /** A larger picture is not encoded by what holds all of it at once, and blocks: third-party encoders. */
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
  if (req?.type !== "saveToFile" || SaveEffort === "fast") return [];
  const longestMs = ((timeout ?? SaveTimeout) * ENCODING_SHARE) / BLOCKING_MARGIN;
  const foreign = pixelCount(size) > MozjpegMaxPixels ? [] : byThirdParties(reply, OxipngLevel);
  return [...foreign, ...byOurselves(reply, size)].filter((output) => blockingMs(craft, size, output) <= longestMs);
}

/** The output that takes the least memory, where that is another one: a larger file is better than none. */
export function leanerOutputs(reply: Output): readonly Output[] {
  if (reply.encoder !== "jpeg" || reply.huffman === "standard") return [];
  return [{ ...reply, huffman: "standard" }];
}

function byThirdParties(reply: Output, oxipngLevel: number): readonly Output[] {
  const { mime, alpha, dpi } = reply;
  const all = { mime, alpha, dpi };
  switch (reply.encoder) {
    case "jpeg": {
      const { quality, fullChroma, gray, scans, mostBytes } = reply;
      // Only our own can be asked again and again until it fits.
      if (mostBytes !== undefined) return [];
      return [{ encoder: "mozjpeg", ...all, quality, fullChroma, gray, progressive: scans !== "sequential" }];
    }
    case "png": {
      const gray = reply.colour === "gray" || reply.colour === "grayAlpha";
      const levels = Array.from({ length: oxipngLevel + 1 }, (_, less) => oxipngLevel - less);
      return levels.map((level) => ({ encoder: "squooshPng", ...all, gray, oxipngLevel: level }));
    }
    case "webp":
      return [{ ...reply, effort: "small" }];
    default:
      return [];
  }
}

/** Larger pictures than this are written in one scan: what several scans are made of has to be there at once. */
const MOST_SCANNED_PIXELS = 40_000_000;

function byOurselves(reply: Output, size: Size): readonly Output[] {
  switch (reply.encoder) {
    case "jpeg": {
      const isScanned = reply.scans !== "sequential" || pixelCount(size) <= MOST_SCANNED_PIXELS;
      const scans = reply.scans === "sequential" && isScanned ? "small" : reply.scans;
      return [{ ...reply, scans, effort: "small" }];
    }
    case "png":
    case "png8":
      return [{ ...reply, effort: "small" }];
    default:
      return [];
  }
}

function blockingMs<Kind extends Encoding>({ encoders }: Craft, size: Size, output: Output<Kind>): number {
  return encoders[output.encoder].blockingMs(size, output);
}
