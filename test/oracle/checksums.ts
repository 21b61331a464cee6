/** Adler-32, a byte at a time. Source: RFC 1950, 8.2. */
export function plainAdler32(bytes: Uint8Array, before = 1): number {
  let [a, b] = [before % 65_536, Math.floor(before / 65_536)];
  for (const byte of bytes) {
    a = (a + byte) % 65_521;
    b = (b + a) % 65_521;
  }
  return b * 65_536 + a;
}

/** CRC-32, a bit at a time. Source: PNG (Third Edition), Annex D. */
export function plainCrc32(bytes: Uint8Array, before = 0): number {
  let left = ~before;
  for (const byte of bytes) {
    left ^= byte;
    for (let bit = 0; bit < 8; bit++) left = (left >>> 1) ^ (left & 1 ? 0xedb88320 : 0);
  }
  return ~left >>> 0;
}
