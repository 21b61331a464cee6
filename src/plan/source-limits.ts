import { Fault } from "../faults.ts";
import type { SourceFile } from "./budget.ts";
import type { DecoderCraft } from "./craft.ts";
import { LONGEST_SIDE, longestSide, tooLarge } from "./limits.ts";
import { pixelCount, sizeText } from "./size.ts";

/** The settings that bound what a source may be. */
export interface SourceLimits {
  readonly MaxSourcePixels: number;
  readonly MaxWholeSourcePixels: number;
}

/** A file of which less than this part can have come is refused. */
const NEARLY_NOTHING = 16;

/**
 * Refuses a source by its header, before a byte of its pixels is read. All sources of all formats pass here.
 *
 * A header costs nothing to write: who promises far more pixels than the file can hold has sent a bomb, or a file of which
 * nearly nothing came. Not all of it has to be there: what becomes of truncated files `Truncated` says.
 *
 * @throws Fault `sourceTooLarge`, `sourceBroken`
 */
export function refuseSource(
  { facts, bytes }: SourceFile,
  { MaxSourcePixels, MaxWholeSourcePixels }: SourceLimits,
  decoder: Pick<DecoderCraft, "isWhole" | "mostPixels">,
): void {
  const { size } = facts;
  const pixels = pixelCount(size);
  const most = decoder.isWhole ? Math.min(MaxSourcePixels, MaxWholeSourcePixels) : MaxSourcePixels;
  if (pixels > most) throw tooLarge("sourceTooLarge", size, `at most ${most} pixels`);
  if (longestSide(size) > LONGEST_SIDE) throw tooLarge("sourceTooLarge", size, `at most ${LONGEST_SIDE} pixels a side`);
  const held = decoder.mostPixels?.(facts, bytes) ?? Number.POSITIVE_INFINITY;
  if (pixels > held * NEARLY_NOTHING) {
    throw new Fault(
      "sourceBroken",
      `its header says ${sizeText(size)}, but ${bytes} bytes hold at most ${held} pixels`,
    );
  }
}
