import type { Size } from "../../src/plan/size.ts";
import type { BlockGrid, Frame, FrameComponent } from "../oracle/jpeg-scan.ts";
import { EOI, SOI, segment } from "./jpeg-bytes.ts";
import { codedBytes, huffmanSegments, tablesFor } from "./jpeg-writer-codes.ts";
import { piecesOf, type ScanSpec } from "./jpeg-writer-scan.ts";

export interface Quantiser {
  readonly number: number;
  /** In zigzag order. */
  readonly steps: readonly number[];
  /** Whether it is written with 16 bits a step. */
  readonly wide?: boolean;
}

/** A JPEG file to be written. */
export interface JpegSpec {
  readonly size: Size;
  /** Of the frame: 0xc0 baseline, 0xc1 extended sequential, 0xc2 progressive. */
  readonly marker?: 0xc0 | 0xc1 | 0xc2;
  readonly components: readonly FrameComponent[];
  /** The quantised coefficients, one grid a component. */
  readonly grids: readonly BlockGrid[];
  /** What is written in front of the frame. */
  readonly quantisers: readonly Quantiser[];
  /** One of all components, where none are given. */
  readonly scans?: readonly ScanSpec[];
  /** Whether tables of a kind share one segment. */
  readonly together?: boolean;
  /** Fill bytes in front of each marker. */
  readonly fill?: number;
  /** Whether the height stands behind the first scan and not in the frame. */
  readonly heightBehind?: boolean;
  /** Segments, and whatever else, at these places. */
  readonly beforeFrame?: readonly number[];
  readonly behindFrame?: readonly number[];
  readonly beforeEnd?: readonly number[];
}

/**
 * The bytes of the file, legal where the specification is.
 *
 * Plain and slow, and takes nothing into account but the standard: ITU-T T.81, annexes B, F and G.
 */
export function writeJpeg(spec: JpegSpec): Uint8Array<ArrayBuffer> {
  const { size, marker = 0xc0, components, quantisers, together = false, fill = 0 } = spec;
  const filled = (bytes: readonly number[]) => [
    ...new Array<number>(bytes.length === 0 ? 0 : fill).fill(0xff),
    ...bytes,
  ];
  const frame: Frame = { progressive: marker === 0xc2, size, components };
  const parts = [
    ...quantiserSegments(quantisers, together).map(filled),
    filled(spec.beforeFrame ?? []),
    filled(frameSegment(marker, frame, spec.heightBehind ?? false)),
    spec.behindFrame ?? [],
  ];
  let restartInterval = 0;
  for (const [at, scan] of (spec.scans ?? [{ of: components.map((_, place) => place) }]).entries()) {
    if (scan.restartInterval !== undefined && scan.restartInterval !== restartInterval) {
      restartInterval = scan.restartInterval;
      parts.push(filled(segment(0xdd, be16(restartInterval))));
    }
    const pieces = piecesOf(frame, spec.grids, scan, restartInterval);
    const tables = tablesFor(pieces, scan.coding ?? "optimal");
    parts.push(
      scan.before ?? [],
      ...(scan.coding === "implied" ? [] : huffmanSegments(tables, together)).map(filled),
      filled(scanSegment(frame, scan)),
      codedBytes(pieces, tables, fill),
    );
    if (spec.heightBehind && at === 0) parts.push(filled(segment(0xdc, be16(size.height))));
  }
  parts.push(filled(spec.beforeEnd ?? []), filled(EOI));
  return Uint8Array.from([SOI, ...parts].flat());
}

/** One segment with all the tables, or one for each. */
export function quantiserSegments(quantisers: readonly Quantiser[], together: boolean): readonly (readonly number[])[] {
  const contents = quantisers.map(({ number, steps, wide = false }) =>
    wide ? [16 + number, ...steps.flatMap(be16)] : [number, ...steps],
  );
  if (contents.length === 0) return [];
  return together ? [segment(0xdb, contents.flat())] : contents.map((content) => segment(0xdb, content));
}

function frameSegment(marker: number, { size, components }: Frame, heightBehind: boolean): readonly number[] {
  const each = components.map(({ id, h, v, quantiser }) => [id, h * 16 + v, quantiser]);
  const height = be16(heightBehind ? 0 : size.height);
  return segment(marker, [8, ...height, ...be16(size.width), components.length, ...each.flat()]);
}

function scanSegment({ progressive, components }: Frame, scan: ScanSpec): readonly number[] {
  const { from = 0, to = progressive ? 0 : 63, high = 0, low = 0 } = scan;
  const each = scan.of.map((place, at) => {
    const own = place === 0 ? 0 : 1;
    const [dc, ac] = scan.tables?.[at] ?? [own, own];
    return [components[place]?.id ?? 0, dc * 16 + ac];
  });
  return segment(0xda, [scan.of.length, ...each.flat(), from, to, high * 16 + low]);
}

function be16(value: number): number[] {
  return [value >> 8, value & 255];
}

const text = (letters: string) => [...letters].map((letter) => letter.charCodeAt(0));

/** Source: JFIF 1.02, page 5. */
export const JFIF = segment(0xe0, [...text("JFIF\0"), 1, 2, 0, 0, 1, 0, 1, 0, 0]);

/** Source: Adobe Technical Note 5116, section 18. */
export function adobe(transform: number): readonly number[] {
  return segment(0xee, [...text("Adobe"), 0, 100, 0, 0, 0, 0, transform]);
}

export const comment = (length: number): readonly number[] => segment(0xfe, new Array<number>(length).fill(0x20));
