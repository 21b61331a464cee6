import type { Decode } from "../../plan/drawing.ts";
import type { Rect, Size } from "../../plan/size.ts";
import { type Frame, type FrameComponent, largestFactors } from "./frame.ts";

export type Shrink = Decode["shrink"];

/** How many samples there are for how many pixels, in one direction. */
export interface Ratio {
  readonly samples: number;
  readonly pixels: number;
}

/** The samples of one component, as they come out of the inverse transform. */
export interface Plane {
  readonly component: FrameComponent;
  /** Samples a block, in each direction. */
  readonly side: 1 | 2 | 4 | 8;
  readonly across: Ratio;
  readonly down: Ratio;
  /** Samples of the whole picture; what lies beyond fills the last MCU. */
  readonly size: Size;
  /** Blocks of the whole picture that belong to it when it comes alone in a scan. */
  readonly blocks: Size;
}

/** Where everything lies when a frame is decoded at 1/shrink of its size. */
export interface Layout {
  /** Whole pixels; the last ones may stand for fewer than `shrink`. */
  readonly size: Size;
  /** MCUs of the picture, and pixels an MCU. */
  readonly units: Size;
  readonly unit: Size;
  readonly planes: readonly Plane[];
  /** 1 where the last row of an MCU needs samples of the next one, and the first row of the one before. */
  readonly lag: 0 | 1;
}

const BLOCK = 8;

export function layoutOf(frame: Frame, shrink: Shrink): Layout {
  const most = largestFactors(frame);
  const side = (BLOCK / shrink) as Plane["side"];
  const unit = { width: most.across * side, height: most.down * side };
  const { width, height } = frame.size;
  const planes = frame.components.map((component) => planeOf(component, frame.size, unit, side, most));
  return {
    size: { width: Math.ceil(width / shrink), height: Math.ceil(height / shrink) },
    units: { width: Math.ceil(width / (most.across * BLOCK)), height: Math.ceil(height / (most.down * BLOCK)) },
    unit,
    planes,
    lag: planes.some(({ down }) => isDoubled(down)) ? 1 : 0,
  };
}

/**
 * A component of fewer samples is shrunk less: its samples then need not be repeated. Source: libjpeg, jdmaster.c.
 */
function planeOf(
  component: FrameComponent,
  { width, height }: Size,
  unit: Size,
  smallest: Plane["side"],
  most: { readonly across: number; readonly down: number },
): Plane {
  let side = smallest;
  const fits = (larger: number) =>
    unit.width % (component.across * larger) === 0 && unit.height % (component.down * larger) === 0;
  while (side < BLOCK && fits(side * 2)) side = (side * 2) as Plane["side"];
  const samplesOf = (pixels: number, factor: number, largest: number) =>
    Math.ceil((pixels * factor * side) / (largest * BLOCK));
  const blocksOf = (pixels: number, factor: number, largest: number) =>
    Math.ceil(Math.ceil((pixels * factor) / largest) / BLOCK);
  return {
    component,
    side,
    across: lowest(component.across * side, unit.width),
    down: lowest(component.down * side, unit.height),
    size: {
      width: samplesOf(width, component.across, most.across),
      height: samplesOf(height, component.down, most.down),
    },
    blocks: {
      width: blocksOf(width, component.across, most.across),
      height: blocksOf(height, component.down, most.down),
    },
  };
}

function lowest(samples: number, pixels: number): Ratio {
  const divisor = commonDivisor(samples, pixels);
  return { samples: samples / divisor, pixels: pixels / divisor };
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}

export function isDoubled({ samples, pixels }: Ratio): boolean {
  return pixels === 2 * samples;
}

/** The MCUs that are decoded to samples, and the pixels of which they make rows. Half-open. */
export interface Region {
  readonly fromColumn: number;
  readonly toColumn: number;
  readonly fromRow: number;
  readonly toRow: number;
  /** In whole MCUs across, exactly what is wanted down. */
  readonly pixels: Rect;
}

/** The MCUs that the wanted pixels need, those included whose samples their edges are interpolated with. */
export function regionOf({ size, units, unit, planes, lag }: Layout, wanted: Rect): Region {
  const beside = planes.some(({ across }) => isDoubled(across)) ? 1 : 0;
  const fromColumn = Math.max(0, Math.floor((wanted.x - beside) / unit.width));
  const toColumn = Math.min(units.width, Math.ceil((wanted.x + wanted.width + beside) / unit.width));
  const x = fromColumn * unit.width;
  return {
    fromColumn,
    toColumn,
    fromRow: Math.max(0, Math.floor((wanted.y - lag) / unit.height)),
    toRow: Math.min(units.height, Math.ceil((wanted.y + wanted.height + lag) / unit.height)),
    pixels: { x, y: wanted.y, width: Math.min(size.width, toColumn * unit.width) - x, height: wanted.height },
  };
}
