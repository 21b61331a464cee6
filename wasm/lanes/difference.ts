/** How far a float pixel is from its blur, v − b; with `mono` that of the luma, 0.299 r + 0.587 g + 0.114 b, as all colours. */
export function differenceOf(value: v128, blurred: v128, mono: bool): v128 {
  const difference = f32x4.sub(value, blurred);
  if (!mono) return difference;
  const parts = f32x4.mul(difference, f32x4(0.299, 0.587, 0.114, 0));
  const luma = f32x4.extract_lane(parts, 0) + f32x4.extract_lane(parts, 1) + f32x4.extract_lane(parts, 2);
  return f32x4.replace_lane(f32x4.splat(luma), 3, f32x4.extract_lane(difference, 3));
}
