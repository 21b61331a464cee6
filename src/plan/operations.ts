import type { LayerValues } from "../protocol/commands/table.ts";
import type { Point, Rect } from "./size.ts";
import type { Step } from "./steps.ts";
import { type ToneCommands, toneOf } from "./tone.ts";

export type OperationCommands = ToneCommands & Pick<LayerValues, "op_blur" | "op_sharpen" | "op_usm" | "op_usmR">;

/** The scale at which operations are carried out. */
export interface OperationScale {
  /** Pixels of the raster, across and down, a pixel in which radii are given. */
  readonly asGiven: Point;
  /** The same for radii that refer to full resolution. */
  readonly full: Point;
}

type OperationName = "blur" | "tone" | "sharpen";
type Unplaced<S> = S extends Step ? Omit<S, "within"> : never;
/** A step that does not know yet where it works. */
export type Operation = Unplaced<Extract<Step, { step: OperationName }>>;

/**
 * Standard deviations of a Gaussian that are looked at. One made in two has weights up to 5.6 of them; all that lie beyond
 * these come to less than 0.0001. The same as in pixels/gaussian.ts.
 */
export const REACH = 4;
/** Smaller blurs change nothing. The same as in pixels/gaussian.ts. */
export const LEAST_SIGMA = 0.15;

/**
 * The pixel operations of one target, in the one order in which they are carried out whatever order they were given in.
 *
 * A radius is two standard deviations. Source: protocol.md 3.6, 5.9; A-15.
 */
export function operationsOf(commands: OperationCommands, scale: OperationScale): readonly Operation[] {
  const tone = toneOf(commands);
  const { op_blur: blur = 0, op_sharpen: sharpen = false, op_usm: usm, op_usmR: usmR } = commands;
  return [
    ...blurred(sigmaOf(blur, scale.asGiven)),
    ...(tone === undefined ? [] : [{ step: "tone", tone } as const]),
    ...(sharpen ? [{ step: "sharpen", against: "box3", ...BASIC } as const] : []),
    ...unsharp(usm, scale.full),
    ...unsharp(usmR, scale.asGiven),
  ];
}

/** 2 in the middle of 3 × 3 and −1/8 around it: nine eighths of the difference from their mean. */
const BASIC = { amount: 9 / 8, threshold: 0, mono: false };

function blurred(sigma: Point): readonly Operation[] {
  return Math.max(sigma.x, sigma.y) < LEAST_SIGMA ? [] : [{ step: "blur", sigma }];
}

function unsharp(mask: OperationCommands["op_usm"], scale: Point): readonly Operation[] {
  if (mask === undefined) return [];
  const { amount, radius = 0, threshold = 0, mono = false } = mask;
  const sigma = sigmaOf(radius, scale);
  if (amount === 0 || Math.max(sigma.x, sigma.y) < LEAST_SIGMA) return [];
  return [{ step: "sharpen", against: { sigma }, amount, threshold, mono }];
}

function sigmaOf(radius: number, scale: Point): Point {
  return { x: (radius / 2) * scale.x, y: (radius / 2) * scale.y };
}

/** How far beyond a pixel the operations look, in whole pixels of the raster. */
export function reachOf(operations: readonly Operation[]): Point {
  const reaches = operations.map((operation) => {
    if (operation.step === "tone") return { x: 0, y: 0 };
    if (operation.step === "blur") return reachOfSigma(operation.sigma);
    return operation.against === "box3" ? { x: 1, y: 1 } : reachOfSigma(operation.against.sigma);
  });
  return {
    x: reaches.reduce((sum, { x }) => sum + x, 0),
    y: reaches.reduce((sum, { y }) => sum + y, 0),
  };
}

function reachOfSigma({ x, y }: Point): Point {
  return { x: Math.ceil(x * REACH) + 1, y: Math.ceil(y * REACH) + 1 };
}

/** The operations as steps on a part of a raster. */
export function placed(operations: readonly Operation[], within: Rect): readonly Step[] {
  return operations.map((operation): Step => ({ ...operation, within }));
}
