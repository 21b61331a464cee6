import type { Raster } from "../pixels/raster.ts";
import type { Output } from "../plan/output.ts";
import type { EncoderLimits } from "../plan/plan.ts";

/** Makes the bytes of a file from a raster. */
export interface Encoder<Kind extends Output["encoder"] = Output["encoder"]> {
  readonly limits: EncoderLimits;
  /** Milliseconds a megapixel that `encode` takes without being interruptible. */
  readonly blockingMsPerMegapixel: number;
  encode(raster: Raster, output: Extract<Output, { encoder: Kind }>): Promise<Uint8Array<ArrayBuffer>>;
}

export type Encoders = { readonly [Kind in Output["encoder"]]: Encoder<Kind> };
