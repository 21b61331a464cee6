import type { LayerValues } from "../protocol/commands/table.ts";
import { opaqueRgb, type Rgb } from "../protocol/rgb.ts";

/** What the operations on tone of one layer, of the composite, come to. Those that change nothing have their default. */
export interface Tone {
  /** −100..100 */
  readonly brightness: number;
  /** −100..100 */
  readonly contrast: number;
  readonly colorize: Colorizing | undefined;
  /** Red, green, blue, −100..100. */
  readonly balance: readonly [red: number, green: number, blue: number];
  /** Degrees, −180..180. */
  readonly hue: number;
  /** −100..100 */
  readonly saturation: number;
  readonly invert: boolean;
}

export interface Colorizing {
  readonly colour: Rgb;
  /** The median of the luma is moved to the middle first; it is known once the picture was looked at. */
  readonly normalise: boolean;
  /** 0..100 */
  readonly contrast: number;
}

/** The operations on tone, in the order in which they are carried out. */
export type ToneCommands = Pick<
  LayerValues,
  "op_brightness" | "op_contrast" | "op_colorize" | "op_colorbalance" | "op_hue" | "op_saturation" | "op_invert"
>;

/**
 * What the operations of a layer, or of the composite, come to; undefined where nothing changes.
 *
 * Source: protocol.md 3.6.
 */
export function toneOf(commands: ToneCommands): Tone | undefined {
  const { red = 0, green = 0, blue = 0 } = commands.op_colorbalance ?? {};
  const tone: Tone = {
    brightness: commands.op_brightness ?? 0,
    contrast: commands.op_contrast ?? 0,
    colorize: colorizingOf(commands.op_colorize),
    balance: [red, green, blue],
    hue: commands.op_hue ?? 0,
    saturation: commands.op_saturation ?? 0,
    invert: commands.op_invert ?? false,
  };
  return changes(tone) ? tone : undefined;
}

/** The contrast stretches what was normalised, and means nothing where nothing was. */
function colorizingOf(asked: ToneCommands["op_colorize"]): Colorizing | undefined {
  if (asked === undefined) return undefined;
  const normalise = asked.median !== "off";
  return { colour: opaqueRgb(asked.colour), normalise, contrast: normalise ? (asked.contrast ?? 0) : 0 };
}

function changes({ brightness, contrast, colorize, balance, hue, saturation, invert }: Tone): boolean {
  const amounts = [brightness, contrast, ...balance, hue, saturation];
  return colorize !== undefined || invert || amounts.some((amount) => amount !== 0);
}
