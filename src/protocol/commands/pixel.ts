import { type Colour, colour } from "../grammar/colour.ts";
import { fields } from "../grammar/compound.ts";
import type { Grammar } from "../grammar/grammar.ts";
import { flag, int, keyword, real } from "../grammar/scalar.ts";
import { isWrong, type Wrong, wrong } from "../problem.ts";
import { ALL, ALL_AND_EFFECTS, type LayerRow, type Rows } from "./row.ts";

const hundred = int({ min: -100, max: 100 });
// The protocol has whole thresholds; clients write 0.5, and nothing is gained by refusing it.
const unsharpMask = fields(
  { amount: real({ min: 0, max: 5 }) },
  { radius: real({ min: 0, max: 250 }), threshold: real({ min: 0, max: 255 }), mono: flag },
);

interface Colorize {
  readonly colour: Colour;
  readonly median?: "off" | "norm";
  readonly contrast?: number;
}

const median = keyword("off", "norm");
const contrast = real({ min: 0, max: 100 });

/** `color[,off|norm[,contrast]]`, where the colour may have commas of its own. Only RGB colours. */
const colorize: Grammar<Colorize> = {
  wants: "an RGB colour, [off or norm], [contrast 0..100]",
  shape: {
    kind: "fields",
    fields: [
      { name: "colour", required: true, shape: colour.shape },
      { name: "median", required: false, shape: median.shape },
      { name: "contrast", required: false, shape: contrast.shape },
    ],
  },
  read(value): Colorize | Wrong {
    const [, first = "", word, stretch] = /^(.*?)(?:,(off|norm)(?:,(.*))?)?$/is.exec(value) ?? [];
    const base = colour.read(first);
    if (isWrong(base) || base.space !== "rgb") return wrong(colorize.wants, value);
    const by = stretch === undefined || stretch === "" ? undefined : contrast.read(stretch);
    if (isWrong(by)) return wrong(`contrast (${by.wanted})`, by.got, value.length - by.got.length);
    const mode = word === undefined ? undefined : (word.toLowerCase() as "off" | "norm");
    return {
      colour: base,
      ...(mode === undefined ? {} : { median: mode }),
      ...(by === undefined ? {} : { contrast: by }),
    };
  },
  write: ({ colour: base, median: mode, contrast: by }) => {
    const parts = [colour.write(base), mode ?? (by === undefined ? undefined : "norm"), by];
    return parts.filter((part) => part !== undefined).join(",");
  },
};

const TONE = { scope: "layer", comp: "composite", kinds: ALL, state: "done", section: "3.6" } as const;
const WITH_EFFECTS = { ...TONE, kinds: ALL_AND_EFFECTS } as const;
const MASK = { ...TONE, comp: "layer0", state: "planned" } as const;
const SHARPEN = { ...TONE, comp: "view" } as const;

/** Operations on pixels. Source: protocol.md 3.6. */
export const PIXEL_COMMANDS = {
  op_growMask: {
    ...MASK,
    slot: "op_growMask",
    grammar: hundred,
    default: "0",
    about: "Pixels of full resolution by which the mask grows or shrinks.",
    example: "op_growMask=2",
  },
  op_growMaskR: {
    ...MASK,
    slot: "op_growMask",
    grammar: hundred,
    default: "0",
    about: "Pixels of the scaled layer by which the mask grows or shrinks.",
    example: "op_growMaskR=-2",
  },
  op_grow: {
    ...WITH_EFFECTS,
    state: "planned",
    grammar: hundred,
    default: "0",
    about: "Pixels by which bright areas grow or shrink; sizes effects.",
    example: "op_grow=3",
  },
  op_blur: {
    ...WITH_EFFECTS,
    grammar: real({ min: 0, max: 100 }),
    default: "0",
    about: "Radius of a blur in pixels; feathers effects.",
    example: "op_blur=2.5",
  },
  op_brightness: {
    ...TONE,
    grammar: hundred,
    default: "0",
    about: "Brightness, from −100 to 100.",
    example: "op_brightness=10",
  },
  op_contrast: {
    ...TONE,
    grammar: hundred,
    default: "0",
    about: "Contrast about middle gray, from −100 to 100.",
    example: "op_contrast=20",
  },
  op_colorize: {
    ...TONE,
    aliases: ["colorize"],
    grammar: colorize,
    default: "none",
    about: "Recolours by luminance; `norm` first moves the median to the middle, and contrast stretches the range.",
    example: "op_colorize=aa3344,norm,20",
  },
  op_colorbalance: {
    ...TONE,
    grammar: fields({ red: hundred, green: hundred, blue: hundred }),
    default: "0,0,0",
    about: "Shifts red, green and blue, each from −100 to 100.",
    example: "op_colorbalance=10,0,-10",
  },
  op_hue: {
    ...TONE,
    grammar: int({ min: -180, max: 180 }),
    default: "0",
    about: "Degrees by which hues are turned.",
    example: "op_hue=-90",
  },
  op_saturation: {
    ...TONE,
    grammar: hundred,
    default: "0",
    about: "Saturation; −100 is gray.",
    example: "op_saturation=-100",
  },
  op_invert: {
    ...TONE,
    grammar: flag,
    default: "0",
    about: "Turns the picture into its negative.",
    example: "op_invert=1",
  },
  op_noise: {
    ...WITH_EFFECTS,
    state: "planned",
    grammar: fields(
      { amount: int({ min: 0, max: 100 }) },
      { distribution: keyword("uniform", "gaussian"), mono: flag },
    ),
    default: "0,uniform,0",
    about: "Percent of noise that is added.",
    example: "op_noise=10,gaussian,1",
  },
  op_sharpen: {
    ...SHARPEN,
    grammar: flag,
    default: "0",
    about: "Sharpens a little; for the composite, after all scaling.",
    example: "op_sharpen=1",
  },
  op_usm: {
    ...SHARPEN,
    grammar: unsharpMask,
    default: "0,0,0,0",
    about:
      "Unsharp mask: amount, radius in pixels of the layer's full resolution, or of the composite, threshold, and whether in brightness only.",
    example: "op_usm=1.2,0.8,6,0",
  },
  op_usmR: {
    ...SHARPEN,
    grammar: unsharpMask,
    default: "0,0,0,0",
    about: "Unsharp mask whose radius is that of the scaled picture.",
    example: "op_usmR=1,4",
  },
} as const satisfies Rows<LayerRow>;
