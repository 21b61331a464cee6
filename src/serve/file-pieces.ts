import { joined } from "../codec/joined.ts";
import { PIECE_BYTES } from "../plan/delivery.ts";
import { bytesAsked } from "../plan/output.ts";
import type { Pieces } from "../render/studio.ts";
import type { Picture } from "./picture.ts";

/** A file that is being made: there as a whole, or longer than a piece, and still to come. */
type BegunFile =
  | { readonly is: "whole"; readonly bytes: Uint8Array<ArrayBuffer> }
  | {
      readonly is: "long";
      /** All of them, from the beginning on. */
      readonly pieces: Pieces;
    };

/** The whole file of a picture: what makes it has been given back. */
export async function wholeFile({
  pieces,
  isMade,
}: Pick<Picture, "pieces" | "isMade">): Promise<Uint8Array<ArrayBuffer>> {
  const all: Uint8Array<ArrayBuffer>[] = [];
  for await (const piece of pieces) all.push(piece);
  const file = joined(all);
  isMade(file.length);
  return file;
}

/** A file as soon as it is known whether it is longer than a piece. One that comes at once is whole, whatever its length. */
export async function begunFile(picture: Picture): Promise<BegunFile> {
  const { pieces, isMade } = picture;
  const held: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  while (bytes <= PIECE_BYTES || held.length < 2) {
    const { done, value } = await pieces.next();
    if (done) {
      const file = joined(held);
      isMade(file.length);
      return { is: "whole", bytes: file };
    }
    held.push(value);
    bytes += value.length;
  }
  return { is: "long", pieces: goingOn(held, picture) };
}

/** What is held is let go of as it is taken. */
async function* goingOn(held: Uint8Array<ArrayBuffer>[], { plan, pieces: rest, giveBack }: Picture): Pieces {
  for (let piece = held.shift(); piece !== undefined; piece = held.shift()) yield piece;
  // A file of which the size was asked is there as a whole to its end.
  if (bytesAsked(plan.output) === undefined) giveBack(PIECE_BYTES);
  yield* rest;
}

/**
 * A file in parts of one length, but for the last one. Each is valid until the next one is asked for: they are all in one buffer.
 */
export async function* partsOf(
  pieces: AsyncIterable<Uint8Array>,
  length: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  const part = new Uint8Array(length);
  let filled = 0;
  for await (const piece of pieces) {
    for (let at = 0; at < piece.length; ) {
      // Not before there is more: the last part may be a full one.
      if (filled === length) {
        yield part;
        filled = 0;
      }
      const taken = piece.subarray(at, at + length - filled);
      part.set(taken, filled);
      filled += taken.length;
      at += taken.length;
    }
  }
  if (filled > 0) yield part.subarray(0, filled);
}
