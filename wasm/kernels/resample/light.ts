import { PIXEL } from "../../lanes/pixel";

/**
 * `blendRow` in linear light: the sums of curve[c] · a for a colour, and of 255 · a for alpha.
 *
 * @param curve byte address of 256 f32: the light 0..255 of each level
 */
export function blendLightRow(from: usize, columns: u32, box: u32, curve: usize, to: usize, begun: bool): void {
  const end = from + ((<usize>columns) << 2);
  const bytes = (<usize>box) << 2;
  for (; from < end; from += bytes, to += PIXEL) {
    let sum = f32x4.splat(0);
    for (let at = from; at < from + bytes; at += 4) sum = f32x4.add(sum, lightOf(min(at, end - 4), curve));
    v128.store(to, begun ? f32x4.add(v128.load(to), sum) : sum);
  }
}

function lightOf(at: usize, curve: usize): v128 {
  let px = f32x4.splat(255.0);
  px = v128.load32_lane(curve + ((<usize>load<u8>(at)) << 2), px, 0);
  px = v128.load32_lane(curve + ((<usize>load<u8>(at, 1)) << 2), px, 1);
  px = v128.load32_lane(curve + ((<usize>load<u8>(at, 2)) << 2), px, 2);
  return f32x4.mul(px, f32x4.splat(<f32>load<u8>(at, 3)));
}
