import type { Kernels } from "../../pixels/kernels.ts";
import type { ByteSupply } from "./byte-supply.ts";
import type { JpegHeader } from "./header.ts";
import type { Layout, Region } from "./layout.ts";
import type { PlaneMemory } from "./pixel-rows.ts";
import type { RowSource } from "./row-source.ts";
import { ScanDecoder } from "./scan-decoder.ts";
import { codesOf, TableMemory, wantedTable } from "./table-memory.ts";
import { lastWithin } from "./zigzag.ts";

/** Compressed bytes that are kept ahead of the decoder. */
export const STREAMING_AHEAD = 32_768;

/** Rows of MCUs of a picture that has all its components in one scan: decoded as its bytes arrive. */
export function streamedRows(
  kernels: Kernels,
  { frame, scan, tables }: JpegHeader,
  { units }: Layout,
  region: Region,
  planes: readonly PlaneMemory[],
  supply: ByteSupply,
): RowSource {
  const memory = new TableMemory(kernels);
  const components = scan.parts.map((part) => {
    const kept = planes[part.component];
    const component = frame.components[part.component];
    if (kept === undefined || component === undefined) throw new Error("a scan of a component that is not there");
    const { plane, samples, stride } = kept;
    const { dc, ac } = codesOf(tables, part);
    const factors = tables.quantisation[component.quantisation];
    return {
      ...{ across: component.across, down: component.down, predictor: 0, side: plane.side, samples, stride },
      dc: memory.codes(wantedTable(dc, `Huffman table ${part.dc}`), "dc"),
      ac: memory.codes(wantedTable(ac, `Huffman table ${part.ac}`), "ac"),
      wanted: lastWithin(plane.side),
      places: memory.places(plane.side),
      quantisation: memory.quantisation(wantedTable(factors, `quantisation table ${component.quantisation}`)),
      ...{ coefficients: 0, lineBlocks: 0, present: 0, occupied: 0 },
    };
  });
  const decoder = new ScanDecoder(
    kernels,
    {
      kernel: "decodeSequentialRow",
      components,
      columns: units.width,
      interval: tables.interval,
      ...{ first: 0, last: 63, shift: 0 },
      ahead: STREAMING_AHEAD,
    },
    supply,
  );
  return {
    begin(_unit, seen) {
      decoder.beginRow({ lines: 1, from: seen ? region.fromColumn : 0, to: seen ? region.toColumn : 0 });
    },
    decode: () => decoder.decodeRow(),
    get incomplete() {
      return decoder.incomplete;
    },
    get steps() {
      return decoder.steps;
    },
  };
}
