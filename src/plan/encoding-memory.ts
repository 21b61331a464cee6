import type { Craft, EncoderMemory } from "./craft.ts";
import { type Delivery, PIECE_BYTES } from "./delivery.ts";
import { bytesAsked, type Encoding, type Output } from "./output.ts";
import type { Size } from "./size.ts";

/** What encoding holds beside the raster. */
export interface EncodingMemory extends EncoderMemory {
  /** Of the file, beside the encoder. */
  readonly file: number;
}

interface Encoded {
  readonly size: Size;
  readonly output: Output;
  readonly instead: Output | undefined;
  readonly delivery: Delivery;
}

/** Bytes that encoding holds at most, whichever of its outputs a plan comes to. */
export function encodingMemory({ size, output, instead, delivery }: Encoded, craft: Craft): EncodingMemory {
  const first = memoryOf(craft, size, output, { delivery, asked: bytesAsked(output) });
  if (instead === undefined) return first;
  const second = memoryOf(craft, size, instead, { delivery, asked: bytesAsked(instead) });
  return {
    kernels: Math.max(first.kernels, second.kernels),
    beside: Math.max(first.beside, second.beside),
    file: Math.max(first.file, second.file),
    uses: first.uses ?? second.uses,
  };
}

function memoryOf<Kind extends Encoding>(
  { encoders }: Craft,
  size: Size,
  output: Output<Kind>,
  { delivery, asked }: { readonly delivery: Delivery; readonly asked: number | undefined },
): EncodingMemory {
  const encoder = encoders[output.encoder];
  const memory = encoder.memory(size, output);
  if (encoder.takes === "raster") return { ...memory, file: 0 };
  const most = Math.min(encoder.mostBytes(size, output), asked ?? Number.POSITIVE_INFINITY);
  return { ...memory, file: asked === undefined ? DELIVERED[delivery](most) : TRIED * most };
}

/** The best file so far, and the one in the making: then the best one, and what its pieces are joined into. */
const TRIED = 2;

/** Pieces, and what they are joined into. */
const JOINED = 2;

/** What is held of a file of so many bytes. */
const DELIVERED: Readonly<Record<Delivery, (most: number) => number>> = {
  pieces: (most) => JOINED * Math.min(most, PIECE_BYTES),
  whole: (most) => JOINED * most,
};
