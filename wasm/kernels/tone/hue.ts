import { clampTo, planeBytes, VECTOR } from "../../lanes/planes";

/** Divides the differences of a gray pixel, which are all zero. */
const LEAST: f32 = 1e-9;

/**
 * Turns the hue of HSL, in place; its lightness and saturation stay, and so do the largest and the smallest of the three
 * components. With h in sixths of the circle and C = max − min:
 *
 *   R' = min + C · clamp(|h − 3| − 1), G' = min + C · clamp(2 − |h − 2|), B' = min + C · clamp(2 − |h − 4|)
 *
 * @param planes  byte address of three planes (lanes/planes.ts)
 * @param vectors any value
 * @param turn    sixths of the circle, −6..6
 */
export function huePlanes(planes: usize, vectors: u32, turn: f32): void {
  const plane = planeBytes(vectors);
  const end = planes + plane;
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1.0);
  const two = f32x4.splat(2.0);
  const four = f32x4.splat(4.0);
  const six = f32x4.splat(6.0);
  for (; planes < end; planes += VECTOR) {
    const r = v128.load(planes);
    const g = v128.load(planes + plane);
    const b = v128.load(planes + 2 * plane);
    const low = f32x4.pmin(f32x4.pmin(r, g), b);
    const high = f32x4.pmax(f32x4.pmax(r, g), b);
    const chroma = f32x4.sub(high, low);
    const per = f32x4.div(one, f32x4.pmax(chroma, f32x4.splat(LEAST)));

    const ofBlue = f32x4.add(f32x4.mul(f32x4.sub(r, g), per), four);
    const ofGreen = f32x4.add(f32x4.mul(f32x4.sub(b, r), per), two);
    const ofRed = f32x4.mul(f32x4.sub(g, b), per);
    const cool = v128.bitselect(ofGreen, ofBlue, f32x4.eq(high, g));
    const was = v128.bitselect(ofRed, cool, f32x4.eq(high, r));
    const far = f32x4.add(was, f32x4.splat(turn));
    const hue = f32x4.sub(far, f32x4.mul(f32x4.floor(f32x4.div(far, six)), six));

    const red = f32x4.sub(f32x4.abs(f32x4.sub(hue, f32x4.splat(3.0))), one);
    const green = f32x4.sub(two, f32x4.abs(f32x4.sub(hue, two)));
    const blue = f32x4.sub(two, f32x4.abs(f32x4.sub(hue, four)));
    v128.store(planes, f32x4.add(low, f32x4.mul(chroma, clampTo(red, zero, one))));
    v128.store(planes + plane, f32x4.add(low, f32x4.mul(chroma, clampTo(green, zero, one))));
    v128.store(planes + 2 * plane, f32x4.add(low, f32x4.mul(chroma, clampTo(blue, zero, one))));
  }
}
