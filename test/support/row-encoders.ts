import type { Codecs } from "../../src/codec/codecs.ts";
import { OutOfRoom, type RowEncoder, type RowEncoderMaker } from "../../src/codec/encoder.ts";
import type { Kernels } from "../../src/pixels/kernels.ts";
import type { Encoding, Output } from "../../src/plan/output.ts";
import { pixelCount, type Size } from "../../src/plan/size.ts";
import { bandOf } from "../../src/plan/streaming.ts";

/** Bytes that the encoder reserves at first, and again for every piece, as tokens would be. */
const AT_FIRST = 1000;
const MORE = 4096;

/**
 * Its file is the rows as they are, handed out some at a time through the memory of the kernels, of which it takes more and
 * more: whoever keeps a view across its calls loses it, and whoever writes into what is not his own spoils the file.
 */
export function rowsAsTheyAre<Kind extends Encoding>(): RowEncoderMaker<Kind> {
  return {
    takes: "rows",
    limits: { maxSide: 65_500, maxPixels: 2 ** 31 },
    blockingMs: () => 0,
    workMs: () => 0,
    memory: (size) => ({ kernels: AT_FIRST + 16 + Math.ceil(size.height / bandOf(size).height) * MORE, beside: 0 }),
    mostBytes: (size) => pixelCount(size) * 4,
    make: (kernels, { width }) => {
      const at = kernels.reserve(AT_FIRST);
      const sentinel = () => kernels.bytesAt(at, AT_FIRST);
      sentinel().fill(0xa5);
      return {
        *push(rows) {
          if (rows.length % (width * 4) !== 0) throw new Error("rows that are not whole");
          kernels.reserve(MORE);
          if (sentinel().some((byte) => byte !== 0xa5)) throw new Error("somebody wrote into the encoder's memory");
          yield Uint8Array.from(rows);
        },
        end: () => [],
      };
    },
  };
}

/** Real codecs of which those encoders that will take rows give them as they are. */
export function takingRows(codecs: Codecs): Codecs {
  return { ...codecs, encoders: { ...codecs.encoders, jpeg: rowsAsTheyAre(), png: rowsAsTheyAre() } };
}

/** What an encoder of JPEG was asked for, one output a file. */
export interface Diary {
  readonly begun: Output<"jpeg">[];
  /** Bytes that were made of each. */
  readonly made: number[];
}

/** Files of so many bytes for a quality, in pieces; without room for several scans from a quality on. */
export function jpegOfBytes(
  bytesFor: (quality: number, size: Size) => number,
  diary: Diary,
  roomUpTo = Number.POSITIVE_INFINITY,
): RowEncoderMaker<"jpeg"> {
  return {
    ...rowsAsTheyAre(),
    make: (_: Kernels, size: Size, output: Output<"jpeg">): RowEncoder => {
      const number = diary.begun.push(output) - 1;
      diary.made.push(0);
      return {
        push() {
          if (output.scans !== "sequential" && output.quality > roomUpTo) throw new OutOfRoom();
          return [];
        },
        *end() {
          const bytes = bytesFor(output.quality, size);
          for (let at = 0; at < bytes; at += 100) {
            const piece = new Uint8Array(Math.min(100, bytes - at)).fill(output.quality);
            diary.made[number] = (diary.made[number] ?? 0) + piece.length;
            yield piece;
          }
        },
      };
    },
  };
}
