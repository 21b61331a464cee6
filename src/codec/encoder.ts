import type { Raster } from "../pixels/raster.ts";
import type { Output } from "../plan/output.ts";
import type { EncoderLimits } from "../plan/plan.ts";
import type { Size } from "../plan/size.ts";

/** Makes the bytes of a file from a raster. */
export interface Encoder<Kind extends Output["encoder"] = Output["encoder"]> {
  readonly limits: EncoderLimits;
  /** Milliseconds a megapixel that `encode` takes without being interruptible. */
  readonly blockingMsPerMegapixel: number;
  /** Bytes that it holds at most beside the raster. */
  memory(size: Size, output: Extract<Output, { encoder: Kind }>): number;
  encode(raster: Raster, output: Extract<Output, { encoder: Kind }>): Promise<Uint8Array<ArrayBuffer>>;
}

export type Encoders = { readonly [Kind in Output["encoder"]]: Encoder<Kind> };
