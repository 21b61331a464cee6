import type { Size } from "../src/plan/size.ts";

/** `raster`: decoded and resampled, the pixels are the result. Else encoded as well. */
export type Output = "raster" | "jpeg" | "png" | "webp";

/** Of every lossy encoder; of a JPEG with chroma at half its resolution both ways. */
export const QUALITY = 80;

/** What is to be made of a file. */
export interface Task {
  readonly size: Size;
  readonly output: Output;
  /** Where the part of the source begins that is shown, pixel by pixel; where absent, all of it is scaled. */
  readonly tile?: { readonly x: number; readonly y: number };
  /** As it would be saved: our encoders take their time then. */
  readonly saved?: true;
}

/** One rendition of one source. */
export interface Job extends Task {
  /** Name of a source (sources.ts). */
  readonly source: string;
}

/** What a pipeline makes of a file. */
export interface Rendition {
  /** The encoded file, or the pixels of the raster in as many channels as the pipeline gives. */
  readonly bytes: Uint8Array;
  /** Bytes of WebAssembly memory that our kernels held at the end; theirs never shrinks. */
  readonly kernelBytes?: number;
}

/** Something that makes renditions. Everything it does to load itself is done before. */
export type Pipeline = (file: Uint8Array, task: Task) => Promise<Rendition>;

/** One run of a job, measured where it ran. */
export interface Ran {
  readonly ms: number;
  readonly bytes: number;
  readonly kernelBytes: number | undefined;
  /** The result itself, where it was asked for. */
  readonly kept: Uint8Array | undefined;
}

/** Runs jobs in a process of its own, one after another. */
export interface Runner {
  /** @throws Error where the pipeline fails, is too slow or dies; it runs nothing more then */
  run(job: Job, keep?: boolean): Promise<Ran>;
  stop(): Promise<void>;
}

/**
 * What most pipelines are made for: a whole picture, as a raster or as a JPEG.
 *
 * @throws Error where something else is asked for, which would be compared with nothing of its kind
 */
export function usualOutput({ output, tile }: Task): "raster" | "jpeg" {
  if (tile !== undefined || (output !== "raster" && output !== "jpeg"))
    throw new Error("it is not asked for that here");
  return output;
}

/** The size that a source has at a width. */
export function sizeAt(source: Size, width: number): Size {
  return { width, height: Math.max(1, Math.round((source.height * width) / source.width)) };
}
