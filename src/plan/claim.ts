import type { CodecName, CodecUse } from "./craft.ts";

/**
 * The bytes that a picture in the making claims of its isolate.
 *
 * Memory of codecs is told apart, because it is nobody's own: of each there is one instance, which pictures use in turn, in
 * calls that nothing comes between, and which keeps the memory that it has grown to. Two pictures that use one claim the
 * larger part, not the sum.
 */
export interface Claim {
  /** What goes when the picture is made. */
  readonly own: number;
  /** What instances of codecs will hold. */
  readonly codecs: CodecBytes;
}

export type CodecBytes = Readonly<Partial<Record<CodecName, number>>>;

export function claimOf(own: number, uses: readonly (CodecUse | undefined)[]): Claim {
  const codecs: Partial<Record<CodecName, number>> = {};
  for (const use of uses) {
    if (use !== undefined) codecs[use.codec] = Math.max(codecs[use.codec] ?? 0, use.reused ?? use.bytes);
  }
  return { own, codecs };
}
