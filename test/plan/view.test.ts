import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Point, Size } from "../../src/plan/size.ts";
import { type View, viewOf } from "../../src/plan/view.ts";
import { readPlain } from "../support/reading.ts";

/** The view of a request's text, so that the examples read as they stand in protocol.md 5.10. */
function view(composite: Size, modifiers: string, DefaultPix: Size = size(0, 0)): View {
  const { view: commands, problems } = readPlain(modifiers);
  expect(problems).toEqual([]);
  return viewOf(composite, commands, { DefaultPix, DefaultUpscale: false });
}

function size(width: number, height: number): Size {
  return { width, height };
}

interface Example {
  readonly id: string;
  readonly composite?: Size;
  readonly modifiers: string;
  readonly defaultPix?: Size;
  readonly scale: number | Point;
  readonly scaled: Size;
  readonly reply: Size;
  readonly offset: Point;
}

const at = (x: number, y: number): Point => ({ x, y });
const NO_OFFSET = at(0, 0);

/** The table of protocol.md 5.10; the composite is 1000 × 500 unless another is given. */
const EXAMPLES: readonly Example[] = [
  {
    id: "E1",
    modifiers: "wid=200&hei=200",
    scale: 0.2,
    scaled: size(200, 100),
    reply: size(200, 200),
    offset: at(0, 50),
  },
  {
    id: "E2",
    modifiers: "wid=200&hei=200&align=0,-1",
    scale: 0.2,
    scaled: size(200, 100),
    reply: size(200, 200),
    offset: NO_OFFSET,
  },
  {
    id: "E3",
    composite: size(500, 1000),
    modifiers: "wid=200&hei=200&align=-1,-1",
    scale: 0.2,
    scaled: size(100, 200),
    reply: size(200, 200),
    offset: NO_OFFSET,
  },
  {
    id: "E4",
    modifiers: "fit=constrain&wid=200&hei=200",
    scale: 0.2,
    scaled: size(200, 100),
    reply: size(200, 100),
    offset: NO_OFFSET,
  },
  {
    id: "E5",
    modifiers: "fit=crop&wid=200&hei=200",
    scale: 0.4,
    scaled: size(400, 200),
    reply: size(200, 200),
    offset: at(-100, 0),
  },
  {
    id: "E6",
    modifiers: "fit=crop&wid=200&hei=200&align=-1,0",
    scale: 0.4,
    scaled: size(400, 200),
    reply: size(200, 200),
    offset: NO_OFFSET,
  },
  {
    id: "E7",
    modifiers: "fit=wrap&wid=200&hei=200",
    scale: 0.4,
    scaled: size(400, 200),
    reply: size(400, 200),
    offset: NO_OFFSET,
  },
  {
    id: "E8",
    modifiers: "fit=stretch&wid=200&hei=200",
    scale: at(0.2, 0.4),
    scaled: size(200, 200),
    reply: size(200, 200),
    offset: NO_OFFSET,
  },
  {
    id: "E9",
    modifiers: "fit=hfit&wid=200&hei=200",
    scale: 0.2,
    scaled: size(200, 100),
    reply: size(200, 200),
    offset: at(0, 50),
  },
  {
    id: "E10",
    modifiers: "fit=vfit&wid=200&hei=200",
    scale: 0.4,
    scaled: size(400, 200),
    reply: size(200, 200),
    offset: at(-100, 0),
  },
  {
    id: "E11 (wid)",
    modifiers: "wid=200",
    scale: 0.2,
    scaled: size(200, 100),
    reply: size(200, 100),
    offset: NO_OFFSET,
  },
  {
    id: "E11 (hei)",
    modifiers: "hei=200",
    scale: 0.4,
    scaled: size(400, 200),
    reply: size(400, 200),
    offset: NO_OFFSET,
  },
  {
    id: "E11a",
    composite: size(400, 300),
    modifiers: "wid=800",
    scale: 1,
    scaled: size(400, 300),
    reply: size(800, 300),
    offset: at(200, 0),
  },
  {
    id: "E11b (constrain)",
    composite: size(400, 300),
    modifiers: "wid=800&fit=constrain",
    scale: 1,
    scaled: size(400, 300),
    reply: size(400, 300),
    offset: NO_OFFSET,
  },
  {
    id: "E11b (upscale)",
    composite: size(400, 300),
    modifiers: "wid=800&fit=fit,1",
    scale: 2,
    scaled: size(800, 600),
    reply: size(800, 600),
    offset: NO_OFFSET,
  },
  {
    id: "E12",
    composite: size(100, 50),
    modifiers: "wid=200&hei=200",
    scale: 1,
    scaled: size(100, 50),
    reply: size(200, 200),
    offset: at(50, 75),
  },
  {
    id: "E13",
    composite: size(100, 50),
    modifiers: "wid=200&hei=200&fit=fit,1",
    scale: 2,
    scaled: size(200, 100),
    reply: size(200, 200),
    offset: at(0, 50),
  },
  {
    id: "E14",
    composite: size(100, 50),
    modifiers: "fit=constrain&wid=200&hei=200",
    scale: 1,
    scaled: size(100, 50),
    reply: size(100, 50),
    offset: NO_OFFSET,
  },
  {
    id: "E15",
    composite: size(100, 100),
    modifiers: "fit=crop&wid=200&hei=50",
    scale: 1,
    scaled: size(100, 100),
    reply: size(200, 50),
    offset: at(50, -25),
  },
  { id: "E16", modifiers: "scl=2", scale: 0.5, scaled: size(500, 250), reply: size(500, 250), offset: NO_OFFSET },
  {
    id: "E17",
    modifiers: "scl=2&wid=200&hei=200",
    scale: 0.5,
    scaled: size(500, 250),
    reply: size(200, 200),
    offset: at(-150, -25),
  },
  {
    id: "E18",
    modifiers: "scl=4&wid=400&hei=200",
    scale: 0.25,
    scaled: size(250, 125),
    reply: size(400, 200),
    offset: at(75, 37),
  },
  {
    id: "E19",
    modifiers: "",
    defaultPix: size(400, 400),
    scale: 0.4,
    scaled: size(400, 200),
    reply: size(400, 200),
    offset: NO_OFFSET,
  },
  {
    id: "E20",
    modifiers: "",
    defaultPix: size(0, 300),
    scale: 0.6,
    scaled: size(600, 300),
    reply: size(600, 300),
    offset: NO_OFFSET,
  },
  {
    id: "E25",
    composite: size(1000, 667),
    modifiers: "wid=300",
    scale: 0.3,
    scaled: size(300, 200),
    reply: size(300, 200),
    offset: NO_OFFSET,
  },
  {
    id: "E26",
    composite: size(3000, 2001),
    modifiers: "fit=constrain&wid=400&hei=400",
    scale: 400 / 3000,
    scaled: size(400, 267),
    reply: size(400, 267),
    offset: NO_OFFSET,
  },
  {
    id: "E21",
    modifiers: "rgn=100,100,200,100",
    scale: 1,
    scaled: size(200, 100),
    reply: size(200, 100),
    offset: NO_OFFSET,
  },
  {
    id: "E22",
    modifiers: "rgn=100,100,200,100&wid=100&hei=100",
    scale: 0.5,
    scaled: size(100, 50),
    reply: size(100, 100),
    offset: at(0, 25),
  },
];

describe("the worked examples of the protocol", () => {
  test.each(EXAMPLES)("$id: $modifiers", ({ composite = size(1000, 500), modifiers, defaultPix, ...expected }) => {
    const got = view(composite, modifiers, defaultPix);
    const { x, y } = typeof expected.scale === "number" ? at(expected.scale, expected.scale) : expected.scale;
    expect(got.scale.x).toBeCloseTo(x, 12);
    expect(got.scale.y).toBeCloseTo(y, 12);
    expect(got.scaled).toEqual(expected.scaled);
    expect(got.size).toEqual(expected.reply);
    expect(got.offset).toEqual(expected.offset);
  });
});

const sides = fc.integer({ min: 1, max: 5000 });
const sizes = fc.record({ width: sides, height: sides });
const modes = fc.constantFrom("fit", "constrain", "crop", "wrap", "stretch", "hfit", "vfit");

describe("for every size and mode", () => {
  test("constrain and fit never show the picture larger than was asked", () => {
    fc.assert(
      fc.property(sizes, sizes, fc.constantFrom("fit,0", "fit,1", "constrain,0", "constrain,1"), (from, to, fit) => {
        const { scaled } = view(from, `wid=${to.width}&hei=${to.height}&fit=${fit}`);
        expect(scaled.width).toBeLessThanOrEqual(to.width);
        expect(scaled.height).toBeLessThanOrEqual(to.height);
      }),
    );
  });

  test("crop and wrap with enlargement cover all that was asked", () => {
    fc.assert(
      fc.property(sizes, sizes, fc.constantFrom("crop,1", "wrap,1"), (from, to, fit) => {
        const { scaled } = view(from, `wid=${to.width}&hei=${to.height}&fit=${fit}`);
        expect(scaled.width).toBeGreaterThanOrEqual(to.width);
        expect(scaled.height).toBeGreaterThanOrEqual(to.height);
      }),
    );
  });

  test("nothing is enlarged unless it is said", () => {
    fc.assert(
      fc.property(sizes, sizes, modes, (from, to, mode) => {
        const { scaled } = view(from, `wid=${to.width}&hei=${to.height}&fit=${mode}`);
        expect(scaled.width).toBeLessThanOrEqual(from.width);
        expect(scaled.height).toBeLessThanOrEqual(from.height);
      }),
    );
  });

  test("the picture and its view overlap, however they are aligned", () => {
    const alignment = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(sizes, sizes, modes, alignment, alignment, (from, to, mode, h, v) => {
        const {
          size: reply,
          scaled,
          offset,
        } = view(from, `wid=${to.width}&hei=${to.height}&fit=${mode}&align=${h.toFixed(3)},${v.toFixed(3)}`);
        expect(offset.x).toBeLessThan(reply.width);
        expect(offset.y).toBeLessThan(reply.height);
        expect(offset.x + scaled.width).toBeGreaterThan(0);
        expect(offset.y + scaled.height).toBeGreaterThan(0);
      }),
    );
  });
});

test("a reduction of one dimension never rounds to nothing", () => {
  expect(view(size(5000, 1), "wid=10").scaled).toEqual(size(10, 1));
});

test("scl wins over fit", () => {
  expect(view(size(1000, 500), "scl=2&wid=200&hei=200&fit=stretch").scaled).toEqual(size(500, 250));
});

test("scl below 1 enlarges without being told to", () => {
  expect(view(size(100, 50), "scl=0.5").size).toEqual(size(200, 100));
});

describe("where the composite lies", () => {
  test("without a region it is what was scaled", () => {
    const { composite, offset, scaled } = view(size(1000, 667), "fit=crop&wid=200&hei=200");
    expect(composite).toEqual({ ...offset, ...scaled });
  });

  test("E21: of a plain region all around it is left out", () => {
    const { composite } = view(size(1000, 500), "rgn=100,100,200,100");
    expect(composite).toEqual({ x: -100, y: -100, width: 1000, height: 500 });
  });

  test("E22: a view larger than its region shows what lies beside it", () => {
    const { composite } = view(size(1000, 500), "rgn=100,100,200,100&wid=100&hei=100");
    // Composite x 100 … 300, y 50 … 250.
    expect(composite).toEqual({ x: -50, y: -25, width: 500, height: 250 });
  });

  test("a region may end within pixels of the view, and reach beyond the composite", () => {
    const { composite, size: reply } = view(size(100, 100), "rgn=-10,50,30,100&wid=10");
    expect(reply).toEqual(size(10, 33));
    expect(composite.x).toBeCloseTo(10 / 3, 9);
    expect(composite.width).toBeCloseTo(100 / 3, 9);
    expect(composite.y).toBe(-16.5);
    expect(composite.height).toBe(33);
  });

  test("DefaultPix is tested against the region", () => {
    expect(view(size(1000, 500), "rgn=0,0,100,100", size(400, 400)).size).toEqual(size(100, 100));
    expect(view(size(1000, 500), "rgn=0,0,800,100", size(400, 400)).size).toEqual(size(400, 50));
  });
});
