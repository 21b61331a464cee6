import type { Output } from "../../plan/output.ts";
import type { Size } from "../../plan/size.ts";

const BLOCK = 8;

/** A component of the picture to be written. */
export interface FrameComponent {
  /** As the file calls it. */
  readonly id: number;
  /** Blocks an MCU. */
  readonly across: number;
  readonly down: number;
  /** Which quantisers and codes are its own: 0 of luminance, 1 of chrominance. */
  readonly slot: 0 | 1;
  /** Blocks that the picture reaches into. */
  readonly blocks: Size;
}

export interface Frame {
  readonly size: Size;
  /** Pixels an MCU, and MCUs of the picture. */
  readonly unit: Size;
  readonly units: Size;
  readonly components: readonly FrameComponent[];
}

/** The components of an output: luminance, and chrominance of full size or of half of it both ways. */
export function frameOf(size: Size, { gray, fullChroma }: Pick<Output<"jpeg">, "gray" | "fullChroma">): Frame {
  const factor = gray || fullChroma ? 1 : 2;
  const side = BLOCK * factor;
  const blocksOf = (own: number): Size => ({
    width: Math.ceil((size.width * own) / side),
    height: Math.ceil((size.height * own) / side),
  });
  const component = (id: number, own: number, slot: 0 | 1): FrameComponent => {
    return { id, across: own, down: own, slot, blocks: blocksOf(own) };
  };
  return {
    size,
    unit: { width: side, height: side },
    units: blocksOf(1),
    components: gray ? [component(1, 1, 0)] : [component(1, factor, 0), component(2, 1, 1), component(3, 1, 1)],
  };
}

/** Blocks of all components in an MCU. */
export function unitBlocks({ components }: Frame): number {
  return components.reduce((sum, { across, down }) => sum + across * down, 0);
}

/** How many tables of quantisers there are, and of codes of each kind. */
export function slotCount({ components }: Frame): 1 | 2 {
  return components.length === 1 ? 1 : 2;
}
