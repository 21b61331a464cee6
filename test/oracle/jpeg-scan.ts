import type { Size } from "../../src/plan/size.ts";
import type { ScanBits, SymbolTable } from "./jpeg-bits.ts";

export interface FrameComponent {
  readonly id: number;
  /** Sampling factors. */
  readonly h: number;
  readonly v: number;
  /** Number of its quantisation table. */
  readonly quantiser: number;
}

export interface Frame {
  readonly progressive: boolean;
  readonly size: Size;
  readonly components: readonly FrameComponent[];
}

/** Quantised coefficients of a component: rows of blocks, each in zigzag order, as many as whole MCUs have. */
export interface BlockGrid {
  readonly across: number;
  readonly down: number;
  readonly blocks: readonly Int16Array[];
}

/** The blocks that an interleaved scan covers, and those of them that the picture reaches into. */
export function gridOf({ size, components }: Frame, { h, v }: Pick<FrameComponent, "h" | "v">) {
  const most = mostSampled(components);
  const mcus = {
    across: Math.ceil(size.width / (8 * most.h)),
    down: Math.ceil(size.height / (8 * most.v)),
  };
  return {
    across: mcus.across * h,
    down: mcus.down * v,
    used: {
      across: Math.ceil((size.width * h) / (8 * most.h)),
      down: Math.ceil((size.height * v) / (8 * most.v)),
    },
  };
}

export function mostSampled(components: readonly Pick<FrameComponent, "h" | "v">[]): { h: number; v: number } {
  return { h: Math.max(...components.map(({ h }) => h)), v: Math.max(...components.map(({ v }) => v)) };
}

/** Where the blocks of each MCU of a scan lie, MCU by MCU. Source: ITU-T T.81, A.2.2 and A.2.3. */
export function* mcusOf(
  frame: Frame,
  scanned: readonly FrameComponent[],
): Generator<readonly { readonly of: number; readonly block: number }[]> {
  const [only] = scanned;
  if (scanned.length === 1 && only !== undefined) {
    const { across, used } = gridOf(frame, only);
    for (let y = 0; y < used.down; y++) {
      for (let x = 0; x < used.across; x++) yield [{ of: 0, block: y * across + x }];
    }
    return;
  }
  const most = mostSampled(frame.components);
  for (let mcuY = 0; mcuY * 8 * most.v < frame.size.height; mcuY++) {
    for (let mcuX = 0; mcuX * 8 * most.h < frame.size.width; mcuX++) {
      yield scanned.flatMap((component, of) => {
        const { across } = gridOf(frame, component);
        return Array.from({ length: component.h * component.v }, (_, at) => {
          const [x, y] = [at % component.h, Math.floor(at / component.h)];
          return { of, block: (mcuY * component.v + y) * across + mcuX * component.h + x };
        });
      });
    }
  }
}

/** A component of a scan, with all that its blocks are decoded by. */
export interface Scanned {
  readonly component: FrameComponent;
  readonly grid: BlockGrid;
  readonly dc: SymbolTable | undefined;
  readonly ac: SymbolTable | undefined;
}

export interface Scan {
  readonly scanned: readonly Scanned[];
  /** Spectral selection and successive approximation: Ss, Se, Ah, Al. */
  readonly from: number;
  readonly to: number;
  readonly high: number;
  readonly low: number;
  /** MCUs between restarts; 0 where there are none. */
  readonly restartInterval: number;
}

/** A warning: only damaged data says so. The standard gives it no meaning; libjpeg then hits coefficient 63 at the most. */
const BEYOND = "a run beyond the band";

/** Decodes all MCUs of a scan into the grids of its components. Source: ITU-T T.81, F.2.1 and G.2. */
export function decodeScanInto(frame: Frame, scan: Scan, bits: ScanBits): void {
  const coder = coderOf(frame, scan, bits);
  const predictions = scan.scanned.map(() => 0);
  let mcus = 0;
  for (const mcu of mcusOf(
    frame,
    scan.scanned.map(({ component }) => component),
  )) {
    if (scan.restartInterval > 0 && mcus > 0 && mcus % scan.restartInterval === 0) {
      bits.restart((mcus / scan.restartInterval - 1) % 8);
      predictions.fill(0);
      coder.endOfBandRun = 0;
    }
    mcus++;
    // Where the data ran out nothing more is decoded: coefficients stay as they are.
    if (bits.ranOut) continue;
    for (const { of, block } of mcu) {
      const scanned = scan.scanned[of];
      const coefficients = scanned?.grid.blocks[block];
      if (scanned !== undefined && coefficients !== undefined) coder.block(coefficients, scanned, of, predictions);
    }
  }
}

interface Coder {
  /** Blocks, this one among them, that have nothing more in the band. */
  endOfBandRun: number;
  block(coefficients: Int16Array, scanned: Scanned, of: number, predictions: number[]): void;
}

function coderOf({ progressive }: Frame, { from, to, high, low }: Scan, bits: ScanBits): Coder {
  const difference = (table: SymbolTable) => bits.signed(bits.symbol(table));
  const first: Coder = {
    endOfBandRun: 0,
    block(coefficients, { dc, ac }, of, predictions) {
      if (from === 0) {
        predictions[of] = (predictions[of] ?? 0) + difference(needed(dc));
        coefficients[0] = (predictions[of] ?? 0) * 2 ** low;
      }
      if (to === 0) return;
      if (this.endOfBandRun > 0) {
        this.endOfBandRun--;
        return;
      }
      for (let k = Math.max(from, 1); k <= to; k++) {
        const symbol = bits.symbol(needed(ac));
        const [run, size] = [symbol >> 4, symbol & 15];
        if (size === 0 && run < 15) {
          // A sequential scan has runs of one block only: there EOB0 is all there is.
          this.endOfBandRun = progressive ? 2 ** run + bits.bits(run) - 1 : 0;
          return;
        }
        k += run;
        if (k > to) bits.warnings.push(BEYOND);
        if (size > 0) coefficients[Math.min(k, 63)] = bits.signed(size) * 2 ** low;
      }
    },
  };
  if (high === 0) return first;
  return from === 0
    ? {
        endOfBandRun: 0,
        block(coefficients) {
          if (bits.bit() === 1) coefficients[0] = (coefficients[0] ?? 0) | (2 ** low);
        },
      }
    : acRefinement(from, to, low, bits);
}

/** Source: ITU-T T.81, G.1.2.3 and figure G.7. */
function acRefinement(from: number, to: number, low: number, bits: ScanBits): Coder {
  /** A bit more for a coefficient that is not zero, away from zero. */
  const refine = (coefficients: Int16Array, k: number) => {
    const value = coefficients[k] ?? 0;
    if (bits.bit() === 1 && (Math.abs(value) & (2 ** low)) === 0) {
      coefficients[k] = value + Math.sign(value) * 2 ** low;
    }
  };
  return {
    endOfBandRun: 0,
    block(coefficients, { ac }) {
      let k = from;
      while (this.endOfBandRun === 0 && k <= to) {
        const symbol = bits.symbol(needed(ac));
        let [run, size] = [symbol >> 4, symbol & 15];
        if (size === 0 && run < 15) {
          this.endOfBandRun = 2 ** run + bits.bits(run);
          break;
        }
        const value = size === 0 ? 0 : (bits.bit() === 1 ? 1 : -1) * 2 ** low;
        // On to the zero that the run leads to, refining what is none on the way.
        for (; k <= to; k++) {
          if (coefficients[k] !== 0) refine(coefficients, k);
          else if (run-- === 0) break;
        }
        if (k > to) bits.warnings.push(BEYOND);
        if (value !== 0) coefficients[Math.min(k, 63)] = value;
        k++;
      }
      if (this.endOfBandRun === 0) return;
      for (; k <= to; k++) if (coefficients[k] !== 0) refine(coefficients, k);
      this.endOfBandRun--;
    },
  };
}

function needed<T>(table: T | undefined): T {
  if (table === undefined) throw new Error("a scan without its Huffman table");
  return table;
}
