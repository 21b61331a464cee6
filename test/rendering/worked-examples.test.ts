import { describe, expect, test } from "vitest";
import { rendererOn } from "../golden/rendering.ts";
import { pixelAt, pngOf } from "../support/charts.ts";
import { picture } from "../support/pictures.ts";

/** Bars have no blue, and all of the picture has: where one ends and the other begins is seen to the pixel. */
const BLUE = 255;
const BARS = "bgc=0,255,0";

/** Its column in red, its row in green. */
function chart(width: number, height: number): Uint8Array {
  return pngOf(
    picture({ width, height }, (x, y) => [((x + 0.5) * 255) / width, ((y + 0.5) * 255) / height, BLUE, 255]),
  );
}

interface Example {
  readonly id: string;
  readonly composite?: readonly [width: number, height: number];
  readonly modifiers: string;
  readonly vars?: Readonly<Record<string, string>>;
  readonly reply: readonly [width: number, height: number];
  /** Where the composite lies in the reply: x, y, width, height; it may reach beyond it. */
  readonly lies: readonly [x: number, y: number, width: number, height: number];
}

/** The table of protocol.md 5.10: where each pixel of the reply comes from. The composite is 1000 × 500 unless another is given. */
const EXAMPLES: readonly Example[] = [
  { id: "E1", modifiers: "wid=200&hei=200", reply: [200, 200], lies: [0, 50, 200, 100] },
  { id: "E2", modifiers: "wid=200&hei=200&align=0,-1", reply: [200, 200], lies: [0, 0, 200, 100] },
  {
    id: "E3",
    composite: [500, 1000],
    modifiers: "wid=200&hei=200&align=-1,-1",
    reply: [200, 200],
    lies: [0, 0, 100, 200],
  },
  { id: "E4", modifiers: "fit=constrain&wid=200&hei=200", reply: [200, 100], lies: [0, 0, 200, 100] },
  { id: "E5", modifiers: "fit=crop&wid=200&hei=200", reply: [200, 200], lies: [-100, 0, 400, 200] },
  { id: "E6", modifiers: "fit=crop&wid=200&hei=200&align=-1,0", reply: [200, 200], lies: [0, 0, 400, 200] },
  { id: "E7", modifiers: "fit=wrap&wid=200&hei=200", reply: [400, 200], lies: [0, 0, 400, 200] },
  { id: "E8", modifiers: "fit=stretch&wid=200&hei=200", reply: [200, 200], lies: [0, 0, 200, 200] },
  { id: "E9", modifiers: "fit=hfit&wid=200&hei=200", reply: [200, 200], lies: [0, 50, 200, 100] },
  { id: "E10", modifiers: "fit=vfit&wid=200&hei=200", reply: [200, 200], lies: [-100, 0, 400, 200] },
  { id: "E11, wid", modifiers: "wid=200", reply: [200, 100], lies: [0, 0, 200, 100] },
  { id: "E11, hei", modifiers: "hei=200", reply: [400, 200], lies: [0, 0, 400, 200] },
  { id: "E11a", composite: [400, 300], modifiers: "wid=800", reply: [800, 300], lies: [200, 0, 400, 300] },
  {
    id: "E11b, capped",
    composite: [400, 300],
    modifiers: "wid=800&fit=constrain",
    reply: [400, 300],
    lies: [0, 0, 400, 300],
  },
  { id: "E11b", composite: [400, 300], modifiers: "wid=800&fit=fit,1", reply: [800, 600], lies: [0, 0, 800, 600] },
  { id: "E12", composite: [100, 50], modifiers: "wid=200&hei=200", reply: [200, 200], lies: [50, 75, 100, 50] },
  {
    id: "E13",
    composite: [100, 50],
    modifiers: "wid=200&hei=200&fit=fit,1",
    reply: [200, 200],
    lies: [0, 50, 200, 100],
  },
  {
    id: "E14",
    composite: [100, 50],
    modifiers: "fit=constrain&wid=200&hei=200",
    reply: [100, 50],
    lies: [0, 0, 100, 50],
  },
  {
    id: "E15",
    composite: [100, 100],
    modifiers: "fit=crop&wid=200&hei=50",
    reply: [200, 50],
    lies: [50, -25, 100, 100],
  },
  { id: "E16", modifiers: "scl=2", reply: [500, 250], lies: [0, 0, 500, 250] },
  { id: "E17", modifiers: "scl=2&wid=200&hei=200", reply: [200, 200], lies: [-150, -25, 500, 250] },
  { id: "E18", modifiers: "scl=4&wid=400&hei=200", reply: [400, 200], lies: [75, 37, 250, 125] },
  { id: "E19", modifiers: "", vars: { DefaultPix: "400,400" }, reply: [400, 200], lies: [0, 0, 400, 200] },
  { id: "E20", modifiers: "", vars: { DefaultPix: "0,300" }, reply: [600, 300], lies: [0, 0, 600, 300] },
  { id: "E21", modifiers: "rgn=100,100,200,100", reply: [200, 100], lies: [-100, -100, 1000, 500] },
  { id: "E22", modifiers: "rgn=100,100,200,100&wid=100&hei=100", reply: [100, 100], lies: [-50, -25, 500, 250] },
  { id: "E23", modifiers: "scl=1&rect=0,400,1000,200", reply: [1000, 200], lies: [0, -400, 1000, 500] },
  { id: "E24", modifiers: "scl=1&rect=400,200,200,100,0.5", reply: [200, 100], lies: [-400, -200, 500, 250] },
  { id: "E25", composite: [1000, 667], modifiers: "wid=300", reply: [300, 200], lies: [0, 0, 300, 200] },
  {
    id: "E26",
    composite: [3000, 2001],
    modifiers: "fit=constrain&wid=400&hei=400",
    reply: [400, 267],
    lies: [0, 0, 400, 267],
  },
  {
    id: "E28",
    composite: [2000, 2400],
    modifiers: "scl=1&rect=0,600,2000,600",
    vars: { MaxPix: "2000,2000" },
    reply: [2000, 600],
    lies: [0, -600, 2000, 2400],
  },
];

function replyTo({
  composite: [width, height] = [1000, 500],
  modifiers,
  vars,
}: Omit<Example, "id" | "reply" | "lies">) {
  const render = rendererOn(new Map([["chart.png", chart(width, height)]]), vars);
  return render(`/is/image/chart?${[modifiers, BARS, "fmt=png"].filter(Boolean).join("&")}`);
}

/** Of a ramp of 8 bits: its own rounding and that of the result. At the picture's edge the filter has nothing beyond it. */
const LEVELS = 1.5;
const LEVELS_AT_EDGES = 4;
/** Pixels that the widest filter looks at. */
const EDGE = 3;

describe("the worked examples, on a chart that tells where each pixel comes from", () => {
  test.each(EXAMPLES)(
    "$id: $modifiers",
    async ({ reply: [width, height], lies: [left, top, across, down], ...asked }) => {
      const reply = await replyTo(asked);
      expect(reply.size).toEqual({ width, height });
      const wrong: string[] = [];
      for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++) {
          const [red, green, blue] = pixelAt(reply, x, y);
          const [column, row] = [x - left, y - top];
          const inside = column >= 0 && row >= 0 && column < across && row < down;
          const atEdge = Math.min(column, row, across - 1 - column, down - 1 - row) < EDGE;
          const most = atEdge ? LEVELS_AT_EDGES : LEVELS;
          const isRight = inside
            ? blue === BLUE &&
              Math.abs(red - ((column + 0.5) * 255) / across) <= most &&
              Math.abs(green - ((row + 0.5) * 255) / down) <= most
            : red === 0 && green === 255 && blue === 0;
          if (!isRight) wrong.push(`${x}, ${y}: ${red}, ${green}, ${blue}`);
        }
      }
      expect([wrong.length, wrong[0]]).toEqual([0, undefined]);
    },
  );

  test("E27: a reply larger than MaxPix is refused", async () => {
    const asked = { composite: [3000, 1500], modifiers: "wid=2500", vars: { MaxPix: "2000,2000" } } as const;
    await expect(replyTo(asked)).rejects.toThrow("2500 × 1250, at most 2000 × 2000");
  });
});
