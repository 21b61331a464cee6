import type { Output, Scans } from "../../plan/output.ts";
import type { Size } from "../../plan/size.ts";
import type { Quantisation } from "../jpeg/tables.ts";
import { frameOf } from "./frame.ts";
import { mostBlockBits } from "./most-block-bits.ts";
import { FLAT_BITS } from "./progressive-codes.ts";
import { quantisationOf } from "./quantisation.ts";
import { type Script, scriptOf } from "./scan-scripts.ts";
import { frameHeader, jfif, profileBytes, quantisers } from "./segments.ts";

/**
 * A byte is stuffed for eight ones at the most, so a one counts twice. All codes of a table together take no more than nine
 * bits each, and nine for one that is reserved; and each has a zero in it.
 */
const MOST_CODE = FLAT_BITS + FLAT_BITS - 1;
const RESERVED_BYTES = Math.ceil((2 * FLAT_BITS) / 8);
const MOST_BIT = 2;
const ZERO_RUN = 16;
const SIZE = 15;

/** Bytes of the tables of a scan, two of DC or one of AC, with what is reserved in them, and of its header with the last byte and a zero behind it. */
const DC_TABLES = 2 * (4 + 17 + 12 + RESERVED_BYTES);
const AC_TABLE = 4 + 17 + 256 + RESERVED_BYTES;
const SCAN_HEADER = 8 + 2;
const COMPONENT = 2;

/**
 * Bytes of a file in several scans that no picture of this size exceeds.
 *
 * Over all scans a coefficient takes one symbol at most, where it appears, and no more bits besides than it has: its sign,
 * and those of its magnitude below the uppermost, each said once. How large all of them can be `mostBlockBits` knows. A scan
 * of AC has the end of a band for each block at most, since a run of them takes less than as many ends, and a run of zeros
 * for each sixteen places.
 *
 * @param icc bytes of a profile
 */
export function progressiveMostBytes(
  size: Size,
  output: Output<"jpeg"> & { readonly scans: Exclude<Scans, "sequential"> },
  icc = 0,
): number {
  const frame = frameOf(size, output);
  const { components, units } = frame;
  const quantisation = quantisationOf(output);
  const script = scriptOf(output.scans, components.length);
  const header = [...jfif(output.dpi), ...quantisers(quantisation), ...frameHeader(frame, 0xc2)].length;
  const scans = script.reduce(
    (sum, { first }) => sum + SCAN_HEADER + COMPONENT * components.length + (first === 0 ? DC_TABLES : AC_TABLE),
    0,
  );
  const most = quantisation.map((table) => blockWeight(script, table));
  const weight = components.reduce(
    (sum, { slot, across, down }, index) => sum + across * down * ((most[slot] ?? 0) + endsWeight(script, index)),
    0,
  );
  // SOI and EOI.
  return 4 + header + scans + profileBytes(icc) + Math.ceil((units.width * units.height * weight) / 8);
}

/** What DC and all coefficients of a block cost; zeros cost nothing by themselves. */
function blockWeight(script: Script, quantisation: Quantisation): number {
  const refinements = script.filter(({ first, high }) => first === 0 && high > 0).length;
  const symbols = Float64Array.from({ length: 256 }, (_, symbol) => {
    const size = symbol & SIZE;
    return size === 0 ? 0 : MOST_CODE + MOST_BIT * size;
  });
  // Of DC there is a symbol for a difference of 0 as well.
  const dc = symbols.slice(0, SIZE + 1).fill(MOST_CODE, 0, 1);
  return mostBlockBits(quantisation, { dc, ac: symbols }) + MOST_BIT * refinements;
}

/** What is said of a block where it has nothing. */
function endsWeight(script: Script, component: number): number {
  return script
    .filter(({ of, first }) => first > 0 && of === component)
    .reduce((sum, { first, last }) => sum + (1 + Math.floor((last - first) / ZERO_RUN)) * MOST_CODE, 0);
}
