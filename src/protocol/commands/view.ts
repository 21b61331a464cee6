import { colour } from "../grammar/colour.ts";
import { fields } from "../grammar/compound.ts";
import { align, rect, scaledRect } from "../grammar/geometry.ts";
import { flag, keyword, pixels, real } from "../grammar/scalar.ts";
import type { RequestRow, Rows } from "./row.ts";

/** Commands of the view. Source: protocol.md 3.3. */
export const VIEW_COMMANDS = {
  wid: {
    scope: "view",
    grammar: pixels,
    state: "done",
    default: "follows from hei, scl or DefaultPix",
    about: "Width of the picture in pixels.",
    example: "wid=400",
    section: "5.6",
    role: "width",
  },
  hei: {
    scope: "view",
    grammar: pixels,
    state: "done",
    default: "follows from wid, scl or DefaultPix",
    about: "Height of the picture in pixels.",
    example: "hei=300",
    section: "5.6",
    role: "height",
  },
  scl: {
    scope: "view",
    grammar: real({ above: 0 }),
    state: "done",
    default: "none",
    about: "Reduces by this factor: 2 is half the size. wid and hei then crop or pad, and fit is not used.",
    example: "scl=2",
    section: "5.6",
  },
  fit: {
    scope: "view",
    grammar: fields(
      { mode: keyword("fit", "constrain", "crop", "wrap", "stretch", "hfit", "vfit") },
      { upscale: flag },
    ),
    state: "done",
    default: "fit,DefaultUpscale",
    about: "How the picture fills wid × hei, and whether it may be enlarged for it.",
    example: "fit=crop,1",
    section: "5.6",
  },
  align: {
    scope: "view",
    grammar: align,
    state: "done",
    default: "0,0",
    about: "Where the picture lies in a view of another size: −1 left or top, 0 centre, 1 right or bottom.",
    example: "align=-1,0",
    section: "5.6",
  },
  bgc: {
    scope: "view",
    outermost: true,
    grammar: colour,
    state: "done",
    default: "BkgColor",
    about: "Colour of what the picture does not cover, and behind transparency in formats without it.",
    example: "bgc=240,240,240",
    section: "3.3",
  },
  rgn: {
    scope: "view",
    grammar: rect,
    state: "done",
    default: "the whole composite",
    about: "Region of the composite that the view is made of.",
    example: "rgn=100,100,200,100",
    section: "3.3",
    frame: { of: "composite", unit: "pixels" },
  },
  rect: {
    scope: "view",
    grammar: scaledRect,
    state: "done",
    default: "the whole view",
    about: "Part of the view that is the reply, in pixels of the view times the scale.",
    example: "rect=0,600,2000,600",
    section: "3.3",
    frame: { of: "view", unit: "pixels" },
  },
} as const satisfies Rows<RequestRow>;
