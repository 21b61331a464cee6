import fc from "fast-check";
import type { Colorizing, Tone } from "../../src/plan/tone.ts";

/** Everything that `op_…` can ask for, but for contrasts above `steepest`; a third of the operations change nothing. */
export function tones(steepest: number): fc.Arbitrary<Tone> {
  const hundred = fc.integer({ min: -100, max: 100 });
  const level = fc.integer({ min: 0, max: 255 });
  const colorize: fc.Arbitrary<Colorizing> = fc.record({
    colour: fc.tuple(level, level, level),
    normalise: fc.boolean(),
    contrast: fc.integer({ min: 0, max: steepest }),
  });
  return fc.record({
    brightness: orNothing(hundred, 0),
    contrast: orNothing(fc.integer({ min: -100, max: steepest }), 0),
    colorize: fc.option(colorize, { nil: undefined, freq: 2 }),
    balance: fc.tuple(orNothing(hundred, 0), orNothing(hundred, 0), orNothing(hundred, 0)),
    hue: orNothing(fc.integer({ min: -180, max: 180 }), 0),
    saturation: orNothing(hundred, 0),
    invert: fc.boolean(),
  });
}

function orNothing<T>(values: fc.Arbitrary<T>, nothing: T): fc.Arbitrary<T> {
  return fc.oneof({ weight: 2, arbitrary: values }, { weight: 1, arbitrary: fc.constant(nothing) });
}
