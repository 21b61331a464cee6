import { describe, expect, test } from "vitest";
import { type Colours, turned } from "../oracle/tone.ts";
import { roomyKernels } from "../support/guarded.ts";
import { expectNear } from "../support/near.ts";
import { changed, eachColour, somePlanes, VECTORS } from "../support/planes.ts";

const kernels = roomyKernels();

/**
 * A hue of 0..9 is rounded to a float five times, each by at most 2^-21, and is multiplied by a chroma of at most 255.
 */
const TOLERANCE = 255 * 5 * 2 ** -21;

function turn(planes: Float32Array, degrees: number): Float32Array {
  return changed(kernels, planes, (at, vectors) => kernels.run.huePlanes(at, vectors, degrees / 60));
}

describe("huePlanes", () => {
  test.each(VECTORS)("turns the hues of %i vectors as HSL does", (vectors) => {
    const planes = somePlanes(vectors, vectors + 5);
    for (const degrees of [-180, -120, -61, -1, 1, 30, 59, 60, 120, 179, 180]) {
      const wanted = eachColour(planes, (colours) => turned(colours, degrees));
      expectNear(turn(planes, degrees), wanted, TOLERANCE);
    }
  });

  test("turns every colour on a grid of the whole cube by every angle that there is, in steps of seven degrees", () => {
    const levels = [0, 1, 2, 64, 127, 128, 200, 254, 255];
    const colours = levels.flatMap((r) => levels.flatMap((g) => levels.map((b): Colours => [r, g, b])));
    const all = Array.from({ length: 732 }, (_, at) => colours[at] ?? [0, 0, 0]);
    const planes = Float32Array.from([0, 1, 2].flatMap((channel) => all.map((each) => each[channel] ?? 0)));
    for (let degrees = -180; degrees <= 180; degrees += 7) {
      const wanted = eachColour(planes, (each) => turned(each, degrees));
      expectNear(turn(planes, degrees), wanted, TOLERANCE);
    }
  });

  test("comes back to where it was after a whole turn, in one, two or six parts", () => {
    const planes = somePlanes(64, 11);
    for (const parts of [1, 2, 6]) {
      let now = planes;
      for (let part = 0; part < parts; part++) now = turn(now, 360 / parts);
      expectNear(now, planes, parts * TOLERANCE);
      for (let part = 0; part < parts; part++) now = turn(now, -360 / parts);
      expectNear(now, planes, 2 * parts * TOLERANCE);
    }
  });

  test("makes red green and green blue by a third of a turn, and leaves gray exactly as it is", () => {
    const planes = Float32Array.of(200, 0, 77, 255, 0, 200, 77, 255, 0, 0, 77, 255);
    expectNear(turn(planes, 120), Float32Array.of(0, 0, 77, 255, 200, 0, 77, 255, 0, 200, 77, 255), TOLERANCE);
    const grays = new Float32Array(256 * 3).map((_, at) => at % 256);
    for (const degrees of [-180, -33, 45, 120]) expect(turn(grays, degrees)).toEqual(grays);
  });
});
