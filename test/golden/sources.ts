import { encode } from "fast-png";
import { rgbaPng } from "../../scripts/samples/png.ts";
import type { Raster } from "../../src/pixels/raster.ts";
import type { Orientation } from "../../src/plan/orientation.ts";
import { exifSegment } from "../support/jpeg-bytes.ts";
import { SPECIFIED } from "../support/pictures.ts";
import { jpegFile } from "../support/pixels.ts";
import { badge } from "./sources/badge.ts";
import { chart } from "./sources/chart.ts";
import { lying } from "./sources/lying.ts";
import { mask } from "./sources/mask.ts";
import { photo } from "./sources/photo.ts";

const QUALITY = 92;
/** Start of image. */
const MARKER = 2;

/** The objects that the URLs of golden pictures name: all of them are computed, and the same bytes on every machine. */
export function goldenSources(): ReadonlyMap<string, Uint8Array> {
  const objects: (readonly [key: string, bytes: Uint8Array])[] = [
    ["chart.png", pngFile(chart())],
    ["photo.jpg", jpegOf(photo())],
    ["badge.png", pngFile(badge())],
    ["mask.png", encode({ ...mask(), channels: 1 })],
  ];
  for (const [orientation] of SPECIFIED) objects.push([`lying-${orientation}.jpg`, lyingFile(orientation)]);
  return new Map(objects);
}

function pngFile({ size, data }: Raster): Uint8Array {
  return rgbaPng(data, size.width, size.height);
}

/** Encoded by a library that has nothing to do with the product: another encoder of ours is no other source. */
function jpegOf({ size, data }: Raster): Uint8Array {
  return jpegFile({ ...size, data }, QUALITY);
}

/** The photograph, lying in its file in one of eight ways. */
function lyingFile(orientation: Orientation): Uint8Array {
  const file = jpegOf(lying(photo(), orientation));
  return Uint8Array.of(...file.subarray(0, MARKER), ...exifSegment({ orientation }), ...file.subarray(MARKER));
}
