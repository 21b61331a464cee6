import { type Job, type Output, sizeAt } from "./job.ts";
import { type SourceName, sourceOf } from "./sources.ts";

/** A row of the price list. */
export interface PriceJob {
  /** As the README says it. */
  readonly from: string;
  readonly to: string;
  readonly job: Job;
}

const FORMATS = { jpeg: "JPEG", png: "PNG", webp: "WebP" } as const;
type Format = Exclude<Output, "raster">;

const PHOTOGRAPH = "JPEG, 12 MP";

/** What pictures on the web are mostly made of, and into. */
export const PRICE_JOBS: readonly PriceJob[] = [
  scaled(PHOTOGRAPH, "12 MP", 400, "jpeg"),
  scaled(PHOTOGRAPH, "12 MP", 800, "jpeg"),
  scaled(PHOTOGRAPH, "12 MP", 2000, "jpeg"),
  scaled(PHOTOGRAPH, "12 MP", 800, "png"),
  scaled(PHOTOGRAPH, "12 MP", 800, "webp"),
  scaled("JPEG, progressive, 12 MP", "12 MP progressive", 800, "jpeg"),
  scaled("JPEG, 24 MP", "24 MP", 800, "jpeg"),
  scaled("JPEG, 100 MP", "100 MP", 800, "jpeg"),
  lastTile("JPEG, 100 MP", "100 MP", 256),
  scaled("PNG, RGB, 12 MP", "12 MP PNG", 800, "jpeg"),
  scaled("PNG, RGBA, 12 MP", "12 MP PNG RGBA", 800, "jpeg"),
  scaled("PNG, palette, 12 MP", "12 MP PNG palette", 800, "jpeg"),
  scaled("PNG, 16 bits, 12 MP", "12 MP PNG 16 bit", 800, "jpeg"),
  scaled("PNG, interlaced, 12 MP", "12 MP PNG Adam7", 800, "jpeg"),
  scaled("PNG, RGB, 24 MP", "24 MP PNG", 800, "jpeg"),
  scaled("WebP, 6 MP", "6 MP WebP", 800, "jpeg"),
];

function scaled(from: string, source: SourceName, width: number, output: Format): PriceJob {
  const size = sizeAt(sourceOf(source).size, width);
  return { from, to: `${FORMATS[output]}, ${width} px wide`, job: { source, size, output, saved: true } };
}

/** From the corner that comes last in the file. */
function lastTile(from: string, source: SourceName, side: number): PriceJob {
  const { width, height } = sourceOf(source).size;
  const tile = { x: width - side, y: height - side };
  const job = { source, size: { width: side, height: side }, output: "jpeg", tile, saved: true } as const;
  return { from, to: `JPEG, a tile of ${side} × ${side} of the full size`, job };
}
