import { type Pipeline, QUALITY } from "../job.ts";
import { loadPeer } from "./load.ts";

/** What the bench uses of sharp. */
export interface Sharp {
  resize(width: number, height: number, options: { readonly fit: "fill" }): Sharp;
  extend(options: { readonly right: number; readonly bottom: number; readonly extendWith: "mirror" }): Sharp;
  extract(area: Record<"left" | "top" | "width" | "height", number>): Sharp;
  removeAlpha(): Sharp;
  blur(options: { readonly sigma: number; readonly precision?: "float"; readonly minAmplitude?: number }): Sharp;
  sharpen(options: Record<"sigma" | "m1" | "m2" | "y2" | "y3", number>): Sharp;
  rotate(angleDeg: number): Sharp;
  affine(
    matrix: readonly (readonly [number, number])[],
    options: { readonly interpolator: "bicubic"; readonly background: Record<"r" | "g" | "b" | "alpha", number> },
  ): Sharp;
  modulate(options: Record<"hue" | "saturation", number>): Sharp;
  linear(factor: number, offset: number): Sharp;
  negate(options: { readonly alpha: false }): Sharp;
  toColourspace(space: "srgb" | "b-w"): Sharp;
  raw(): Sharp;
  jpeg(options: {
    readonly quality: number;
    readonly mozjpeg?: boolean;
    readonly progressive?: boolean;
    readonly optimiseCoding?: boolean;
  }): Sharp;
  toBuffer(): Promise<Buffer>;
}

type Create = Record<"width" | "height", number> & { readonly channels: 3; readonly background: string };

interface SharpModule {
  readonly default: {
    (
      input: Uint8Array | { readonly create: Create; readonly limitInputPixels: false },
      options?: {
        readonly limitInputPixels?: false;
        readonly ignoreIcc?: boolean;
        readonly raw?: Record<"width" | "height" | "channels", number>;
      },
    ): Sharp;
    concurrency(threads: number): void;
    cache(on: boolean): void;
  };
}

export type SharpMaker = SharpModule["default"];

/** sharp with one thread and nothing kept from one call to the next. */
export async function loadSharp(): Promise<SharpMaker> {
  const { default: sharp } = await loadPeer<SharpModule>("sharp");
  sharp.concurrency(1);
  sharp.cache(false);
  return sharp;
}

export async function sharpPipeline({ mozjpeg }: { readonly mozjpeg: boolean }): Promise<Pipeline> {
  const sharp = await loadSharp();
  return async (file, { width, height }, output) => {
    // Without colour management, as none of the others does any.
    const scaled = sharp(file, { limitInputPixels: false, ignoreIcc: true }).resize(width, height, { fit: "fill" });
    const done = output === "raster" ? scaled.raw() : scaled.jpeg({ quality: QUALITY, mozjpeg });
    return { bytes: await done.toBuffer() };
  };
}
