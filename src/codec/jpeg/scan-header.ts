import { broken } from "./broken.ts";
import type { Frame } from "./frame.ts";

export interface ScanPart {
  /** Index of the component in its frame. */
  readonly component: number;
  /** Slots of its tables. */
  readonly dc: number;
  readonly ac: number;
}

/** A scan header. Source: ITU-T T.81, B.2.3. */
export interface ScanHeader {
  readonly parts: readonly ScanPart[];
  /** First and last coefficient, in zigzag order. */
  readonly first: number;
  readonly last: number;
  /** Bit positions: of the scan that this one refines, 0 where it is the first; and its own. */
  readonly high: number;
  readonly low: number;
}

/** Blocks in an MCU. Source: T.81, B.2.3. */
export const MOST_BLOCKS = 10;
/** The largest bit position of a progressive scan. Source: T.81, table B.3. */
const MOST_SHIFT = 13;

export function readScanHeader(segment: DataView, frame: Frame): ScanHeader {
  const count = segment.byteLength > 0 ? segment.getUint8(0) : 0;
  if (count < 1 || count > 4 || segment.byteLength < 4 + count * 2) throw broken("an invalid scan header");
  const parts = Array.from({ length: count }, (_, index) => readPart(segment, 1 + index * 2, frame));
  if (new Set(parts.map(({ component }) => component)).size < count) throw broken("a scan with a component twice");
  if (count > 1 && blocksOf(parts, frame) > MOST_BLOCKS) throw broken(`an MCU of ${blocksOf(parts, frame)} blocks`);

  const at = 1 + count * 2;
  // A sequential scan has all coefficients, whatever it says.
  if (!frame.progressive) return { parts, first: 0, last: 63, high: 0, low: 0 };
  const position = segment.getUint8(at + 2);
  const header: ScanHeader = {
    parts,
    first: segment.getUint8(at),
    last: segment.getUint8(at + 1),
    high: position >> 4,
    low: position & 15,
  };
  if (!isProgression(header)) {
    const { first, last, high, low } = header;
    throw broken(`a scan of coefficients ${first} to ${last}, bits ${high} to ${low}`);
  }
  return header;
}

function readPart(segment: DataView, at: number, frame: Frame): ScanPart {
  const id = segment.getUint8(at);
  const component = frame.components.findIndex((each) => each.id === id);
  const slots = segment.getUint8(at + 1);
  const [dc, ac] = [slots >> 4, slots & 15];
  if (component < 0) throw broken(`a scan of component ${id}`);
  if (dc > 3 || ac > 3) throw broken(`Huffman tables ${dc} and ${ac}`);
  return { component, dc, ac };
}

function blocksOf(parts: readonly ScanPart[], { components }: Frame): number {
  return parts.reduce((sum, { component }) => {
    const { across = 1, down = 1 } = components[component] ?? {};
    return sum + across * down;
  }, 0);
}

/** Source: T.81, G.1.1.1 and table B.3. */
function isProgression({ parts, first, last, high, low }: ScanHeader): boolean {
  const isBand = first === 0 ? last === 0 : last >= first && last <= 63 && parts.length === 1;
  return isBand && low <= MOST_SHIFT && (high === 0 || high === low + 1);
}
