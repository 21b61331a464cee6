import type { Pipeline } from "./job.ts";
import { jsquashPipeline } from "./peers/jsquash.ts";
import { photonPipeline } from "./peers/photon.ts";
import { sharpPipeline } from "./peers/sharp.ts";
import { wasmImageOptimizationPipeline } from "./peers/wasm-image-optimization.ts";

interface PipelineRow {
  /** The packages of bench/package.json that it is made of. */
  readonly packages: readonly string[];
  readonly about: string;
  /** Whether a rendition takes so long that few are made. */
  readonly slow: boolean;
  load(): Promise<Pipeline>;
}

/** What runs in a Node process of its own. In workerd ours runs as well. */
export const PIPELINES = {
  sharp: {
    packages: ["sharp"],
    about: "libvips with libjpeg-turbo and libpng, native, one thread; shrinks JPEG while it decodes.",
    slow: false,
    load: () => sharpPipeline({ mozjpeg: false }),
  },
  "sharp, mozjpeg": {
    packages: ["sharp"],
    about: "The same, with `mozjpeg: true`.",
    slow: false,
    load: () => sharpPipeline({ mozjpeg: true }),
  },
  "ours in Node": {
    packages: [],
    about: "This project's modules.",
    slow: false,
    load: async () => {
      const [{ ours }, { MODULES }] = await Promise.all([
        import("./ours.ts"),
        import("../test/support/wasm-modules.ts"),
      ]);
      return ours(MODULES, { pauses: false });
    },
  },
  "@jsquash": {
    packages: ["@jsquash/jpeg", "@jsquash/png", "@jsquash/resize"],
    about: "mozjpeg and the Rust crates png and resize, in WebAssembly.",
    slow: true,
    load: jsquashPipeline,
  },
  "@cf-wasm/photon": {
    packages: ["@cf-wasm/photon"],
    about: "The Rust crate image, in WebAssembly.",
    slow: true,
    load: photonPipeline,
  },
  "wasm-image-optimization": {
    packages: ["wasm-image-optimization"],
    about: "C++ libraries in WebAssembly; takes no filter.",
    slow: true,
    load: wasmImageOptimizationPipeline,
  },
} as const satisfies Record<string, PipelineRow>;

export type PipelineName = keyof typeof PIPELINES;

export const PIPELINE_NAMES = Object.keys(PIPELINES) as readonly PipelineName[];
