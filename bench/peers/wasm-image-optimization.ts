import { type Pipeline, QUALITY, usualOutput } from "../job.ts";
import { loadPeer } from "./load.ts";

interface Optimizer {
  optimizeImage(options: {
    readonly image: Uint8Array;
    readonly width: number;
    readonly height: number;
    readonly fit: "fill";
    readonly format: "raw" | "jpeg";
    readonly quality: number;
  }): Promise<{ readonly data: Uint8Array }>;
}

export async function wasmImageOptimizationPipeline(): Promise<Pipeline> {
  const { optimizeImage } = await loadPeer<Optimizer>("wasm-image-optimization");
  return async (image, task) => {
    const format = usualOutput(task) === "raster" ? "raw" : "jpeg";
    const { data } = await optimizeImage({ image, ...task.size, fit: "fill", format, quality: QUALITY });
    return { bytes: data };
  };
}
