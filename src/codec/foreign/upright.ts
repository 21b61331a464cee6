import type { Orientation } from "../../plan/facts.ts";
import type { DecodedPicture } from "./gather.ts";

/**
 * Where the pixels of the upright picture lie in the file: at column or width − 1 − column of the row, or the other
 * way about with the sides exchanged. Source: Exif 2.32, 4.6.4 (tag 274).
 */
const LAYOUT: Readonly<Record<Orientation, { sidewise: boolean; fromRight: boolean; fromBottom: boolean }>> = {
  1: { sidewise: false, fromRight: false, fromBottom: false },
  2: { sidewise: false, fromRight: true, fromBottom: false },
  3: { sidewise: false, fromRight: true, fromBottom: true },
  4: { sidewise: false, fromRight: false, fromBottom: true },
  5: { sidewise: true, fromRight: false, fromBottom: false },
  6: { sidewise: true, fromRight: false, fromBottom: true },
  7: { sidewise: true, fromRight: true, fromBottom: true },
  8: { sidewise: true, fromRight: true, fromBottom: false },
};

/** Turns a picture upright that lies in its file like this. */
export function upright(picture: DecodedPicture, orientation: Orientation): DecodedPicture {
  if (orientation === 1) return picture;
  const { width, height } = picture;
  const { sidewise, fromRight, fromBottom } = LAYOUT[orientation];
  const from = new Uint32Array(picture.data.buffer, picture.data.byteOffset, width * height);
  const to = new Uint32Array(width * height);
  // Steps through the file for one step to the right and one step down in the upright picture.
  const column = fromRight ? -1 : 1;
  const row = fromBottom ? -width : width;
  const [right, down] = sidewise ? [row, column] : [column, row];
  const start = (fromRight ? width - 1 : 0) + (fromBottom ? (height - 1) * width : 0);
  const size = sidewise ? { width: height, height: width } : { width, height };
  for (let y = 0, at = 0; y < size.height; y++) {
    for (let x = 0; x < size.width; x++, at++) to[at] = from[start + x * right + y * down] ?? 0;
  }
  return { ...size, data: new Uint8Array(to.buffer) };
}
