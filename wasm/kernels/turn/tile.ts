import { alphaOf, PIXEL, storePixel } from "../../lanes/pixel";

/** Places are in units of a 1024th of a pixel; the weights of one such phase are four f32. */
const PHASE_BITS = 10;
const PHASES: i32 = 1 << PHASE_BITS;

/**
 * Samples a tile of output pixels from premultiplied ones, by an affine map: 4 × 4 pixels each, weighed across and down by
 * the phase of the place, then as `unpremultiplyRow`, with alpha clamped and times the coverage.
 *
 * The coverage of a pixel is the length of it that lies between two sides, times the same between the other two: with the
 * signed distances l and r of its middle from the sides, clamp(l + ½) + clamp(r + ½) − 1, clamped to 0 … 1.
 *
 * The map is a record: of the first output pixel, then what a column adds, then what a row adds,
 * - f64: column and row of the first of the 4 × 4 pixels, in phases; the ½ that rounds them is added already: 48 bytes;
 * - f32: distance from the left side, top, right and bottom, in output pixels, ½ added: 48 bytes.
 *
 * - All 4 × 4 pixels of every place lie in the block, whether or not they are covered. Places above −1 count as 0.
 *
 * @param pixels  byte address of float pixels as `blendRow` makes them of single ones: r·a g·a b·a 255·a
 * @param stride  bytes from one row of them to the next
 * @param weights byte address of the weights of all phases
 * @param map     byte address of the record
 * @param to      byte address of `columns · rows` RGBA8 pixels, any alignment
 */
export function turnTile(
  pixels: usize,
  stride: usize,
  weights: usize,
  map: usize,
  to: usize,
  columns: u32,
  rows: u32,
): void {
  const distances = v128.load(map, 48);
  const down = v128.load(map, 80);
  for (let row: u32 = 0; row < rows; row++) {
    const x = load<f64>(map) + <f64>row * load<f64>(map, 32);
    const y = load<f64>(map, 8) + <f64>row * load<f64>(map, 40);
    const begin = f32x4.add(distances, f32x4.mul(down, f32x4.splat(<f32>row)));
    turnRow(pixels, stride, weights, map, x, y, begin, to, columns);
    to += (<usize>columns) << 2;
  }
}

function turnRow(
  pixels: usize,
  stride: usize,
  weights: usize,
  map: usize,
  x: f64,
  y: f64,
  distances: v128,
  to: usize,
  columns: u32,
): void {
  const right = load<f64>(map, 16);
  const down = load<f64>(map, 24);
  // In output pixels a column adds at most 1: adding it up costs no precision that could be seen.
  const growth = v128.load(map, 64);
  const end = to + ((<usize>columns) << 2);
  for (; to < end; to += 4, x += right, y += down, distances = f32x4.add(distances, growth)) {
    const coverage = coverageOf(distances);
    if (coverage <= 0) {
      store<u32>(to, 0);
      continue;
    }
    const column = <i32>x;
    const row = <i32>y;
    const at = pixels + <usize>(row >> PHASE_BITS) * stride + <usize>(column >> PHASE_BITS) * PIXEL;
    const across = weights + <usize>(column & (PHASES - 1)) * PIXEL;
    const along = weights + <usize>(row & (PHASES - 1)) * PIXEL;
    const a = v128.load32_splat(across);
    const b = v128.load32_splat(across, 4);
    const c = v128.load32_splat(across, 8);
    const d = v128.load32_splat(across, 12);
    let sum = f32x4.mul(weighed(at, a, b, c, d), v128.load32_splat(along));
    sum = f32x4.add(sum, f32x4.mul(weighed(at + stride, a, b, c, d), v128.load32_splat(along, 4)));
    sum = f32x4.add(sum, f32x4.mul(weighed(at + 2 * stride, a, b, c, d), v128.load32_splat(along, 8)));
    sum = f32x4.add(sum, f32x4.mul(weighed(at + 3 * stride, a, b, c, d), v128.load32_splat(along, 12)));
    storeCovered(to, sum, coverage);
  }
}

/** The weighted sum of four neighbouring pixels. */
function weighed(at: usize, a: v128, b: v128, c: v128, d: v128): v128 {
  const near = f32x4.add(f32x4.mul(v128.load(at), a), f32x4.mul(v128.load(at, 16), b));
  const far = f32x4.add(f32x4.mul(v128.load(at, 32), c), f32x4.mul(v128.load(at, 48), d));
  return f32x4.add(near, far);
}

function coverageOf(distances: v128): f32 {
  const inside = f32x4.pmin(f32x4.pmax(distances, f32x4.splat(0)), f32x4.splat(1.0));
  // left top right bottom → left + right − 1, top + bottom − 1; of nothing between two sides, a negative length.
  const opposite = v128.shuffle<i32>(inside, inside, 2, 3, 0, 1);
  const lengths = f32x4.pmax(f32x4.sub(f32x4.add(inside, opposite), f32x4.splat(1.0)), f32x4.splat(0));
  return f32x4.extract_lane(lengths, 0) * f32x4.extract_lane(lengths, 1);
}

/** Alpha is clamped before it is covered, or what a filter overshot would show at the edge; colours overshot with it. */
function storeCovered(to: usize, sum: v128, coverage: f32): void {
  const total = alphaOf(sum);
  const colour = f32x4.div(f32x4.mul(sum, f32x4.splat(255.0)), total);
  const alpha = min<f32>(f32x4.extract_lane(sum, 3) / 255.0, 255.0) * coverage;
  const visible = f32x4.ge(f32x4.splat(alpha), f32x4.splat(0.5));
  storePixel(to, v128.and(f32x4.replace_lane(colour, 3, alpha), visible));
}
