import type { Boxes, Decoding, ResamplingNeeds } from "./craft.ts";
import { changesAlpha, type Drawing } from "./drawing.ts";

/** What a decoder is asked for by a drawing, whoever asks. */
export function decodingOf(drawing: Drawing, { wanted, boxes }: ResamplingNeeds): Decoding {
  return { ...drawing.decode, wanted, ...boxesFor(drawing, boxes) };
}

/** What is added up can no longer be given another alpha. */
function boxesFor(drawing: Drawing, boxes: Boxes | undefined): Pick<Decoding, "boxes"> {
  return boxes === undefined || changesAlpha(drawing) ? {} : { boxes };
}
