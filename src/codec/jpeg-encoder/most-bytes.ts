import type { Output } from "../../plan/output.ts";
import type { Size } from "../../plan/size.ts";
import type { Codes, Quantisation } from "../jpeg/tables.ts";
import { codeList } from "./code-tables.ts";
import { type Frame, frameOf } from "./frame.ts";
import { mostBlockBits } from "./most-block-bits.ts";
import { quantisationOf } from "./quantisation.ts";
import { codeSegments, RESERVED_BITS, type SlotCodes, standardCodes } from "./scan-codes.ts";
import { frameHeader, jfif, profileBytes, quantisers, sequentialScan } from "./segments.ts";

/**
 * Bytes of a file that no picture of this size exceeds: of each block as many as the dearest one takes (`mostBlockBits`).
 *
 * A byte is stuffed for eight bits that are all one, at the most, so a bit that is one counts twice, and of a value all
 * may be. With codes of the standard it is known which of theirs are. With codes made for the picture it is known that all
 * together they take no more bits than the standard's would, but for those of one that is reserved in each table, and that
 * each has a zero in it.
 *
 * @param icc bytes of a profile
 */
export function mostBytesOf(size: Size, output: Output<"jpeg">, icc = 0): number {
  const frame = frameOf(size, output);
  const quantisation = quantisationOf(output);
  const codes = standardCodes(frame);
  const isStandard = output.huffman === "standard";
  const header = [
    ...jfif(output.dpi),
    ...quantisers(quantisation),
    ...frameHeader(frame, 0xc0),
    ...codeSegments(codes),
    ...sequentialScan(frame),
  ].length;
  const bits = mostUnitBits(frame, quantisation, codes, isStandard);
  const reserved = isStandard ? 0 : 2 * 2 * codes.length * RESERVED_BITS;
  const units = frame.units.width * frame.units.height;
  // SOI and EOI; and of the last byte, filled up with ones, a zero behind it.
  return 4 + 2 + header + profileBytes(icc) + Math.ceil((units * bits + reserved) / 8);
}

/** What a symbol costs, its value and what is stuffed for it included. */
function weightsOf(codes: Codes, isStandard: boolean, sizeOf: (symbol: number) => number): Float64Array {
  const weights = new Float64Array(256);
  for (const { symbol, code, length } of codeList(codes)) {
    weights[symbol] = length + (isStandard ? ones(code) : length - 1) + 2 * sizeOf(symbol);
  }
  return weights;
}

function mostUnitBits(
  frame: Frame,
  quantisation: readonly Quantisation[],
  codes: readonly SlotCodes[],
  isStandard: boolean,
): number {
  const bits = codes.map(({ dc, ac }, slot) =>
    mostBlockBits(quantisation[slot] ?? new Uint16Array(64), {
      dc: weightsOf(dc, isStandard, (symbol) => symbol),
      ac: weightsOf(ac, isStandard, (symbol) => symbol & 15),
    }),
  );
  return frame.components.reduce((sum, { across, down, slot }) => sum + across * down * (bits[slot] ?? 0), 0);
}

function ones(value: number): number {
  return value.toString(2).replaceAll("0", "").length;
}
