import type { Kernels } from "../pixels/kernels.ts";
import type { Strip } from "../pixels/strip.ts";
import type { SourceFacts } from "../plan/facts.ts";
import type { Rect } from "../plan/size.ts";

/** How much of a picture is decoded, and how large. */
export interface Decoding {
  /** One pixel that comes out stands for `shrink` × `shrink` in the file. */
  readonly shrink: 1 | 2 | 4 | 8;
  /** The part that is wanted, in whole pixels of the shrunk picture, as it lies in the file. */
  readonly wanted: Rect;
}

/**
 * A picture on its way from compressed bytes to rows: bytes are pushed in as they arrive, strips are pulled out, from
 * the top, until they have covered what is wanted. They may be wider than that.
 *
 * A decoder may need only some of the bytes for its next strip, or all of them for its first: the caller pulls until
 * there is nothing, then pushes more. Throws `Fault` for data of which no picture can be made.
 */
export interface Decoder {
  /** Takes bytes, which must stay as they are until there is nothing more to pull. */
  push(bytes: Uint8Array): void;
  /** Says that no more bytes will come. */
  end(): void | Promise<void>;
  /** The next strip, or undefined while more bytes are needed and after the last row. */
  pull(): Strip | undefined;
  /** What was wrong with the data of which a picture was made nevertheless; empty where nothing was. */
  readonly warnings: readonly string[];
  /** What decoding has cost so far, in steps of the decoder's own: bytes and pixels bound them, whatever the file says. */
  readonly steps: number;
}

/** Bytes that a decoder holds at most: in the arena of its kernels, and beside it. */
export interface DecoderMemory {
  readonly kernels: number;
  readonly beside: number;
}

/** Makes decoders for one format. */
export interface DecoderMaker {
  /** Milliseconds a megapixel that `end` takes without being interruptible; 0 where every call is short. */
  readonly blockingMsPerMegapixel: number;
  /** The sizes at which it can decode, rising. */
  readonly shrinks: readonly Decoding["shrink"][];
  /** @param bytes length of the whole file */
  memory(facts: SourceFacts, bytes: number, decoding: Decoding): DecoderMemory;
  /** @param bytes length of the whole file */
  make(kernels: Kernels, facts: SourceFacts, bytes: number, decoding: Decoding): Decoder;
}
