import { Fault } from "../faults.ts";
import type { RequestValues } from "../protocol/commands/table.ts";
import type { Output } from "./output.ts";
import type { RasterPlan } from "./steps.ts";

/** The colours that a palette has at most: an index is a byte. */
const MOST_COLOURS = 256;

/**
 * Leaves a picture the colours that its palette can have: as the last step, for an output that has one; for any other
 * `quantize=` says nothing.
 *
 * @throws Fault `badRequest` for the palette that the protocol does not combine with transparency
 * Source: protocol.md 3.1 (quantize).
 */
export function quantised(
  raster: RasterPlan,
  { encoder, alpha }: Pick<Output, "encoder" | "alpha">,
  { type = "adaptive", dither = "diffuse", numColors = MOST_COLOURS, colorList = [] }: Partial<Asked> = {},
): RasterPlan {
  if (encoder !== "png8") return raster;
  if (alpha && type === "mac") {
    throw new Fault("badRequest", 'quantize: wants adaptive or web for png8-alpha, got "mac"', { mayBeTold: true });
  }
  return {
    ...raster,
    steps: [
      ...raster.steps,
      { step: "quantise", palette: type, diffuse: dither === "diffuse", most: numColors, forced: colorList },
    ],
  };
}

type Asked = NonNullable<RequestValues["quantize"]>;
