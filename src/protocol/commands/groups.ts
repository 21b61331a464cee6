import { LAYER_COMMANDS } from "./layer.ts";
import { PIXEL_COMMANDS } from "./pixel.ts";
import { REQUEST_COMMANDS } from "./request.ts";
import type { CommandRow, Rows } from "./row.ts";
import { SEGMENT_COMMANDS } from "./segment.ts";
import { SOURCE_COMMANDS } from "./source.ts";
import { TEXT_COMMANDS } from "./text.ts";
import { VIEW_COMMANDS } from "./view.ts";

interface CommandGroup {
  readonly title: string;
  readonly rows: Rows<CommandRow>;
}

/** The groups of the command table, as the protocol has them: chapters of docs/commands.md, and of whatever form is made of it. */
export const COMMAND_GROUPS: readonly CommandGroup[] = [
  { title: "The request", rows: REQUEST_COMMANDS },
  { title: "The view", rows: VIEW_COMMANDS },
  { title: "Segments", rows: SEGMENT_COMMANDS },
  { title: "Sources of layers", rows: SOURCE_COMMANDS },
  { title: "Layers", rows: LAYER_COMMANDS },
  { title: "Operations on pixels", rows: PIXEL_COMMANDS },
  { title: "Text", rows: TEXT_COMMANDS },
];
