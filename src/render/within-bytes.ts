import { OutOfRoom } from "../codec/encoder.ts";
import { Fault } from "../faults.ts";
import type { Raster } from "../pixels/raster.ts";
import { bytesAsked, MOST_ENCODES, type Output } from "../plan/output.ts";
import type { Plan } from "../plan/plan.ts";
import { type EncodingDesk, encoded } from "./encode.ts";
import { warnOfOneScan } from "./one-scan.ts";
import type { Piece, Pieces } from "./studio.ts";

/** As `jpegSize=` counts. */
const UNIT = 1024;

/** What became of an encode. */
interface Trial {
  /** Undefined where the file is too large. */
  readonly pieces: readonly Piece[] | undefined;
  /** All of the file where it fits, or is of the lowest quality. */
  readonly bytes: number;
}

/**
 * The file of a raster in the highest quality, up to that of the output, in which it has no more bytes than asked for.
 *
 * A binary search that looks as high as what is left of its encodes allows: qualities that are too high are given up as soon as
 * that is known, and most files fit.
 *
 * @throws Fault `jpegTooLarge` where it has more at quality 1. Source: protocol.md 3.1 (jpegSize), A-66
 */
export async function* withinBytes(
  { output, instead }: Pick<Plan, "output" | "instead">,
  raster: Raster,
  warnings: Set<string>,
  desk: EncodingDesk,
): Pieces {
  const most = bytesAsked(output);
  if (output.encoder !== "jpeg" || most === undefined) throw new TypeError("an output of any size");
  let used: Output<"jpeg"> = output;
  const tried = async (quality: number): Promise<Trial> => {
    try {
      return await trial({ ...used, quality }, most, raster, desk);
    } catch (thrown) {
      if (!(thrown instanceof OutOfRoom) || instead?.encoder !== "jpeg" || used === instead) throw thrown;
      // From here on: what several scans hold becomes more with the quality.
      used = instead;
      return trial({ ...used, quality }, most, raster, desk);
    }
  };

  let best: readonly Piece[] = [];
  let bestOutput = used;
  let fitting = 0;
  let top = output.quality;
  let last = 0;
  for (let left = MOST_ENCODES; fitting < top; left--) {
    const quality = Math.min(top, fitting + 2 ** (left - 1));
    const { pieces, bytes } = await tried(quality);
    last = bytes;
    if (pieces === undefined) {
      top = quality - 1;
      continue;
    }
    fitting = quality;
    best = pieces;
    bestOutput = used;
  }
  if (fitting === 0) throw tooLarge(most, last);
  if (bestOutput !== output) warnOfOneScan(output, warnings);
  yield* best;
}

async function trial(output: Output<"jpeg">, most: number, raster: Raster, desk: EncodingDesk): Promise<Trial> {
  let pieces: Piece[] = [];
  let bytes = 0;
  for await (const piece of encoded(output, raster, desk)) {
    bytes += piece.length;
    if (bytes <= most) {
      pieces.push(piece);
      continue;
    }
    pieces = [];
    // Whoever is refused is told what there would have been.
    if (output.quality > 1) break;
  }
  return { pieces: bytes > most ? undefined : pieces, bytes };
}

function tooLarge(most: number, smallest: number): Fault {
  const wanted = Math.ceil(smallest / UNIT);
  const detail = `jpegSize: wants at least ${wanted} for this picture, which has ${smallest} bytes at quality 1, got ${most / UNIT}`;
  return new Fault("jpegTooLarge", detail, { mayBeTold: true });
}
