import type { Raster } from "../pixels/raster.ts";
import type { EncoderCraft } from "../plan/craft.ts";
import type { Encoding, Output } from "../plan/output.ts";

/** Makes the bytes of a file from a raster. */
export interface Encoder<Kind extends Encoding> extends EncoderCraft<Kind> {
  encode(raster: Raster, output: Output<Kind>): Promise<Uint8Array<ArrayBuffer>>;
}

export type Encoders = { readonly [Kind in Encoding]: Encoder<Kind> };
