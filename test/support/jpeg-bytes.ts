/** JPEG files from their parts. Source: ITU-T T.81, B.2 and C; Exif 2.32, 4.5 and 4.6.2. */

export const SOI = [0xff, 0xd8];
export const EOI = [0xff, 0xd9];

export function jpegBytes(...parts: readonly (readonly number[])[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(parts.flat());
}

export function segment(marker: number, content: readonly number[]): readonly number[] {
  return [0xff, marker, ...be16(content.length + 2), ...content];
}

/** The header of a scan, as stands behind every frame header before the first coded byte. */
export const SCAN = segment(0xda, [1, 1, 0x00, 0, 63, 0]);

export interface Frame {
  readonly marker?: number;
  readonly precision?: number;
  readonly width: number;
  readonly height: number;
  readonly components?: number;
}

export function frame({ marker = 0xc0, precision = 8, width, height, components = 1 }: Frame): readonly number[] {
  const each = Array.from({ length: components }, (_, at) => [at + 1, 0x11, 0]);
  return segment(marker, [precision, ...be16(height), ...be16(width), components, ...each.flat()]);
}

/** An Exif segment's content; the defaults are a correct one, the rest is there to spoil it. */
export interface Exif {
  readonly orientation: number;
  readonly little?: boolean;
  readonly identifier?: readonly number[];
  readonly byteOrder?: readonly number[];
  readonly magic?: number;
  /** Where the first directory begins, counted from the byte order. */
  readonly directory?: number;
  /** What the header says about where it begins, if not the truth. */
  readonly directorySaid?: number;
  /** Entries of other tags in front of the orientation. */
  readonly entriesBefore?: number;
  readonly entriesSaid?: number;
  readonly tag?: number;
  /** Values the entry says it has. */
  readonly count?: number;
}

export function exif(spec: Exif): readonly number[] {
  const { orientation, little = false, directory = 8, entriesBefore = 0 } = spec;
  const short = (value: number) => (little ? be16(value).reverse() : be16(value));
  const long = (value: number) => (little ? be32(value).reverse() : be32(value));
  const before = Array.from({ length: entriesBefore }, (_, at) => [
    ...short(1 + at),
    ...short(3),
    ...long(1),
    ...long(6),
  ]);
  const entry = [...short(spec.tag ?? 0x112), ...short(3), ...long(spec.count ?? 1), ...short(orientation), 0, 0];
  return [
    ...(spec.identifier ?? [0x45, 0x78, 0x69, 0x66, 0, 0]),
    ...(spec.byteOrder ?? (little ? [0x49, 0x49] : [0x4d, 0x4d])),
    ...short(spec.magic ?? 42),
    ...long(spec.directorySaid ?? directory),
    ...new Array<number>(directory - 8).fill(0),
    ...short(spec.entriesSaid ?? entriesBefore + 1),
    ...before.flat(),
    ...entry,
    ...long(0),
  ];
}

export const exifSegment = (spec: Exif): readonly number[] => segment(0xe1, exif(spec));

/**
 * A small grey JPEG that every decoder decodes to exactly these levels: blocks of 8 × 8 pixels, each of one level.
 *
 * Its blocks have a DC coefficient and nothing else, quantised by 8, which is what the inverse DCT divides by.
 */
export function blocksJpeg(
  levels: readonly (readonly number[])[],
  inserted: { readonly beforeFrame?: readonly number[]; readonly behindFrame?: readonly number[] } = {},
): Uint8Array<ArrayBuffer> {
  const size = { width: (levels[0]?.length ?? 0) * 8, height: levels.length * 8 };
  return jpegBytes(
    SOI,
    inserted.beforeFrame ?? [],
    segment(0xdb, [0, ...new Array<number>(64).fill(8)]),
    frame(size),
    inserted.behindFrame ?? [],
    // DC: the nine categories have codes of four bits each. AC: the end of the block has the one bit 0.
    segment(0xc4, [0x00, 0, 0, 0, 9, ...new Array<number>(12).fill(0), 0, 1, 2, 3, 4, 5, 6, 7, 8]),
    segment(0xc4, [0x10, 1, ...new Array<number>(15).fill(0), 0]),
    SCAN,
    scan(levels.flat()),
    EOI,
  );
}

function scan(levels: readonly number[]): readonly number[] {
  let bits = "";
  let previous = 128;
  for (const level of levels) {
    const difference = level - previous;
    previous = level;
    const category = difference === 0 ? 0 : Math.floor(Math.log2(Math.abs(difference))) + 1;
    const value = difference < 0 ? difference + 2 ** category - 1 : difference;
    const extra = category === 0 ? "" : value.toString(2).padStart(category, "0");
    bits += `${category.toString(2).padStart(4, "0")}${extra}0`;
  }
  const bytes = (bits.match(/.{1,8}/g) ?? []).map((byte) => Number.parseInt(byte.padEnd(8, "1"), 2));
  return bytes.flatMap((byte) => (byte === 0xff ? [0xff, 0] : [byte]));
}

function be16(value: number): number[] {
  return [(value >> 8) & 255, value & 255];
}

function be32(value: number): number[] {
  return [...be16(value >>> 16), ...be16(value & 0xffff)];
}
