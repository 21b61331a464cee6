import type { Scans } from "../../plan/output.ts";

/** A scan of a progressive picture: of one component, or of all. */
export interface ScanBand {
  /** The place of the component in the frame; all of them where it is absent, which only DC can be. */
  readonly of?: 0 | 1 | 2;
  /** First and last coefficient, in zigzag order. */
  readonly first: number;
  readonly last: number;
  /** Bit positions of the scan before of this band, 0 where there is none, and of this one. */
  readonly high: number;
  readonly low: number;
}

export type Script = readonly ScanBand[];

type Several = Exclude<Scans, "sequential">;

const dc = (high: number, low: number): ScanBand => ({ first: 0, last: 0, high, low });
const ac = (of: 0 | 1 | 2, [first, last]: readonly [number, number], high: number, low: number): ScanBand => {
  return { of, first, last, high, low };
};
const ALL = [1, 63] as const;
const LOW = [1, 5] as const;
const HIGH = [6, 63] as const;
const [Y, CB, CR] = [0, 1, 2] as const;

/** A band of each component: one pass over the picture, which interleaves nothing but DC. Source: ITU-T T.81, G.1.1.1.1. */
const pass = (band: readonly [number, number], high: number, low: number): Script =>
  [Y, CB, CR].map((of) => ac(of, band, high, low));

/**
 * The scans of a colour picture.
 *
 * A number is that of passes over the whole picture (`pscan=`), each of which makes it better everywhere: 3 are DC, low
 * frequencies and high ones; 4 leave the last bit of AC to a pass of its own; 5 leave two, and that of DC goes with the
 * last.
 */
const COLOUR: Readonly<Record<Several, Script>> = {
  /** Source: libjpeg, jpeg_simple_progression in jcparam.c. */
  progressive: [
    ...[dc(0, 1), ac(Y, LOW, 0, 2), ac(CR, ALL, 0, 1), ac(CB, ALL, 0, 1), ac(Y, HIGH, 0, 2), ac(Y, ALL, 2, 1)],
    ...[dc(1, 0), ac(CR, ALL, 1, 0), ac(CB, ALL, 1, 0), ac(Y, ALL, 1, 0)],
  ],
  /** Source: MozJPEG, jpeg_simple_progression in jcparam.c, without the search for a better one. */
  small: [
    ...[dc(0, 0), ac(Y, [1, 8], 0, 2), ac(CB, [1, 8], 0, 0), ac(CR, [1, 8], 0, 0), ac(Y, [9, 63], 0, 2)],
    ...[ac(Y, ALL, 2, 1), ac(Y, ALL, 1, 0), ac(CB, [9, 63], 0, 0), ac(CR, [9, 63], 0, 0)],
  ],
  3: [dc(0, 0), ...pass(LOW, 0, 0), ...pass(HIGH, 0, 0)],
  4: [dc(0, 0), ...pass(LOW, 0, 1), ...pass(HIGH, 0, 1), ...pass(ALL, 1, 0)],
  5: [dc(0, 1), ...pass(LOW, 0, 2), ...pass(HIGH, 0, 2), ...pass(ALL, 2, 1), dc(1, 0), ...pass(ALL, 1, 0)],
};

/**
 * The scans of a picture; of one in gray they are those that luminance has in a colour picture.
 *
 * Each begins with DC, has every coefficient of every component, and refines a bit at a time. Source: ITU-T T.81, G.1.1.1.
 */
export function scriptOf(scans: Several, components: number): Script {
  return COLOUR[scans].filter(({ of = 0 }) => of < components);
}
