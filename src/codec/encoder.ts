import type { Kernels } from "../pixels/kernels.ts";
import type { Raster } from "../pixels/raster.ts";
import type { RasterCraft, RowsCraft } from "../plan/craft.ts";
import type { Encoding, Output } from "../plan/output.ts";
import type { Size } from "../plan/size.ts";

/** Makes a file of rows as they come, top to bottom: RGBA8, not premultiplied. */
export interface RowEncoder {
  /**
   * Takes whole rows, any number of them. Yields what is ready of the file, each piece the caller's own; must be driven to
   * its end.
   *
   * @throws OutOfRoom with the last rows at the latest, and before any piece of the file, where all rows have to be there
   * first and hold too much
   */
  push(rows: Uint8Array): Iterable<Uint8Array<ArrayBuffer>>;
  /** All rows are there: the rest of the file, in pieces between which the caller may breathe. */
  end(): Iterable<Uint8Array<ArrayBuffer>>;
}

/** An encoder of our own, in the memory of the kernels, where a decoder may be at work as well. */
export interface RowEncoderMaker<Kind extends Encoding> extends RowsCraft<Kind> {
  make(kernels: Kernels, size: Size, output: Output<Kind>): RowEncoder;
}

/** Makes the bytes of a file from a raster. */
export interface RasterEncoder<Kind extends Encoding> extends RasterCraft<Kind> {
  encode(raster: Raster, output: Output<Kind>, kernels: Kernels): Promise<Uint8Array<ArrayBuffer>>;
}

export type Encoder<Kind extends Encoding> = RowEncoderMaker<Kind> | RasterEncoder<Kind>;

export type Encoders = { readonly [Kind in Encoding]: Encoder<Kind> };

/** What an encoder would have to hold of this picture is more than it may. */
export class OutOfRoom extends Error {
  override readonly name = "OutOfRoom";
}
