/** The twins of wasm/kernels/jpeg-encode and of the codes it writes with: one value at a time, written from the formulas. */

const fixed16 = (factor: number) => Math.round(factor * 65_536);

/** Y, Cb and Cr in 16-bit fixed point. Source: libjpeg, jccolor.c. */
export function yccOf(red: number, green: number, blue: number): readonly [y: number, cb: number, cr: number] {
  const shift = 128 * 65_536 + 32_767;
  return [
    (fixed16(0.299) * red + fixed16(0.587) * green + fixed16(0.114) * blue + 32_768) >> 16,
    (-fixed16(0.168735892) * red - fixed16(0.331264108) * green + 32_768 * blue + shift) >> 16,
    (32_768 * red - fixed16(0.418687589) * green - fixed16(0.081312411) * blue + shift) >> 16,
  ];
}

/** ITU-T T.81, A.3.3, of samples 0..255 less 128; eight times as much, and not rounded. */
export function transformedByDefinition(samples: ArrayLike<number>): number[] {
  const wave = (frequency: number, at: number) =>
    frequency === 0 ? Math.SQRT1_2 : Math.cos(((2 * at + 1) * frequency * Math.PI) / 16);
  return Array.from({ length: 64 }, (_, place) => {
    const [u, v] = [place % 8, place >> 3];
    let sum = 0;
    for (let y = 0; y < 8; y++) {
      for (let x = 0; x < 8; x++) sum += ((samples[y * 8 + x] ?? 0) - 128) * wave(u, x) * wave(v, y);
    }
    return sum * 2;
  });
}

/** The same in libjpeg's integers, "islow": rows, with two bits of fraction, then columns. Source: jfdctint.c. */
export function transformedByLibjpeg(samples: ArrayLike<number>): number[] {
  const between = new Array<number>(64).fill(0);
  for (let y = 0; y < 8; y++) {
    const row = Array.from({ length: 8 }, (_, x) => (samples[y * 8 + x] ?? 0) - 128);
    eightPoints(row).forEach(({ sum, isProduct }, u) => {
      between[y * 8 + u] = isProduct ? (sum + (1 << 10)) >> 11 : sum << 2;
    });
  }
  const out = new Array<number>(64).fill(0);
  for (let u = 0; u < 8; u++) {
    const column = Array.from({ length: 8 }, (_, y) => between[y * 8 + u] ?? 0);
    eightPoints(column).forEach(({ sum, isProduct }, v) => {
      out[v * 8 + u] = isProduct ? (sum + (1 << 14)) >> 15 : (sum + 2) >> 2;
    });
  }
  return out;
}

/** Sums without a product, and ones in 13-bit fixed point. */
function eightPoints([x0 = 0, x1 = 0, x2 = 0, x3 = 0, x4 = 0, x5 = 0, x6 = 0, x7 = 0]: readonly number[]) {
  const fixed = (value: number) => Math.round(value * 8192);
  const [s0, s1, s2, s3] = [x0 + x7, x1 + x6, x2 + x5, x3 + x4];
  const [d0, d1, d2, d3] = [x0 - x7, x1 - x6, x2 - x5, x3 - x4];
  const [outer, inner] = [s0 + s3, s1 + s2];
  const turn = (s1 - s2 + s0 - s3) * fixed(0.5411961);
  const z1 = (d3 + d0) * -fixed(0.899976223);
  const z2 = (d2 + d1) * -fixed(2.562915447);
  const z5 = (d3 + d1 + d2 + d0) * fixed(1.175875602);
  const z3 = (d3 + d1) * -fixed(1.96157056) + z5;
  const z4 = (d2 + d0) * -fixed(0.390180644) + z5;
  const product = (sum: number) => ({ sum, isProduct: true });
  return [
    { sum: outer + inner, isProduct: false },
    product(d0 * fixed(1.50132111) + z1 + z4),
    product(turn + (s0 - s3) * fixed(0.765366865)),
    product(d1 * fixed(3.072711026) + z2 + z3),
    { sum: outer - inner, isProduct: false },
    product(d2 * fixed(2.053119869) + z2 + z4),
    product(turn - (s1 - s2) * fixed(1.847759065)),
    product(d3 * fixed(0.298631336) + z1 + z3),
  ];
}

/** A coefficient, eight times too large, over its quantiser; halves away from zero. Source: libjpeg, jcdctmgr.c. */
export function quantised(coefficient: number, quantiser: number): number {
  const by = 8 * quantiser;
  const size = Math.floor((Math.abs(coefficient) + by / 2) / by);
  return coefficient < 0 ? 0 - size : size;
}

/** Bytes of words of 32 bits, the first bit uppermost, with a zero behind each 0xFF. Source: ITU-T T.81, F.1.2.3. */
export function stuffed(words: readonly number[], bytes: number): number[] {
  const plain = words.flatMap((word) => [24, 16, 8, 0].map((shift) => (word >>> shift) & 255));
  return plain.slice(0, bytes).flatMap((byte) => (byte === 255 ? [255, 0] : [byte]));
}

/** The lengths of codes by symbol, as libjpeg finds them, by the letter. Source: T.81, K.2; jpeg_gen_optimal_table in jchuff.c. */
export function optimalLengths(counts: ArrayLike<number>): {
  readonly bits: readonly number[];
  readonly symbols: readonly number[];
} {
  const frequencies = Array.from({ length: 257 }, (_, symbol) => (symbol === 256 ? 1 : (counts[symbol] ?? 0)));
  const sizes = new Array<number>(257).fill(0);
  const others = new Array<number>(257).fill(-1);
  for (;;) {
    const rarestBut = (but: number) =>
      frequencies.reduce(
        (found, frequency, symbol) =>
          frequency > 0 && symbol !== but && (found < 0 || frequency <= (frequencies[found] ?? 0)) ? symbol : found,
        -1,
      );
    const first = rarestBut(-1);
    const second = rarestBut(first);
    if (second < 0) break;
    frequencies[first] = (frequencies[first] ?? 0) + (frequencies[second] ?? 0);
    frequencies[second] = 0;
    const chain = (from: number) => {
      const symbols = [from];
      for (let next = others[from] ?? -1; next >= 0; next = others[next] ?? -1) symbols.push(next);
      return symbols;
    };
    others[chain(first).at(-1) ?? 0] = second;
    for (const symbol of chain(first)) sizes[symbol] = (sizes[symbol] ?? 0) + 1;
  }
  const bits = new Array<number>(258).fill(0);
  const add = (length: number, count: number) => {
    bits[length] = (bits[length] ?? 0) + count;
  };
  for (const size of sizes) if (size > 0) add(size, 1);
  for (let length = 257; length > 16; length--) {
    while ((bits[length] ?? 0) > 0) {
      let shorter = length - 2;
      while (bits[shorter] === 0) shorter--;
      add(length, -2);
      add(length - 1, 1);
      add(shorter + 1, 2);
      add(shorter, -1);
    }
  }
  let longest = 16;
  while (longest > 0 && bits[longest] === 0) longest--;
  if (longest > 0) add(longest, -1);
  const symbols: number[] = [];
  for (let size = 1; size <= 257; size++) {
    for (let symbol = 0; symbol < 256; symbol++) if (sizes[symbol] === size) symbols.push(symbol);
  }
  return { bits: bits.slice(1, 17), symbols };
}
