import { KernelRecord } from "../../pixels/kernel-record.ts";
import type { Kernels } from "../../pixels/kernels.ts";
import { ByteSupply } from "./byte-supply.ts";
import type { Frame } from "./frame.ts";
import { codeTableBytes } from "./huffman.ts";
import type { Layout, Plane, Region } from "./layout.ts";
import type { PlaneMemory } from "./pixel-rows.ts";
import { COMPONENT_BYTES, COMPONENT_FIELDS, type ComponentField } from "./records.ts";
import type { RowSource } from "./row-source.ts";
import { type RowKernel, ScanDecoder, scanBytes } from "./scan-decoder.ts";
import { MOST_BLOCKS } from "./scan-header.ts";
import type { IndexedScan, ScanIndex } from "./scan-index.ts";
import { TableMemory, wantedTable } from "./table-memory.ts";
import { lastWithin } from "./zigzag.ts";

/** Bytes of a block's coefficients, and of the word that says which of them there are. */
const BLOCK_BYTES = 128;
const PRESENT_BYTES = 8;

/** Compressed bytes that are kept ahead of each scan's decoder: fewer where there are many scans. */
function aheadOf(scans: number): number {
  return scans > 24 ? 2048 : 8192;
}

/** Bytes of kernel memory of one scan among many: one of DC may have four components, and a table for each. */
export function scanInStepBytes(): number {
  const tables = Math.max(4 * codeTableBytes("dc"), codeTableBytes("progressiveAc"));
  return scanBytes(4, MOST_BLOCKS, aheadOf(Number.POSITIVE_INFINITY)) + tables + COMPONENT_BYTES;
}

/** Blocks of a row of MCUs. */
function blocksOf({ component }: Plane, { units }: Layout): number {
  return units.width * component.across * component.down;
}

/** Bytes of kernel memory that the coefficients of a row of MCUs take. */
export function coefficientBytes(layout: Layout): number {
  return layout.planes.reduce(
    (sum, plane) => sum + blocksOf(plane, layout) * (BLOCK_BYTES + PRESENT_BYTES + 1) + 64,
    0,
  );
}

/**
 * Rows of MCUs of a picture in several scans. All of them advance in step, one row of MCUs at a time, so that no more
 * coefficients are held than of one row; in exchange the compressed file must be there as a whole.
 */
export function lockStepRows(
  kernels: Kernels,
  frame: Frame,
  index: ScanIndex,
  layout: Layout,
  region: Region,
  planes: readonly PlaneMemory[],
  stage: number,
): RowSource {
  const memory = new TableMemory(kernels);
  const components = planes.map((plane, at) => rowComponent(kernels, memory, plane, layout, index.quantisation[at]));
  const needed = neededScans(index.scans, layout);
  const scans = needed.map((scan) => {
    const supply = new ByteSupply(kernels, stage);
    supply.give(scan.data);
    supply.end();
    const isAlone = scan.header.parts.length === 1;
    const decoder = new ScanDecoder(
      kernels,
      {
        kernel: kernelOf(frame, scan),
        components: scanComponents(scan, frame, components, memory, isAlone),
        columns: columnsOf(scan, layout, isAlone),
        interval: scan.interval,
        ...{ first: scan.header.first, last: scan.header.last, shift: scan.header.low },
        ahead: aheadOf(needed.length),
      },
      supply,
    );
    return { decoder, linesOf: (unit: number) => linesOf(scan, layout, isAlone, unit) };
  });
  const records = components.map((values) => {
    const record = new KernelRecord(kernels, kernels.reserve(COMPONENT_BYTES), COMPONENT_FIELDS);
    record.set(values);
    return record;
  });

  let seenRow = false;
  let next = 0;
  return {
    begin(unit, seen) {
      seenRow = seen;
      next = 0;
      for (const { decoder, linesOf } of scans) decoder.beginRow({ lines: linesOf(unit), from: 0, to: 0 });
    },
    decode() {
      for (; next < scans.length; next++) {
        if (scans[next]?.decoder.decodeRow() !== "done") return "working";
      }
      for (const record of records) {
        const across = record.get("across");
        const [from, to] = seenRow ? [region.fromColumn * across, region.toColumn * across] : [0, 0];
        kernels.run.transformRow(record.address, from, to);
      }
      return "done";
    },
    get incomplete() {
      return scans.some(({ decoder }) => decoder.incomplete);
    },
    get steps() {
      return scans.reduce((sum, { decoder }) => sum + decoder.steps, 0);
    },
  };
}

type ComponentValues = Readonly<Record<ComponentField, number>>;

/** A component with the coefficients of a row of MCUs. */
function rowComponent(
  kernels: Kernels,
  memory: TableMemory,
  { plane, samples, stride }: PlaneMemory,
  layout: Layout,
  quantisation: Parameters<TableMemory["quantisation"]>[0] | undefined,
): ComponentValues {
  const { across, down } = plane.component;
  const blocks = blocksOf(plane, layout);
  const factors = quantisation ?? new Uint16Array(64);
  return {
    ...{ across, down, dc: 0, ac: 0, predictor: 0, wanted: lastWithin(plane.side), side: plane.side, samples, stride },
    // A component without a scan has no coefficients either.
    quantisation: memory.quantisation(factors),
    places: 0,
    coefficients: kernels.reserve(blocks * BLOCK_BYTES),
    lineBlocks: layout.units.width * across,
    present: kernels.reserve(blocks * PRESENT_BYTES),
    occupied: kernels.reserve(Math.ceil(blocks / 64) * 8),
  };
}

/** The components as one scan sees them: a block is the unit of one that comes alone. Source: ITU-T T.81, A.2.2. */
function scanComponents(
  { header, codes }: IndexedScan,
  frame: Frame,
  components: readonly ComponentValues[],
  memory: TableMemory,
  isAlone: boolean,
): readonly ComponentValues[] {
  return header.parts.map((part, at) => {
    const component = components[part.component];
    if (component === undefined) throw new Error("a scan of a component that is not there");
    const { dc, ac } = codes[at] ?? {};
    const readsDc = header.first === 0 && header.high === 0;
    const readsAc = header.last > 0;
    return {
      ...component,
      ...(isAlone && { across: 1, down: 1 }),
      dc: readsDc ? memory.codes(wantedTable(dc, `Huffman table ${part.dc}`), "dc") : 0,
      ac: readsAc
        ? memory.codes(wantedTable(ac, `Huffman table ${part.ac}`), frame.progressive ? "progressiveAc" : "ac")
        : 0,
      // Later bits of a progressive scan depend on all coefficients of the ones before, wanted or not.
      places: memory.places(frame.progressive ? 8 : component.side),
    };
  });
}

function kernelOf({ progressive }: Frame, { header }: IndexedScan): RowKernel {
  if (!progressive) return "decodeBlocksRow";
  if (header.first === 0) return header.high === 0 ? "decodeDcRow" : "refineDcRow";
  return header.high === 0 ? "decodeAcRow" : "refineAcRow";
}

function planeOf({ header }: IndexedScan, { planes }: Layout): Plane | undefined {
  return planes[header.parts[0]?.component ?? 0];
}

function columnsOf(scan: IndexedScan, layout: Layout, isAlone: boolean): number {
  return isAlone ? (planeOf(scan, layout)?.blocks.width ?? 0) : layout.units.width;
}

/** Lines of units that a scan has in a row of MCUs: alone, a component ends with its own last block. */
function linesOf(scan: IndexedScan, layout: Layout, isAlone: boolean, unit: number): number {
  const plane = planeOf(scan, layout);
  if (!isAlone || plane === undefined) return 1;
  const { down } = plane.component;
  return Math.max(0, Math.min(down, plane.blocks.height - unit * down));
}

/** Scans without coefficients that are wanted at this size are left out, unless a later one depends on them. */
function neededScans(scans: readonly IndexedScan[], { planes }: Layout): readonly IndexedScan[] {
  const needed: IndexedScan[] = [];
  for (const scan of scans.toReversed()) {
    const { first, parts } = scan.header;
    const plane = planes[parts[0]?.component ?? 0];
    const isWanted = first === 0 || first <= lastWithin(plane?.side ?? 8);
    if (isWanted || needed.some((later) => refines(later, scan))) needed.push(scan);
  }
  return needed.reverse();
}

function refines({ header: later }: IndexedScan, { header: earlier }: IndexedScan): boolean {
  const isSame = later.parts[0]?.component === earlier.parts[0]?.component;
  return later.high > 0 && later.first > 0 && isSame && later.first <= earlier.last && later.last >= earlier.first;
}
