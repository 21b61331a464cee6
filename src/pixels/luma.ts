/** 0.299 R + 0.587 G + 0.114 B of bytes, in 65536ths, which add up to one; halves rounded up. */
export function lumaOf(red: number, green: number, blue: number): number {
  return (19_595 * red + 38_470 * green + 7_471 * blue + 32_768) >> 16;
}
