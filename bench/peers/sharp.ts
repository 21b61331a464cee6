import { type Pipeline, QUALITY, type Task } from "../job.ts";
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
  toColourspace(space: "srgb" | "b-w" | "rgb16"): Sharp;
  raw(options?: { readonly depth: "ushort" }): Sharp;
  jpeg(options: {
    readonly quality: number;
    readonly mozjpeg?: boolean;
    readonly progressive?: boolean;
    readonly optimiseCoding?: boolean;
  }): Sharp;
  png(options?: {
    readonly compressionLevel: number;
    readonly adaptiveFiltering: boolean;
    readonly progressive: boolean;
    readonly palette?: boolean;
    readonly effort?: number;
  }): Sharp;
  webp(options: { readonly quality: number }): Sharp;
  toBuffer(): Promise<Buffer>;
}

type Create = Record<"width" | "height", number> & { readonly channels: 3; readonly background: string };

interface SharpModule {
  readonly default: {
    (
      input: Uint8Array | Uint16Array | { readonly create: Create; readonly limitInputPixels: false },
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
  return async (file, task) => {
    const { width, height } = task.size;
    // Without colour management, as none of the others does any.
    const whole = sharp(file, { limitInputPixels: false, ignoreIcc: true });
    const picture =
      task.tile === undefined
        ? whole.resize(width, height, { fit: "fill" })
        : whole.extract({ left: task.tile.x, top: task.tile.y, width, height });
    return { bytes: await ENCODE[task.output](picture, mozjpeg).toBuffer() };
  };
}

/** Beside the quality, all is as it is without being asked for. */
const ENCODE: Readonly<Record<Task["output"], (picture: Sharp, mozjpeg: boolean) => Sharp>> = {
  raster: (picture) => picture.raw(),
  jpeg: (picture, mozjpeg) => picture.jpeg({ quality: QUALITY, mozjpeg }),
  png: (picture) => picture.png(),
  webp: (picture) => picture.webp({ quality: QUALITY }),
};
