import type { Kernels } from "../pixels/kernels.ts";
import type { Strip, SumStrip } from "../pixels/strip.ts";
import type { DecoderCraft, Decoding } from "../plan/craft.ts";
import type { SourceFacts } from "../plan/facts.ts";

/**
 * A picture on its way from compressed bytes to rows: bytes are pushed in as they arrive, strips are pulled out, from
 * the top, until they have covered what is wanted. They may be wider than that. Or they are strips of sums (`addsUp`).
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
  pull(): Strip | SumStrip | undefined;
  /** Gives back at once what it holds beside the kernels: nothing may be pushed or pulled any more. */
  release?(): void;
  /** What was wrong with the data of which a picture was made nevertheless; empty where nothing was. */
  readonly warnings: readonly string[];
  /** What decoding has cost so far, in steps of the decoder's own: bytes and pixels bound them, whatever the file says. */
  readonly steps: number;
}

/** Makes decoders for one format. */
export interface DecoderMaker extends DecoderCraft {
  /** Milliseconds a megapixel that `end` takes without being interruptible; 0 where every call is short. */
  readonly blockingMsPerMegapixel: number;
  /** Whether strips are ones of sums, as the boxes are, and not of pixels. */
  addsUp?(facts: SourceFacts, decoding: Decoding): boolean;
  /** @param bytes length of the whole file */
  make(kernels: Kernels, facts: SourceFacts, bytes: number, decoding: Decoding): Decoder;
}
