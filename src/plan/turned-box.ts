import type { Point, Size } from "./size.ts";

/** The box around a turned rectangle, and where a point of the rectangle lies in it. */
export function turnedBox({ width, height }: Size, angleDeg: number): { size: Size; point: (from: Point) => Point } {
  if (angleDeg === 0) return { size: { width, height }, point: (from) => from };
  const { cos, sin } = turnOfAngle(angleDeg);
  const least = {
    x: Math.min(0, width * cos) + Math.min(0, -height * sin),
    y: Math.min(0, width * sin) + Math.min(0, height * cos),
  };
  return {
    size: {
      width: roundedUp(width * Math.abs(cos) + height * Math.abs(sin)),
      height: roundedUp(width * Math.abs(sin) + height * Math.abs(cos)),
    },
    point: ({ x, y }) => ({ x: x * cos - y * sin - least.x, y: x * sin + y * cos - least.y }),
  };
}

export function turnOfAngle(angleDeg: number): { readonly cos: number; readonly sin: number } {
  const angle = (angleDeg * Math.PI) / 180;
  return { cos: Math.cos(angle), sin: Math.sin(angle) };
}

/** Boxes around turned rectangles are rounded up, but for what comes of rounding. */
function roundedUp(length: number): number {
  return Math.max(1, Math.ceil(length - 1e-6));
}
