import type { Size } from "../../plan/size.ts";
import { broken, unsupported } from "./broken.ts";
import { MARKER } from "./markers.ts";

export interface FrameComponent {
  readonly id: number;
  /** Sampling factors, 1 … 4: blocks an MCU, in each direction. */
  readonly across: number;
  readonly down: number;
  /** Slot of its quantisation table. */
  readonly quantisation: number;
}

/** A frame header. Source: ITU-T T.81, B.2.2. */
export interface Frame {
  readonly progressive: boolean;
  /** As it lies in the file; the height is 0 where DNL tells it. */
  readonly size: Size;
  readonly components: readonly FrameComponent[];
}

const BYTES_A_COMPONENT = 3;

export function readFrame(marker: number, segment: DataView): Frame {
  if (segment.byteLength < 6) throw broken("an invalid frame header");
  const precision = segment.getUint8(0);
  const [height, width, count] = [segment.getUint16(1), segment.getUint16(3), segment.getUint8(5)];
  if (precision !== 8) throw unsupported(`a JPEG of ${precision} bits a sample`);
  if (width === 0) throw broken("a width of 0");
  if (count !== 1 && count !== 3 && count !== 4) throw unsupported(`a JPEG of ${count} components`);
  if (segment.byteLength < 6 + count * BYTES_A_COMPONENT) throw broken("an invalid frame header");
  const components = Array.from({ length: count }, (_, index) => readComponent(segment, 6 + index * BYTES_A_COMPONENT));
  if (new Set(components.map(({ id }) => id)).size < count) throw broken("two components of one name");
  return {
    progressive: marker === MARKER.SOF2,
    size: { width, height },
    // A component that is alone is never interleaved: its MCU is one block, whatever its factors. Source: A.2.2.
    components: count === 1 ? components.map((only) => ({ ...only, across: 1, down: 1 })) : components,
  };
}

function readComponent(segment: DataView, at: number): FrameComponent {
  const factors = segment.getUint8(at + 1);
  const [across, down] = [factors >> 4, factors & 15];
  const quantisation = segment.getUint8(at + 2);
  const isFactor = (factor: number) => factor >= 1 && factor <= 4;
  if (!isFactor(across) || !isFactor(down)) throw broken(`sampling factors of ${across} × ${down}`);
  if (quantisation > 3) throw broken(`a quantisation table ${quantisation}`);
  return { id: segment.getUint8(at), across, down, quantisation };
}

/** Blocks of the largest component an MCU, in each direction. */
export function largestFactors({ components }: Frame): { readonly across: number; readonly down: number } {
  return {
    across: Math.max(...components.map(({ across }) => across)),
    down: Math.max(...components.map(({ down }) => down)),
  };
}
