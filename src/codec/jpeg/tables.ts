import { broken } from "./broken.ts";
import { MARKER } from "./markers.ts";
import { ZIGZAG } from "./zigzag.ts";

/** Codes as DHT gives them. Source: ITU-T T.81, B.2.4.2. */
export interface Codes {
  /** How many codes there are of 1, 2 … 16 bits. */
  readonly counts: Uint8Array;
  /** What they stand for, shortest codes first. */
  readonly symbols: Uint8Array;
}

/** Quantisation factors, 1 … 65535, in natural order: row by row. */
export type Quantisation = Uint16Array<ArrayBuffer>;

/** What segments have said so far, and the segments behind them may say anew. */
export interface Tables {
  readonly quantisation: (Quantisation | undefined)[];
  readonly dc: (Codes | undefined)[];
  readonly ac: (Codes | undefined)[];
  /** Units between restart markers; 0 is none. */
  interval: number;
  /** Bytes of the segments that were read. */
  bytes: number;
}

export function noTables(): Tables {
  return { quantisation: [], dc: [], ac: [], interval: 0, bytes: 0 };
}

/** A picture has some hundred bytes of tables a scan: a file of nothing else would keep its reader busy. */
const MOST_BYTES = 1_048_576;

const SEGMENTS: ReadonlyMap<number, (segment: DataView, tables: Tables) => void> = new Map([
  [MARKER.DQT, readQuantisation],
  [MARKER.DHT, readCodes],
  [MARKER.DRI, readInterval],
]);

/** Whether a segment is one of tables, before the first scan or between two. */
export function isOfTables(marker: number): boolean {
  return SEGMENTS.has(marker);
}

/** Takes in what such a segment says. */
export function readTables(marker: number, segment: DataView, tables: Tables): void {
  tables.bytes += segment.byteLength;
  if (tables.bytes > MOST_BYTES) throw broken(`more than ${MOST_BYTES} bytes of tables`);
  SEGMENTS.get(marker)?.(segment, tables);
}

/** DQT. Source: T.81, B.2.4.1. */
function readQuantisation(segment: DataView, { quantisation }: Tables): void {
  for (let at = 0; at < segment.byteLength; ) {
    const [precision, slot] = nibbles(segment.getUint8(at));
    at += 1;
    const bytes = precision === 0 ? 1 : 2;
    if (slot > 3 || precision > 1 || at + 64 * bytes > segment.byteLength)
      throw broken("an invalid quantisation table");
    const factors = new Uint16Array(64);
    for (const place of ZIGZAG) {
      factors[place] = precision === 0 ? segment.getUint8(at) : segment.getUint16(at);
      at += bytes;
    }
    quantisation[slot] = factors;
  }
}

/** DHT. Source: T.81, B.2.4.2 and C.2. */
function readCodes(segment: DataView, { dc, ac }: Tables): void {
  for (let at = 0; at < segment.byteLength; ) {
    const [kind, slot] = nibbles(segment.getUint8(at));
    if (at + 17 > segment.byteLength || kind > 1 || slot > 3) throw broken("an invalid Huffman table");
    const counts = bytesOf(segment, at + 1, 16);
    const total = counts.reduce((sum, count) => sum + count, 0);
    at += 17;
    if (total > 256 || at + total > segment.byteLength || isOverfull(counts)) throw broken("an invalid Huffman table");
    (kind === 0 ? dc : ac)[slot] = { counts, symbols: bytesOf(segment, at, total) };
    at += total;
  }
}

/** DRI. Source: T.81, B.2.4.4. */
function readInterval(segment: DataView, tables: Tables): void {
  if (segment.byteLength < 2) throw broken("an invalid restart interval");
  tables.interval = segment.getUint16(0);
}

/** Whether there are more codes of a length than are left of it. */
function isOverfull(counts: Uint8Array): boolean {
  let free = 1;
  return counts.some((count) => {
    free = free * 2 - count;
    return free < 0;
  });
}

/** A copy: the bytes of the file are on their way. */
function bytesOf(view: DataView, at: number, length: number): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset + at, length).slice();
}

function nibbles(byte: number): readonly [high: number, low: number] {
  return [byte >> 4, byte & 15];
}
