import type { Kernels } from "../../pixels/kernels.ts";
import type { Raster } from "../../pixels/raster.ts";
import type { Output } from "../../plan/output.ts";
import { joined } from "../joined.ts";
import { pngEncoding } from "./encoder.ts";

/** The file of a raster, for who wants all of it at once. */
export function wholePng({ size, data }: Raster, output: Output<"png">, kernels: Kernels): Uint8Array<ArrayBuffer> {
  const rows = pngEncoding.make(kernels, size, output);
  return joined([...rows.push(data), ...rows.end()]);
}
