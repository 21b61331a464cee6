/** The twins of wasm/kernels/jpeg/samples.ts: one value at a time, written from the formulas. */

/** ITU T.81 A.3.3 for N points, of the N×N lowest frequencies of an 8×8 block; halves up, as bytes. */
export function inverted(coefficients: ArrayLike<number>, side: number): number[] {
  const samples: number[] = [];
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      let sum = 0;
      for (let v = 0; v < side; v++) {
        for (let u = 0; u < side; u++) {
          sum += (coefficients[v * 8 + u] ?? 0) * wave(u, x, side) * wave(v, y, side);
        }
      }
      // A sum that is a half by right may come out a hair below it in float64.
      samples.push(clamped(Math.floor(sum / 4 + 128.5 + 1e-9)));
    }
  }
  return samples;
}

function wave(frequency: number, at: number, side: number): number {
  return frequency === 0 ? Math.SQRT1_2 : Math.cos(((2 * at + 1) * frequency * Math.PI) / (2 * side));
}

/**
 * The 4-point transform in 13-bit fixed point, the definition's weights rounded: columns to a quarter of a level, then
 * rows to a level.
 */
export function invertedInIntegers4(coefficients: ArrayLike<number>): number[] {
  const weight = (frequency: number, at: number) => Math.round(wave(frequency, at, 4) * Math.SQRT2 * 8192);
  const pass = (values: readonly number[]) =>
    Array.from({ length: 4 }, (_, at) =>
      values.reduce((sum, value, frequency) => sum + value * weight(frequency, at), 0),
    );
  const columns = Array.from({ length: 4 }, (_, x) =>
    pass([0, 1, 2, 3].map((y) => coefficients[y * 8 + x] ?? 0)).map((sum) => (sum + (1 << 10)) >> 11),
  );
  const rows = [0, 1, 2, 3].map((y) => pass(columns.map((column) => column[y] ?? 0)));
  return rows.flat().map((sum) => clamped(((sum + (1 << 17)) >> 18) + 128));
}

/** The same of eight points in libjpeg's integers, "islow": the flow graph of Loeffler, Ligtenberg and Moschytz. */
export function invertedByLibjpeg(coefficients: ArrayLike<number>): number[] {
  const between = new Array<number>(64).fill(0);
  for (let x = 0; x < 8; x++) {
    const column = Array.from({ length: 8 }, (_, y) => coefficients[y * 8 + x] ?? 0);
    eightPoints(column).forEach((sum, y) => {
      between[y * 8 + x] = (sum + (1 << 10)) >> 11;
    });
  }
  const rows = Array.from({ length: 8 }, (_, y) => eightPoints(between.slice(y * 8, y * 8 + 8)));
  return rows.flat().map((sum) => clamped(((sum + (1 << 17)) >> 18) + 128));
}

/** 13-bit fixed point: 8192 times √8 of the definition. */
function eightPoints([x0 = 0, x1 = 0, x2 = 0, x3 = 0, x4 = 0, x5 = 0, x6 = 0, x7 = 0]: readonly number[]): number[] {
  const fixed = (value: number) => Math.round(value * 8192);
  const turn = (x2 + x6) * fixed(0.5411961);
  const outer = turn + x2 * fixed(0.765366865);
  const inner = turn - x6 * fixed(1.847759065);
  const [sum, difference] = [(x0 + x4) * 8192, (x0 - x4) * 8192];
  const even = [sum + outer, difference + inner, difference - inner, sum - outer];

  const all = (x1 + x3 + x5 + x7) * fixed(1.175875602);
  const z1 = -(x7 + x1) * fixed(0.899976223);
  const z2 = -(x5 + x3) * fixed(2.562915447);
  const z3 = all - (x7 + x3) * fixed(1.96157056);
  const z4 = all - (x5 + x1) * fixed(0.390180644);
  const odd = [
    x1 * fixed(1.50132111) + z1 + z4,
    x3 * fixed(3.072711026) + z2 + z3,
    x5 * fixed(2.053119869) + z2 + z4,
    x7 * fixed(0.298631336) + z1 + z3,
  ];
  const of = (list: readonly number[], k: number) => list[k] ?? 0;
  return Array.from({ length: 8 }, (_, k) => (k < 4 ? of(even, k) + of(odd, k) : of(even, 7 - k) - of(odd, 7 - k)));
}

/** Twice as many samples across: three quarters of the nearer, a quarter of the farther. */
export function doubledAcross(samples: ArrayLike<number>): number[] {
  const at = (index: number) => samples[Math.min(Math.max(index, 0), samples.length - 1)] ?? 0;
  return Array.from({ length: samples.length * 2 }, (_, x) => {
    const i = x >> 1;
    if (x === 0 || x === samples.length * 2 - 1) return at(i);
    return x % 2 === 0 ? (3 * at(i) + at(i - 1) + 1) >> 2 : (3 * at(i) + at(i + 1) + 2) >> 2;
  });
}

export function doubledDown(near: ArrayLike<number>, far: ArrayLike<number>, bias: number): number[] {
  return Array.from(near, (sample, x) => (3 * sample + (far[x] ?? 0) + bias) >> 2);
}

export function doubledBoth(near: ArrayLike<number>, far: ArrayLike<number>): number[] {
  const sums = Array.from(near, (sample, x) => 3 * sample + (far[x] ?? 0));
  const at = (index: number) => sums[index] ?? 0;
  const last = sums.length * 2 - 1;
  return Array.from({ length: sums.length * 2 }, (_, x) => {
    const i = x >> 1;
    if (x === 0) return (4 * at(i) + 8) >> 4;
    if (x === last) return (4 * at(i) + 7) >> 4;
    return x % 2 === 0 ? (3 * at(i) + at(i - 1) + 8) >> 4 : (3 * at(i) + at(i + 1) + 7) >> 4;
  });
}

/** Output x is the input at floor(x · per / every). */
export function repeated(samples: ArrayLike<number>, count: number, per: number, every: number): number[] {
  return Array.from({ length: count }, (_, x) => samples[Math.floor((x * per) / every)] ?? 0);
}

export type Colour = readonly [red: number, green: number, blue: number];

/** JFIF 1.02, page 3, in float64; halves up. */
export function yccColour(y: number, cb: number, cr: number): Colour {
  const [blue, red] = [cb - 128, cr - 128];
  const whole = (value: number) => clamped(Math.floor(value + 0.5));
  return [
    whole(y + 1.402 * red),
    whole(y - (0.114 * 1.772 * blue + 0.299 * 1.402 * red) / 0.587),
    whole(y + 1.772 * blue),
  ];
}

/** The same with 16-bit factors of as many digits as libjpeg's jdcolor.c has. */
export function yccColourByLibjpeg(y: number, cb: number, cr: number): Colour {
  const [blue, red] = [cb - 128, cr - 128];
  const fixed = (value: number) => Math.round(value * 65_536);
  const rounded = (sum: number) => (sum + 32_768) >> 16;
  return [
    clamped(y + rounded(fixed(1.402) * red)),
    clamped(y + rounded(-fixed(0.34414) * blue - fixed(0.71414) * red)),
    clamped(y + rounded(fixed(1.772) * blue)),
  ];
}

/** What is left of white behind inks that let through `through` and `black`, each 0..255. */
export function printed(through: Colour, black: number): Colour {
  // Never a half: 255 is odd.
  const part = (value: number) => Math.round((value * black) / 255);
  return [part(through[0]), part(through[1]), part(through[2])];
}

export function ycckColour(y: number, cb: number, cr: number, k: number): Colour {
  const [red, green, blue] = yccColourByLibjpeg(y, cb, cr);
  return printed([255 - red, 255 - green, 255 - blue], k);
}

/** Opaque RGBA8 of as many colours. */
export function opaque(colours: readonly Colour[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(colours.flatMap((colour) => [...colour, 255]));
}

function clamped(value: number): number {
  return Math.min(255, Math.max(0, value));
}
