import { physOf } from "../density.ts";
import { SIGNATURE } from "../png/chunks.ts";
import type { PngHeader } from "../png/header.ts";
import { IHDR_BYTES } from "../png/ihdr.ts";
import { AROUND, chunkInto } from "./chunks.ts";

/** What a file says before its image data. */
interface HeadContent {
  readonly header: PngHeader;
  /** Dots per inch, or undefined for no tag. */
  readonly dpi: number | undefined;
  /** The content of PLTE, where pixels refer to a palette. */
  readonly palette?: Uint8Array;
  /** The content of tRNS; one without bytes is not written. */
  readonly transparency?: Uint8Array;
}

/** Bytes of the longest head: with a resolution, 256 colours and as many alphas. */
export const MOST_HEAD_BYTES = SIGNATURE.length + IHDR_BYTES + 9 + 256 * 4 + 4 * AROUND;

/** All that stands before the image data. Source: PNG (Third Edition), 5.2, 5.6, 11.2, 11.3. */
export function headOf({ header, dpi, palette, transparency }: HeadContent): Uint8Array<ArrayBuffer> {
  const chunks: readonly (readonly [type: string, content: Uint8Array | undefined])[] = [
    ["IHDR", ihdrOf(header)],
    ["pHYs", dpi === undefined ? undefined : physOf(dpi)],
    ["PLTE", palette],
    ["tRNS", transparency?.length === 0 ? undefined : transparency],
  ];
  const lengths = chunks.map(([, content]) => (content === undefined ? 0 : content.length + AROUND));
  const head = new Uint8Array(lengths.reduce((sum, length) => sum + length, SIGNATURE.length as number));
  head.set(SIGNATURE);
  let at: number = SIGNATURE.length;
  for (const [type, content] of chunks) if (content !== undefined) at = chunkInto(head, at, type, content);
  return head;
}

/** The last chunk. */
export function iend(): Uint8Array<ArrayBuffer> {
  const chunk = new Uint8Array(AROUND);
  chunkInto(chunk, 0, "IEND");
  return chunk;
}

/** Compression, filters and interlacing are the only, the usual, and none. Source: PNG (Third Edition), 11.2.1. */
function ihdrOf({ size, depth, colourType }: PngHeader): Uint8Array<ArrayBuffer> {
  const content = new Uint8Array(IHDR_BYTES);
  const view = new DataView(content.buffer);
  view.setUint32(0, size.width);
  view.setUint32(4, size.height);
  content.set([depth, colourType, 0, 0, 0], 8);
  return content;
}
