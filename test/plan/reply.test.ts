import { describe, expect, test } from "vitest";
import { type Reply, replyOf } from "../../src/plan/reply.ts";
import type { Size } from "../../src/plan/size.ts";
import { viewOf } from "../../src/plan/view.ts";
import { readPlain } from "../support/reading.ts";
import { faultOf } from "./planning.ts";

function size(width: number, height: number): Size {
  return { width, height };
}

/** The reply of a request's text, as in protocol.md 5.10. */
function reply(composite: Size, modifiers: string, maxPix = size(0, 0)): Reply {
  const { view, request, problems } = readPlain(modifiers);
  expect(problems).toEqual([]);
  const commands = { ...view, ...request };
  return replyOf(viewOf(composite, view, { DefaultPix: size(0, 0), DefaultUpscale: false }), commands, maxPix);
}

describe("rect", () => {
  test("without it the reply is the view", () => {
    const { composite, view, scale, size: answered } = reply(size(1000, 500), "wid=200&hei=200");
    expect(answered).toEqual(size(200, 200));
    expect(view).toEqual({ x: 0, y: 0, width: 200, height: 200 });
    expect(composite).toEqual({ x: 0, y: 50, width: 200, height: 100 });
    expect(scale).toEqual({ x: 0.2, y: 0.2 });
  });

  test("E23: it may go beyond the view", () => {
    const { view, composite, size: answered } = reply(size(1000, 500), "scl=1&rect=0,400,1000,200");
    expect(answered).toEqual(size(1000, 200));
    expect(view).toEqual({ x: 0, y: -400, width: 1000, height: 500 });
    expect(composite).toEqual(view);
  });

  test("E24: its scale comes first, its coordinates are those after it", () => {
    const { view, scale, size: answered } = reply(size(1000, 500), "scl=1&rect=400,200,200,100,0.5");
    expect(answered).toEqual(size(200, 100));
    // 100 × 50 of the picture at the top left; the rest is bgc.
    expect(view).toEqual({ x: -400, y: -200, width: 500, height: 250 });
    expect(scale).toEqual({ x: 0.5, y: 0.5 });
  });

  test("a scaled view is stretched to whole pixels, and what lies in it with it", () => {
    const { view, composite } = reply(size(90, 90), "wid=101&hei=90&fit=fit,1&align=-1,0&rect=0,0,10,10,0.5");
    expect(view).toEqual({ x: 0, y: 0, width: 51, height: 45 });
    expect(composite.width).toBeCloseTo((90 * 51) / 101, 9);
    expect(composite.height).toBe(45);
  });
});

describe("MaxPix", () => {
  const MOST = size(2000, 2000);

  test("E27: a larger view is refused", () => {
    const fault = faultOf(() => reply(size(5000, 2500), "wid=2500", MOST));
    expect([fault.code, fault.detail]).toEqual(["maxPix", "2500 × 1250, at most 2000 × 2000"]);
  });

  test("E28: of a larger view a part may be fetched", () => {
    const { size: answered, view } = reply(size(2000, 2400), "scl=1&rect=0,600,2000,600", MOST);
    expect(answered).toEqual(size(2000, 600));
    expect(view).toEqual({ x: 0, y: -600, width: 2000, height: 2400 });
  });

  test("a part of a small view may be too large", () => {
    expect(faultOf(() => reply(size(10, 10), "rect=0,0,2001,1", MOST)).code).toBe("maxPix");
  });
});

describe("dpr", () => {
  // Source: protocol.md 3.1.
  test.each([
    [2, 1632, 1000],
    [3, 2448, 1500],
    [4, 3264, 2000],
    [1, 816, 500],
  ])("816 × 500 at %i is %i × %i", (ratio, width, height) => {
    const { size: answered, composite } = reply(size(816, 500), `wid=816&dpr=on,${ratio}`);
    expect(answered).toEqual(size(width, height));
    expect(composite).toEqual({ x: 0, y: 0, width, height });
  });

  test("it enlarges what wid alone would not", () => {
    expect(reply(size(400, 300), "wid=400&hei=300&dpr=on,2").composite).toEqual({
      x: 0,
      y: 0,
      width: 800,
      height: 600,
    });
  });

  test("off, or without a number, it changes nothing", () => {
    const plain = reply(size(400, 300), "wid=100");
    expect(reply(size(400, 300), "wid=100&dpr=off")).toEqual(plain);
    expect(reply(size(400, 300), "wid=100&dpr=off,3")).toEqual(plain);
    expect(reply(size(400, 300), "wid=100&dpr=on")).toEqual(plain);
  });

  test("a reply that would be larger than MaxPix is as large as that, keeping its proportions", () => {
    expect(reply(size(816, 500), "wid=816&dpr=on,4", size(2000, 2000)).size).toEqual(size(2000, 1225));
    expect(reply(size(500, 816), "hei=816&dpr=on,4", size(2000, 1000)).size).toEqual(size(613, 1000));
    expect(reply(size(816, 500), "wid=816&dpr=on,4", size(2000, 0)).size).toEqual(size(2000, 1225));
    expect(faultOf(() => reply(size(816, 500), "wid=816&dpr=on,4", size(800, 800))).code).toBe("maxPix");
  });

  test("a tile shows the same part, with more pixels", () => {
    const { size: answered, view } = reply(size(1000, 500), "scl=1&rect=100,50,30,20&dpr=on,2");
    expect(answered).toEqual(size(60, 40));
    expect(view).toEqual({ x: -200, y: -100, width: 2000, height: 1000 });
  });
});
