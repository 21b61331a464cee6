import type { Raster } from "../pixels/raster.ts";
import type { Encoding, Output } from "../plan/output.ts";
import type { EncoderLimits } from "../plan/plan.ts";
import type { Size } from "../plan/size.ts";

/** Makes the bytes of a file from a raster. */
export interface Encoder<Kind extends Encoding> {
  readonly limits: EncoderLimits;
  /** Milliseconds a megapixel that `encode` takes without being interruptible. */
  readonly blockingMsPerMegapixel: number;
  /** Bytes that it holds at most beside the raster. */
  memory(size: Size, output: Output<Kind>): number;
  encode(raster: Raster, output: Output<Kind>): Promise<Uint8Array<ArrayBuffer>>;
}

export type Encoders = { readonly [Kind in Encoding]: Encoder<Kind> };
