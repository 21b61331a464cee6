import { broken, unsupported } from "./broken.ts";
import type { JpegHeader } from "./header.ts";
import { FILL, FRAMES, isBare, isRestart, MARKER } from "./markers.ts";
import { readScanHeader, type ScanHeader } from "./scan-header.ts";
import { codesOf, wantedTable } from "./table-memory.ts";
import { type Codes, isOfTables, type Quantisation, readTables, type Tables } from "./tables.ts";

/** One scan of a file, with the tables that it is decoded with. */
export interface IndexedScan {
  readonly header: ScanHeader;
  /** One for each of its components. */
  readonly codes: readonly { readonly dc: Codes | undefined; readonly ac: Codes | undefined }[];
  readonly interval: number;
  /** Its compressed bytes. */
  readonly data: Uint8Array;
}

export interface ScanIndex {
  readonly scans: readonly IndexedScan[];
  /** The table of each component, as its first scan found it. */
  readonly quantisation: readonly (Quantisation | undefined)[];
  /** Whether the file has an end, and not only stops. */
  readonly ended: boolean;
}

/** Each scan costs a pass over the picture, however short it is itself. A picture has some ten. */
export const MOST_SCANS = 200;
/** Bytes that are looked through between two pauses, and what a marker or a segment among them counts as. */
const STRETCH = 1_000_000;
const MARKER_COSTS = 32;

/**
 * Finds all scans of a file, pausing on the way: a file may be long, and full of markers. Where it stops in the middle of
 * a segment, the scans before it are all there are.
 *
 * @throws Fault for damaged segments, and for more scans than 200
 */
export function* indexScans(
  file: Uint8Array,
  { frame, scan, tables, dataAt }: JpegHeader,
): Generator<void, ScanIndex, void> {
  const scans: IndexedScan[] = [];
  const quantisation: (Quantisation | undefined)[] = [];
  let header = scan;
  let from = dataAt;
  for (;;) {
    const end = yield* endOfData(file, from);
    if (!frame.progressive && scans.some((earlier) => sharesComponent(earlier.header, header))) {
      throw broken("two scans of a component");
    }
    scans.push({
      header,
      codes: header.parts.map((part) => codesOf(tables, part)),
      interval: tables.interval,
      data: file.subarray(from, end),
    });
    if (scans.length > MOST_SCANS) throw unsupported(`a JPEG of more than ${MOST_SCANS} scans`);
    for (const { component } of header.parts) {
      const slot = frame.components[component]?.quantisation ?? 0;
      quantisation[component] ??= wantedTable(tables.quantisation[slot], `quantisation table ${slot}`);
    }
    const next = yield* nextScan(file, end, tables);
    if (next.segment === undefined) return { scans, quantisation, ended: next.ended };
    header = readScanHeader(next.segment, frame);
    from = next.at;
  }
}

function sharesComponent(a: ScanHeader, b: ScanHeader): boolean {
  return a.parts.some(({ component }) => b.parts.some((part) => part.component === component));
}

/** Where the compressed bytes end that begin at `from`: at a marker that is none of theirs. */
function* endOfData(file: Uint8Array, from: number): Generator<void, number, void> {
  let paused = from;
  let markers = 0;
  for (let at = file.indexOf(FILL, from); at >= 0; at = file.indexOf(FILL, at + 1)) {
    const marker = file[at + 1];
    // Below SOF0 there are stuffed zeros, and codes that nothing has: damage inside of the data.
    if (marker !== undefined && marker >= MARKER.SOF0 && marker !== FILL && !isRestart(marker)) return at;
    if (at - paused + ++markers * MARKER_COSTS < STRETCH) continue;
    yield;
    paused = at;
    markers = 0;
  }
  return file.length;
}

interface NextScan {
  readonly segment?: DataView;
  readonly at: number;
  readonly ended: boolean;
}

/** Reads the segments up to the next scan header; without one where the picture or the file ends first. */
function* nextScan(file: Uint8Array, from: number, tables: Tables): Generator<void, NextScan, void> {
  const view = new DataView(file.buffer, file.byteOffset);
  let segments = 0;
  for (let at = from; ; ) {
    if (++segments % (STRETCH / MARKER_COSTS) === 0) yield;
    at = file.indexOf(FILL, at);
    const marker = file[at + 1];
    if (at < 0 || marker === undefined) return { at, ended: false };
    if (marker === MARKER.EOI) return { at, ended: true };
    if (marker === FILL || marker === 0 || isBare(marker)) {
      at += marker === FILL ? 1 : 2;
      continue;
    }
    if (at + 4 > file.length) return { at, ended: false };
    const length = view.getUint16(at + 2) - 2;
    if (length < 0) throw broken(`a segment of ${length + 2} bytes at byte ${at}`);
    const behind = at + 4 + length;
    if (behind > file.length) return { at, ended: false };
    if (FRAMES.has(marker)) throw broken("a second frame header");
    const segment = new DataView(file.buffer, file.byteOffset + at + 4, length);
    if (marker === MARKER.SOS) return { segment, at: behind, ended: false };
    if (isOfTables(marker)) readTables(marker, segment, tables);
    at = behind;
  }
}
