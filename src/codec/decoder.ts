import type { SourceFacts } from "../plan/facts.ts";

/** Consecutive rows of a decoded picture: RGBA8, not premultiplied, valid until the decoder is used again. */
export interface Strip {
  /** Row of the picture that the strip begins with. */
  readonly y: number;
  readonly rows: number;
  readonly data: Uint8Array;
}

/**
 * A picture on its way from compressed bytes to rows: bytes are pushed in as they arrive, strips are pulled out.
 *
 * A decoder may need only some of the bytes for its next strip, or all of them for its first: the caller pulls until
 * there is nothing, then pushes more. Throws `Fault` for damaged data.
 */
export interface Decoder {
  push(bytes: Uint8Array): void;
  /** Says that no more bytes will come. */
  end(): void | Promise<void>;
  /** The next strip, or undefined while more bytes are needed and after the last row. */
  pull(): Strip | undefined;
}

/** Makes decoders for one format. */
export interface DecoderMaker {
  /** Milliseconds a megapixel that `end` takes without being interruptible; 0 where every call is short. */
  readonly blockingMsPerMegapixel: number;
  /** @param bytes length of the whole file */
  make(facts: SourceFacts, bytes: number): Decoder;
}
