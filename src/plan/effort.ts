import type { RequestValues } from "../protocol/commands/table.ts";
import type { Craft, EncoderLimits } from "./craft.ts";
import { longestSide } from "./limits.ts";
import { bytesAsked, type Effort, type Encoding, inOneScan, MOST_ENCODES, type Output } from "./output.ts";
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

/** What is estimated may take so many times as long: with less time left, a step that cannot be interrupted is not begun. */
export const MARGIN = 3;
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
  const longestMs = ((timeout ?? SaveTimeout) * ENCODING_SHARE) / MARGIN;
  const foreign = pixelCount(size) > MozjpegMaxPixels ? [] : byThirdParties(reply, OxipngLevel);
  return [...foreign, ...byOurselves(reply, size)].filter(
    (output) =>
      isWithin(craft.encoders[output.encoder].limits, size) &&
      encodingMs(craft, size, output, timesOf(output)) <= longestMs,
  );
}

/** Outputs that take less memory, the one with most first: a larger file is better than none, and one scan better than no picture. */
export function leanerOutputs(reply: Output): readonly Output[] {
  if (reply.encoder !== "jpeg") return [];
  const one = inOneScan(reply);
  return [...(one === undefined ? [] : [one]), { ...(one ?? reply), huffman: "standard" }];
}

function isWithin({ maxPixels, maxSide }: EncoderLimits, size: Size): boolean {
  return pixelCount(size) <= maxPixels && longestSide(size) <= maxSide;
}

function byThirdParties(reply: Output, oxipngLevel: number): readonly Output[] {
  const { mime, alpha, dpi } = reply;
  const all = { mime, alpha, dpi };
  switch (reply.encoder) {
    case "jpeg": {
      const { quality, fullChroma, gray, scans, mostBytes } = reply;
      // Only our own can be asked again and again until it fits, and for passes by their number.
      if (mostBytes !== undefined || typeof scans === "number") return [];
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

/**
 * Larger pictures than this are written in one scan where nobody asked for several: what those are made of has to be there
 * at once.
 */
const MOST_SCANNED_PIXELS = 40_000_000;

function byOurselves(reply: Output, size: Size): readonly Output[] {
  switch (reply.encoder) {
    case "jpeg": {
      const small = { ...reply, effort: "small" } as const;
      const isScanned = reply.scans === "sequential" && pixelCount(size) <= MOST_SCANNED_PIXELS;
      return isScanned ? [{ ...small, scans: "small" }, small] : [small];
    }
    case "png":
    case "png8":
      return [{ ...reply, effort: "small" }];
    default:
      return [];
  }
}

/** How often it is encoded at most. */
function timesOf(output: Output): number {
  return bytesAsked(output) === undefined ? 1 : MOST_ENCODES;
}

/** Milliseconds of its longest piece, or of all of it so many times. */
function encodingMs<Kind extends Encoding>(
  { encoders }: Craft,
  size: Size,
  output: Output<Kind>,
  times: number,
): number {
  const encoder = encoders[output.encoder];
  const longest = encoder.blockingMs(size, output);
  if (encoder.takes === "raster") return longest;
  return Math.max(longest, times * encoder.workMs(size, output));
}
