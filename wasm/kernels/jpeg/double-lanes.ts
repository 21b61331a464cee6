/** (a + b + 1) >> 1 of sixteen bytes. */
function averageUp(a: v128, b: v128): v128 {
  return i8x16.avgr_u(a, b);
}

/** (a + b) >> 1: one less than the other where the sum is odd. */
function averageDown(a: v128, b: v128): v128 {
  return i8x16.sub(i8x16.avgr_u(a, b), v128.and(v128.xor(a, b), i8x16.splat(1)));
}

/**
 * (3·near + far + 1) >> 2 of sixteen bytes, without leaving 8 bits.
 *
 * With m = (near + far + 1) >> 1 it is (near + m) >> 1: the half that m may have gained was the 1.
 */
export function threeQuartersDown(near: v128, far: v128): v128 {
  return averageDown(near, averageUp(near, far));
}

/** (3·near + far + 2) >> 2: with m = (near + far) >> 1, (near + m + 1) >> 1. */
export function threeQuartersUp(near: v128, far: v128): v128 {
  return averageUp(near, averageDown(near, far));
}
