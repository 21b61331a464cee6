import { planeBytes, VECTOR } from "../../lanes/planes";

/** Where the ramp has its colour. */
const MIDDLE: f32 = 127.5;

/**
 * Luma → a ramp from black through a colour c, at 127.5, to white, in place:
 * v' = min(Y, 127.5) · c / 127.5 + max(Y − 127.5, 0) · (255 − c) / 127.5.
 *
 * @param planes  byte address of three planes (lanes/planes.ts), of which the first holds Y
 * @param vectors any value
 * @param red     of the colour, 0..255; so green and blue
 */
export function rampPlanes(planes: usize, vectors: u32, red: f32, green: f32, blue: f32): void {
  const plane = planeBytes(vectors);
  const middle = f32x4.splat(MIDDLE);
  const end = planes + plane;
  for (; planes < end; planes += VECTOR) {
    const luma = v128.load(planes);
    const below = f32x4.div(f32x4.min(luma, middle), middle);
    const above = f32x4.div(f32x4.max(f32x4.sub(luma, middle), f32x4.splat(0)), middle);
    v128.store(planes, between(below, above, red));
    v128.store(planes + plane, between(below, above, green));
    v128.store(planes + 2 * plane, between(below, above, blue));
  }
}

function between(below: v128, above: v128, level: f32): v128 {
  return f32x4.add(f32x4.mul(below, f32x4.splat(level)), f32x4.mul(above, f32x4.splat(<f32>255.0 - level)));
}
