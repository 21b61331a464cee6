import type { RowEncoderMaker } from "../../src/codec/encoder.ts";
import type { Encoding } from "../../src/plan/output.ts";
import type { Engine } from "../../src/render/engine.ts";
import { MIB, type Pieces } from "./long-files.ts";

/** An engine whose JPEGs and PNGs are files of these pieces, whatever is on them, as our own encoders bring theirs. */
export function engineOfPieces(engine: Engine, pieces: Pieces): Engine {
  const { codecs } = engine;
  const { encoders } = codecs;
  const ours = { jpeg: encoderOf<"jpeg">(pieces), png: encoderOf<"png">(pieces) };
  return { ...engine, codecs: { ...codecs, encoders: { ...encoders, ...ours } } };
}

function encoderOf<Kind extends Encoding>(pieces: Pieces): RowEncoderMaker<Kind> {
  return {
    takes: "rows",
    limits: { maxSide: 65_535, maxPixels: 100_000_000 },
    memory: () => ({ kernels: 0, beside: 0 }),
    mostBytes: () => 64 * MIB,
    blockingMs: () => 0,
    workMs: () => 0,
    make: () => ({
      *push() {},
      *end() {
        yield* pieces();
      },
    }),
  };
}
