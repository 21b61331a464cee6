import { MARKER } from "../jpeg/markers.ts";
import type { Codes, Quantisation } from "../jpeg/tables.ts";
import { ZIGZAG } from "../jpeg/zigzag.ts";
import type { Frame, FrameComponent } from "./frame.ts";

/** The segments of a file, in the order and form of libjpeg. Source: ITU-T T.81, annex B. */

export const START = [0xff, MARKER.SOI];
export const END = Uint8Array.of(0xff, MARKER.EOI);

const APP2 = 0xe2;
/** A length counts itself. */
const LENGTH_BYTES = 2;

function segment(marker: number, content: readonly number[]): readonly number[] {
  return [0xff, marker, ...word(content.length + LENGTH_BYTES), ...content];
}

function word(value: number): readonly number[] {
  return [value >> 8, value & 0xff];
}

const JFIF = [0x4a, 0x46, 0x49, 0x46, 0];
const VERSION = [1, 1];
const DOTS_PER_INCH = 1;
const MOST_DENSITY = 65_535;

/** JFIF: a resolution rounded to 1..65535, or square pixels. Source: ITU-T T.871, 10.1. */
export function jfif(dpi: number | undefined): readonly number[] {
  const density = dpi === undefined ? 1 : Math.min(Math.max(Math.round(dpi), 1), MOST_DENSITY);
  const units = dpi === undefined ? 0 : DOTS_PER_INCH;
  return segment(MARKER.APP0, [...JFIF, ...VERSION, units, ...word(density), ...word(density), 0, 0]);
}

/** "ICC_PROFILE", a zero, and which segment it is of how many. */
const ICC = [0x49, 0x43, 0x43, 0x5f, 0x50, 0x52, 0x4f, 0x46, 0x49, 0x4c, 0x45, 0];
const MOST_ICC = 65_519;
const MOST_ICC_SEGMENTS = 255;

/** The largest profile that a file has room for. */
export const MOST_PROFILE_BYTES = MOST_ICC * MOST_ICC_SEGMENTS;

/** Bytes of the segments that hold a profile. */
export function profileBytes(length: number): number {
  return length + Math.ceil(length / MOST_ICC) * (2 + LENGTH_BYTES + ICC.length + 2);
}

/** A profile, in as few segments as hold it. Source: ICC.1:2022, B.4. */
export function profile(content: Uint8Array): Uint8Array<ArrayBuffer> {
  if (content.length > MOST_PROFILE_BYTES) throw new TypeError(`a profile of ${content.length} bytes`);
  const bytes = new Uint8Array(profileBytes(content.length));
  const count = Math.ceil(content.length / MOST_ICC);
  let to = 0;
  for (let index = 0; index < count; index++) {
    const part = content.subarray(index * MOST_ICC, (index + 1) * MOST_ICC);
    const length = LENGTH_BYTES + ICC.length + 2 + part.length;
    const head = [0xff, APP2, ...word(length), ...ICC, index + 1, count];
    bytes.set(head, to);
    bytes.set(part, to + head.length);
    to += head.length + part.length;
  }
  return bytes;
}

/** DQT, a segment a table. Source: T.81, B.2.4.1. */
export function quantisers(tables: readonly Quantisation[]): readonly number[] {
  return tables.flatMap((table, slot) => segment(MARKER.DQT, [slot, ...ZIGZAG.map((place) => table[place] ?? 0)]));
}

/** SOF0, or SOF2 of a progressive frame. Source: T.81, B.2.2. */
export function frameHeader({ size, components }: Frame, marker: 0xc0 | 0xc2): readonly number[] {
  const parts = components.flatMap(({ id, across, down, slot }) => [id, (across << 4) | down, slot]);
  return segment(marker, [8, ...word(size.height), ...word(size.width), components.length, ...parts]);
}

/** DHT of one table. Source: T.81, B.2.4.2. */
export function huffman(kind: "dc" | "ac", slot: number, { counts, symbols }: Codes): readonly number[] {
  return segment(MARKER.DHT, [(kind === "dc" ? 0 : 0x10) | slot, ...counts, ...symbols]);
}

/** What a scan has of the coefficients, and the codes of each component. */
export interface ScanHeader {
  readonly parts: readonly { readonly component: FrameComponent; readonly dc: number; readonly ac: number }[];
  readonly first: number;
  readonly last: number;
  /** Bit positions of the scan before and of this one. */
  readonly high: number;
  readonly low: number;
}

/** SOS. Source: T.81, B.2.3. */
export function scanHeader({ parts, first, last, high, low }: ScanHeader): readonly number[] {
  const selectors = parts.flatMap(({ component, dc, ac }) => [component.id, (dc << 4) | ac]);
  return segment(MARKER.SOS, [parts.length, ...selectors, first, last, (high << 4) | low]);
}

/** The header of a scan that has everything. */
export function sequentialScan({ components }: Frame): readonly number[] {
  const parts = components.map((component) => ({ component, dc: component.slot, ac: component.slot }));
  return scanHeader({ parts, first: 0, last: 63, high: 0, low: 0 });
}
