import { isWrong, type Wrong, wrong } from "../problem.ts";
import type { Rgb } from "../rgb.ts";
import { fields, list } from "./compound.ts";
import type { Grammar } from "./grammar.ts";
import { int, keyword } from "./scalar.ts";

/** What becomes of the colours of a picture whose file has a palette. */
export interface Quantization {
  readonly type: "adaptive" | "web" | "mac";
  readonly dither?: "diffuse" | "off";
  /** 2..256 */
  readonly numColors?: number;
  /** At least one, at most 256. */
  readonly colorList?: readonly Rgb[];
}

/** Colours of a palette are written without the `0x` of other colours. Source: protocol.md 2.3. */
const hex: Grammar<Rgb> = {
  wants: "six hex digits",
  shape: { kind: "colour" },
  read(value): Rgb | Wrong {
    if (!/^[\da-f]{6}$/i.test(value)) return wrong(hex.wants, value);
    const [red, green, blue] = [0, 2, 4].map((at) => Number.parseInt(value.slice(at, at + 2), 16));
    return [red ?? 0, green ?? 0, blue ?? 0];
  },
  write: (levels) => levels.map((level) => level.toString(16).padStart(2, "0")).join(""),
};

const ways = fields(
  { type: keyword("adaptive", "web", "mac") },
  { dither: keyword("diffuse", "off"), numColors: int({ min: 2, max: 256 }) },
);
const colours = list(hex, "colours of six hex digits", 1, 256);
/** Values before the list. */
const PLACES = 3;

/** `type[,dither[,numColors[,colorList]]]`. Source: protocol.md 3.1. */
export const quantize: Grammar<Quantization> = {
  wants: "adaptive, web or mac, then [diffuse or off], [2..256 colours], [colours as six hex digits]",
  shape: {
    kind: "fields",
    fields: [
      ...(ways.shape.kind === "fields" ? ways.shape.fields : []),
      { name: "colorList", required: false, shape: colours.shape },
    ],
  },
  read(value): Quantization | Wrong {
    const [, head = "", rest = ""] = LIST_BEHIND.exec(value) ?? [undefined, value];
    const way = ways.read(head);
    if (isWrong(way) || rest === "") return way;
    const colorList = colours.read(rest);
    if (!isWrong(colorList)) return { ...way, colorList };
    return wrong(`colorList (${colorList.wanted})`, colorList.got, head.length + 1 + colorList.at);
  },
  write({ colorList, ...way }) {
    const head = ways.write(way);
    if (colorList === undefined) return head;
    return `${head}${",".repeat(PLACES - head.split(",").length)},${colours.write(colorList)}`;
  },
};

const LIST_BEHIND = /^([^,]*,[^,]*,[^,]*),(.*)$/s;
