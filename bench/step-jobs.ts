import { joined } from "../src/pixels/steps/curve.ts";
import { exposureOf } from "../src/pixels/steps/tone-recipe.ts";
import type { Rect, Size } from "../src/plan/size.ts";
import type { Affine, Step } from "../src/plan/steps.ts";
import type { Tone } from "../src/plan/tone.ts";
import type { Sharp } from "./peers/sharp.ts";

/** One thing that is done to a raster, and the ways in which sharp does it, or what comes nearest. */
export interface StepJob {
  readonly name: string;
  /** For a raster of this size. */
  step(size: Size): Step;
  readonly ways: readonly Way[];
}

export interface Way {
  readonly name: string;
  /** What of it is another thing than ours. */
  readonly differs: string;
  take(picture: Sharp): Sharp;
}

const SIGMAS = [0.5, 2, 10] as const;
const MASK_SIGMA = 1;
const TURN_DEG = 30;
const HUE_DEG = 40;
const SATURATION = 30;
const EXPOSURE = { brightness: 10, contrast: 25 };
const NO_TONE: Tone = {
  ...{ brightness: 0, contrast: 0, colorize: undefined, balance: [0, 0, 0] },
  ...{ hue: 0, saturation: 0, invert: false },
};

const FLOAT_BLUR = "`blur`, in floats";
const FLOAT_BLUR_DIFFERS =
  "`precision: float, minAmplitude: 0.01`: the Gaussian ends below 0.01 of its height, at 3 σ, where ours goes on to 4 σ; levels are rounded down, which most of the difference comes from";

export const STEP_JOBS: readonly StepJob[] = [
  ...SIGMAS.map((sigma) => ({
    name: `blur, σ ${sigma}`,
    step: (size: Size): Step => ({ step: "blur", within: whole(size), sigma: { x: sigma, y: sigma } }),
    ways: [
      floatBlur(sigma),
      {
        name: "`blur`, as it is",
        differs:
          "weights are whole numbers and so is what lies between its two passes; the Gaussian ends below 0.2 of its height, at 1.8 σ",
        take: (picture: Sharp) => picture.blur({ sigma }),
      },
    ],
  })),
  {
    name: `unsharp mask, σ ${MASK_SIGMA}, amount 1`,
    step: (size) => ({
      ...{ step: "sharpen", within: whole(size), against: { sigma: { x: MASK_SIGMA, y: MASK_SIGMA } } },
      ...{ amount: 1, threshold: 0, mono: false },
    }),
    ways: [
      {
        name: "`sharpen`, amount 1 everywhere",
        differs:
          "`m1` and `m2` 1, `y2` and `y3` 100: the same formula, but of lightness in LAB alone, with a blur of whole numbers that ends below 0.1 of its height",
        take: (picture) => picture.sharpen({ sigma: MASK_SIGMA, m1: 1, m2: 1, y2: 100, y3: 100 }),
      },
      { ...floatBlur(MASK_SIGMA), name: "`blur` alone, in floats", differs: "no mask, but the least that one takes" },
    ],
  },
  {
    name: `turn by ${TURN_DEG}°`,
    step: (size) => turnOf(size, TURN_DEG),
    ways: [
      {
        name: "`rotate`",
        differs: "bilinear, 2 × 2 pixels where ours weighs 4 × 4; corners become black where nothing is transparent",
        take: (picture) => picture.rotate(TURN_DEG),
      },
      {
        name: "`affine`, bicubic, transparent corners",
        differs:
          "4 × 4 pixels as ours; it lies about half a pixel away from ours, as that of `rotate` does, hence the dB",
        take: (picture) =>
          picture.affine(matrixOf(TURN_DEG), { interpolator: "bicubic", background: { r: 0, g: 0, b: 0, alpha: 0 } }),
      },
    ],
  },
  {
    name: `hue ${HUE_DEG}°, saturation +${SATURATION}`,
    step: (size) => toneOf(size, { hue: HUE_DEG, saturation: SATURATION }),
    ways: [
      {
        name: "`modulate`",
        differs: "in LCH, by way of LAB; ours stays in RGB, which is much less arithmetic",
        take: (picture) => picture.modulate({ hue: HUE_DEG, saturation: 1 + SATURATION / 100 }),
      },
    ],
  },
  {
    name: `brightness +${EXPOSURE.brightness}, contrast +${EXPOSURE.contrast}`,
    step: (size) => toneOf(size, EXPOSURE),
    ways: [
      {
        name: "`linear`",
        differs: "rounded down, where ours is rounded to the nearest",
        take: (picture) => picture.linear(...lineOf(EXPOSURE)),
      },
    ],
  },
  {
    name: "invert",
    step: (size) => toneOf(size, { invert: true }),
    ways: [
      {
        name: "`negate`",
        differs: "255 − v of bytes; ours takes the way of every tone, by floats",
        take: (picture) => picture.negate({ alpha: false }),
      },
    ],
  },
];

function floatBlur(sigma: number): Way {
  return {
    name: FLOAT_BLUR,
    differs: FLOAT_BLUR_DIFFERS,
    take: (picture) => picture.blur({ sigma, precision: "float", minAmplitude: 0.01 }),
  };
}

function toneOf(size: Size, tone: Partial<Tone>): Step {
  return { step: "tone", within: whole(size), tone: { ...NO_TONE, ...tone } };
}

/** Clockwise about the middles of both, into what holds all of it. */
function turnOf(size: Size, angleDeg: number): Step {
  const [cos, sin] = directionOf(angleDeg);
  const { width, height } = size;
  const into = { width: Math.round(width * cos + height * sin), height: Math.round(width * sin + height * cos) };
  const [i, j] = [into.width / 2, into.height / 2];
  const from: Affine = {
    ...{ xx: cos, xy: sin, x0: width / 2 - cos * i - sin * j },
    ...{ yx: -sin, yy: cos, y0: height / 2 + sin * i - cos * j },
  };
  return { step: "turn", size: into, from, seen: whole(size), filter: "bicub" };
}

/** The same, from the picture to the result. */
function matrixOf(angleDeg: number): readonly [readonly [number, number], readonly [number, number]] {
  const [cos, sin] = directionOf(angleDeg);
  return [
    [cos, -sin],
    [sin, cos],
  ];
}

function directionOf(angleDeg: number): readonly [cos: number, sin: number] {
  const angle = (angleDeg * Math.PI) / 180;
  return [Math.cos(angle), Math.sin(angle)];
}

/** What a level is multiplied by, and what is added to it then. */
function lineOf(exposure: Pick<Tone, "brightness" | "contrast">): readonly [factor: number, offset: number] {
  const { factor, offset, pivot } = exposureOf(exposure).reduce(joined);
  return [factor, offset - factor * pivot];
}

function whole(size: Size): Rect {
  return { x: 0, y: 0, ...size };
}
