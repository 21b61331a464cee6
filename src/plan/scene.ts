import type { CompositeValues, LayerValues } from "../protocol/commands/table.ts";
import type { Craft } from "./craft.ts";
import type { Scaling } from "./drawing.ts";
import type { SourceFacts } from "./facts.ts";
import type { LayerTransform } from "./layer.ts";

/** All that is known of what is to be composed, but for where and how large. */
export interface Scene {
  readonly picture: SourceFacts;
  /** The file of `mask=`, which is stretched to the picture's size. */
  readonly mask: SourceFacts | undefined;
  readonly layer: LayerTransform;
  readonly layerCommands: LayerValues;
  readonly compositeCommands: CompositeValues;
  readonly scaling: Scaling;
  readonly craft: Pick<Craft, "decoders">;
}
