import fc from "fast-check";
import type { SourceFacts } from "../../src/plan/facts.ts";
import type { Orientation } from "../../src/plan/orientation.ts";

const FAR = 2 ** 31;

const sides = fc.constantFrom(1, 2, 3, 7, 100, 1000, 4000, 65_500);
/** Headers of pictures, from a single pixel to as long as may be. */
export const headers: fc.Arbitrary<SourceFacts> = fc
  .record({
    format: fc.constantFrom("jpeg" as const, "png" as const),
    width: sides,
    height: sides,
    orientation: fc.constantFrom<Orientation>(1, 1, 2, 3, 4, 5, 6, 7, 8),
    alpha: fc.boolean(),
  })
  .map(({ width, height, format, orientation, alpha }) => ({
    format,
    orientation,
    size: { width, height },
    alpha: alpha && format === "png",
    ...(format === "jpeg"
      ? {
          jpeg: {
            wholeFile: false,
            sampling: [
              { across: 2, down: 2 },
              { across: 1, down: 1 },
              { across: 1, down: 1 },
            ],
          },
        }
      : { png: { colourType: alpha ? 6 : 2, depth: 8, interlaced: false } }),
  }));

/** Numbers as they come, those just beside of what is round, and those that only an attacker writes. */
const plain = fc.integer({ min: 1, max: 3000 });
const extremeWhole = fc.constantFrom(0, 1, 2, -1, -2, 65_499, 65_500, 65_501, 1e9, -1e9, FAR, -FAR, FAR - 1, 1 - FAR);
const whole = fc.oneof(fc.integer({ min: -1500, max: 3000 }), extremeWhole);
const length = fc.oneof(plain, fc.constantFrom(1, 2, 3, 65_500, 65_501, 1e9, FAR));
/** Of doubles as they come most are next to nothing. */
const thousandths = (min: number, max: number) =>
  fc.integer({ min: min * 1000, max: max * 1000 }).map((value) => String(value / 1000));
const extremeReal = fc.constantFrom(
  ...["1e-300", "5e-324", "1e-30", "1e-9", "1e-6", "0.000999", "0.4999999999", "0.5", "0.9999999", "1", "1.0000001"],
  ...["1e3", "1e6", "1e9", "1e15", "1e30", "1e300", "1.7976931348623157e308"],
);
const factor = fc.oneof(thousandths(0.01, 20), extremeReal);
const signed = fc.oneof(
  thousandths(-2, 2),
  fc.constantFrom("0", "-0.5", "0.5", "-1", "1e-300", "-1e-9", "0.999999999", "2147483648", "-2147483648", "1e9"),
);
const share = fc.oneof(thousandths(0, 2), fc.constantFrom("0", "1", "1e-300", "1e-9", "2147483648"));
const angle = fc.oneof(
  fc.integer({ min: -720, max: 720 }).map(String),
  thousandths(-360, 360),
  fc.constantFrom("90", "1e-300", "1e-9", "1e-7", "89.999999999", "45", "1e300", "-1e-9", "359.9999999999", "1e16"),
);
const radius = fc.oneof(thousandths(0, 20), fc.constantFrom("0", "100", "1e-300", "0.3", "0.29"));
const four = (of: fc.Arbitrary<number | string>) => fc.tuple(of, of, of, of).map((values) => values.join(","));
const colour = fc.constantFrom("ff0000", "00ff0080", "20,40,60,0", "50");

/** One modifier; all that takes part in geometry, and all that reaches further than a pixel. */
export const hostileModifier: fc.Arbitrary<string> = fc.oneof(
  fc.tuple(whole, whole, length, length).map((values) => `crop=${values}`),
  fc.tuple(signed, signed, share, share).map((values) => `cropN=${values}`),
  factor.map((value) => `scale=${value}`),
  factor.map((value) => `res=${value}`),
  fc.tuple(length, length).map((values) => `size=${values}`),
  length.map((value) => `size=${value},0`),
  length.map((value) => `size=0,${value}`),
  fc.constantFrom("flip=lr", "flip=ud", "flip=lrud", "layer=0&flip=ud&layer=comp"),
  angle.map((value) => `rotate=${value}`),
  four(whole).map((values) => `extend=${values}`),
  four(signed).map((values) => `extendN=${values}`),
  fc.tuple(whole, whole).map((values) => `anchor=${values}`),
  fc.tuple(signed, signed).map((values) => `originN=${values}`),
  colour.map((value) => `color=${value}`),
  colour.map((value) => `bgColor=${value}`),
  fc.constantFrom("opac=0", "opac=50", "layer=0&opac=30,50&layer=comp", "maskUse=off", "maskUse=invert", "mask=m"),
  fc.oneof(length.map(String), factor).map((value) => `wid=${value}`),
  fc.oneof(length.map(String), factor).map((value) => `hei=${value}`),
  factor.map((value) => `scl=${value}`),
  fc
    .tuple(fc.constantFrom("fit", "constrain", "crop", "wrap", "stretch", "hfit", "vfit"), fc.constantFrom("", ",1"))
    .map((parts) => `fit=${parts.join("")}`),
  fc.tuple(fc.constantFrom(-1, 0, 1, 0.37), fc.constantFrom(-1, 0, 1, 0.37)).map((values) => `align=${values}`),
  fc.tuple(whole, whole, length, length).map((values) => `rgn=${values}`),
  fc.tuple(whole, whole, length, length).map((values) => `rect=${values}`),
  fc.tuple(whole, whole, plain, plain, factor).map((values) => `rect=${values}`),
  factor.map((value) => `dpr=on,${value}`),
  radius.map((value) => `op_blur=${value}`),
  radius.map((value) => `layer=0&op_blur=${value}&layer=comp`),
  fc.tuple(fc.constantFrom("op_usm", "op_usmR"), radius).map(([name, value]) => `${name}=1.5,${value},3`),
  fc
    .tuple(fc.constantFrom("op_usm", "op_usmR"), radius)
    .map(([name, value]) => `layer=0&${name}=1.5,${value}&layer=comp`),
  fc.constantFrom("op_sharpen=1", "layer=0&op_sharpen=1&layer=comp", "op_invert=1", "op_colorize=ff8000"),
  fc.constantFrom("layer=0&op_colorize=ff8000&layer=comp", "fmt=png", "fmt=png-alpha", "resMode=bilin"),
);
