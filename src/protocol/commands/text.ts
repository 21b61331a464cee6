import { fields } from "../grammar/compound.ts";
import { pathData } from "../grammar/path-data.ts";
import { anyText, int, keyword, real } from "../grammar/scalar.ts";
import { type LayerRow, type Rows, TEXT } from "./row.ts";

const ROW = { scope: "layer", comp: "layer0", kinds: TEXT, state: "planned", section: "3.7" } as const;

/** Commands of text layers. Source: protocol.md 3.7. */
export const TEXT_COMMANDS = {
  text: {
    ...ROW,
    slot: "content",
    grammar: anyText,
    default: "none",
    about: "Makes the layer a text layer, set in the manner of a word processor: plain text or RTF.",
    example: "text=Sale",
  },
  textPs: {
    ...ROW,
    slot: "content",
    grammar: anyText,
    default: "none",
    about: "Makes the layer a text layer, set in the manner of Photoshop: RTF.",
    example: "textPs=Sale",
  },
  textAttr: {
    ...ROW,
    grammar: fields(
      { resolution: int({ min: 1 }) },
      {
        antiAliasing: keyword("off", "norm", "crisp", "sharp", "strong", "smooth"),
        mode: keyword("fixedRes", "autoRes", "maxRes"),
        wordWrap: keyword("wrap", "noWrap", "nbWrap"),
      },
    ),
    default: "72,norm,fixedRes,wrap",
    about: "Resolution in dots per inch, smoothing, and how the text is fitted and wrapped.",
    example: "textAttr=144,crisp",
  },
  textAngle: {
    ...ROW,
    grammar: real(),
    default: "0",
    about: "Degrees by which lines of text run clockwise.",
    example: "textAngle=90",
  },
  textPath: {
    ...ROW,
    grammar: pathData,
    default: "none",
    about: "Path along which the text runs.",
    example: "textPath=M0,100C50,0,150,0,200,100",
  },
  pathAttr: {
    ...ROW,
    grammar: fields(
      { direction: keyword("norm", "reverse") },
      { start: real({ min: 0, below: 1 }), end: real({ above: 0, below: 2 }) },
    ),
    default: "norm,0,1",
    about: "Direction and extent of the text along its path.",
    example: "pathAttr=reverse,0.25,1",
  },
  textFlowPath: {
    ...ROW,
    grammar: pathData,
    default: "the layer",
    about: "Regions into which the text flows.",
    example: "textFlowPath=M0,0L200,0,200,80,0,80Z",
  },
  textFlowXPath: {
    ...ROW,
    grammar: pathData,
    default: "none",
    about: "Regions that the text flows around.",
    example: "textFlowXPath=M50,0L100,0,100,40,50,40Z",
  },
} as const satisfies Rows<LayerRow>;
