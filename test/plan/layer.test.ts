import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { layerTransform } from "../../src/plan/layer.ts";
import { readPlain } from "../support/reading.ts";
import { faultOf } from "./planning.ts";

/** The transform of layer 0 in a request. */
function layer(width: number, height: number, modifiers: string, resolution = 72) {
  const commands = readPlain(`layer=0&${modifiers}`).layers[0]?.commands ?? {};
  return layerTransform({ width, height }, commands, resolution);
}

describe("the worked examples", () => {
  test("E29: a crop is scaled into its box", () => {
    const { crop, size } = layer(1000, 800, "cropN=0.1,0,0.8,1&size=200,200");
    expect(crop).toEqual({ x: 100, y: 0, width: 800, height: 800 });
    expect(size).toEqual({ width: 200, height: 200 });
  });

  test("E30: the box around a turned layer is rounded up, and then extended", () => {
    const turned = "cropN=0.1,0,0.8,1&size=200,200&rotate=30";
    expect(layer(1000, 800, turned).size).toEqual({ width: 274, height: 274 });
    const { size, at } = layer(1000, 800, `${turned}&extend=10,5,10,5`);
    expect(size).toEqual({ width: 294, height: 284 });
    expect(at).toEqual({ x: 10, y: 5 });
  });

  test("E31: size enlarges or reduces into the box, keeping proportions", () => {
    expect(layer(600, 1200, "size=800,800").size).toEqual({ width: 400, height: 800 });
    expect(layer(300, 600, "size=800,800").size).toEqual({ width: 400, height: 800 });
  });

  test("E34: an anchor is carried through crop, scale, flip and extend", () => {
    const modifiers = "anchor=100,50&crop=50,25,200,200&size=100,100&flip=lr&extend=10,20,0,0";
    const { anchor, origin, size } = layer(400, 300, modifiers);
    expect(anchor).toEqual({ x: 85, y: 32.5 });
    expect(origin).toEqual(anchor);
    expect(size).toEqual({ width: 110, height: 120 });
  });

  test("E35: a quarter turn carries the anchor into the new box", () => {
    const { anchor, size } = layer(200, 100, "anchor=0,0&rotate=90");
    expect(size).toEqual({ width: 100, height: 200 });
    expect(anchor).toEqual({ x: 100, y: 0 });
  });

  test("E36: margins may be relative", () => {
    expect(layer(200, 100, "extendN=0.1,0.1,0.1,0.1").size).toEqual({ width: 240, height: 120 });
  });

  test("E37: res relates to the resolution of the source", () => {
    expect(layer(900, 600, "res=100", 300).size).toEqual({ width: 300, height: 200 });
  });
});

describe("crop", () => {
  test.each([
    ["crop=10,20,30,40", { x: 10, y: 20, width: 30, height: 40 }],
    ["crop=-10,-20,200,150", { x: -10, y: -20, width: 200, height: 150 }],
    ["crop=0,0,0,0", { x: 0, y: 0, width: 100, height: 50 }],
    ["crop=10,20,0,0", { x: 10, y: 20, width: 90, height: 30 }],
    ["cropN=0,0,0,0", { x: 0, y: 0, width: 100, height: 50 }],
    ["cropN=0.25,0.5,0.5,0.25", { x: 25, y: 25, width: 50, height: 13 }],
    ["cropN=-0.1,0,1.2,1", { x: -10, y: 0, width: 120, height: 50 }],
    ["crop=200,0,10,10", { x: 200, y: 0, width: 10, height: 10 }],
  ])("%s of 100 × 50", (modifiers, crop) => {
    expect(layer(100, 50, modifiers).crop).toEqual(crop);
  });
});

test("relative crops of a picture cover it without a gap and without going beyond it", () => {
  for (let length = 1; length <= 60; length++) {
    for (const parts of [2, 3, 4, 7].filter((count) => count <= length)) {
      let next = 0;
      for (let part = 0; part < parts; part++) {
        const { crop } = layer(length, 9, `cropN=${part / parts},0,${1 / parts},1`);
        expect(crop.x, `part ${part} of ${parts} of ${length}`).toBe(next);
        next = crop.x + crop.width;
      }
      expect(next).toBe(length);
    }
  }
});

describe("scale", () => {
  test.each([
    ["scale=0.5", { width: 50, height: 25 }],
    ["scale=2", { width: 200, height: 100 }],
    ["scale=0.001", { width: 1, height: 1 }],
    ["size=30,0", { width: 30, height: 15 }],
    ["size=0,30", { width: 60, height: 30 }],
    ["size=30", { width: 30, height: 15 }],
    ["size=0,0", { width: 100, height: 50 }],
    ["size=0,0&scale=0.5", { width: 50, height: 25 }],
    ["size=30,30&scale=0.5&res=1", { width: 30, height: 15 }],
    ["scale=0.5&res=1", { width: 50, height: 25 }],
    ["res=36", { width: 50, height: 25 }],
    ["size=33,33", { width: 33, height: 17 }],
  ])("%s of 100 × 50", (modifiers, size) => {
    expect(layer(100, 50, modifiers).scaled).toEqual(size);
  });
});

describe("turning", () => {
  test.each([
    ["rotate=0", 1, 0],
    ["rotate=90", 6, 0],
    ["rotate=-270", 6, 0],
    ["rotate=180", 3, 0],
    ["rotate=270", 8, 0],
    ["rotate=-90", 8, 0],
    ["rotate=360", 1, 0],
    ["rotate=720090", 6, 0],
    ["flip=lr", 2, 0],
    ["flip=ud", 4, 0],
    ["flip=lrud", 3, 0],
    // Mirrored first: then the right edge, which was the left one, comes to lie at the bottom.
    ["flip=lr&rotate=90", 7, 0],
    ["flip=ud&rotate=90", 5, 0],
    ["rotate=-30", 1, 330],
    ["flip=lr&rotate=400", 2, 40],
  ] as const)("%s", (modifiers, orientation, angleDeg) => {
    expect(layer(100, 50, modifiers)).toMatchObject({ orientation, angleDeg });
  });

  test("any angle has a box that holds all four corners, and is less than a pixel larger", () => {
    const angles = fc.double({ min: -720, max: 720, noNaN: true });
    const sides = fc.integer({ min: 1, max: 4000 });
    fc.assert(
      fc.property(sides, sides, angles, (width, height, angle) => {
        const corner = (x: number, y: number) => layer(width, height, `anchor=${x},${y}&rotate=${angle}`).anchor;
        const { size } = layer(width, height, `rotate=${angle}`);
        const corners = [corner(0, 0), corner(width, 0), corner(width, height), corner(0, height)];
        const across = corners.map((point) => point?.x ?? Number.NaN);
        const down = corners.map((point) => point?.y ?? Number.NaN);
        for (const [positions, length] of [
          [across, size.width],
          [down, size.height],
        ] as const) {
          expect(Math.min(...positions)).toBeCloseTo(0, 5);
          expect(Math.max(...positions)).toBeLessThanOrEqual(length + 1e-5);
          expect(Math.max(...positions)).toBeGreaterThan(length - 1 - 1e-5);
        }
      }),
    );
  });
});

describe("origin", () => {
  test.each([
    ["", { x: 50, y: 25 }],
    ["origin=10,20", { x: 10, y: 20 }],
    ["originN=-0.5,0.5", { x: 0, y: 50 }],
    ["anchor=10,20", { x: 10, y: 20 }],
    ["anchorN=0.5,0", { x: 100, y: 25 }],
    ["anchor=10,20&origin=1,2", { x: 1, y: 2 }],
    // Without an anchor the centre of the final rectangle, not of the picture.
    ["crop=0,0,20,20&extend=10,0,0,0", { x: 15, y: 10 }],
  ])("%s", (modifiers, origin) => {
    expect(layer(100, 50, modifiers).origin).toEqual(origin);
  });
});

describe("refused", () => {
  test("margins that leave nothing of the layer", () => {
    const { code, detail } = faultOf(() => layer(100, 50, "extend=-60,0,-60,0"));
    expect([code, detail]).toEqual(["badRequest", "extend: wants something of the layer left, got -20 × 50"]);
  });

  test.each([
    ["crop=1000,0,0,0", "crop: wants a side of 0 to begin inside the picture of 1000, got 1000"],
    ["crop=0,700,10,0", "crop: wants a side of 0 to begin inside the picture of 500, got 700"],
    ["cropN=1.5,0,0,1", "cropN: wants a side of 0 to begin inside the picture of 1000, got 1500"],
  ])("%s, which would reach to an end that lies before it", (modifiers, detail) => {
    expect(faultOf(() => layer(1000, 500, modifiers))).toMatchObject({ code: "badRequest", detail });
  });

  test("layers beyond counting", () => {
    expect(faultOf(() => layer(1000, 500, "scale=1e9")).code).toBe("outputTooLarge");
    expect(faultOf(() => layer(1000, 500, "crop=0,0,2147483648,1&rotate=45")).code).toBe("outputTooLarge");
  });
});
