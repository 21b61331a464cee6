import { expect, test } from "vitest";
import { OutOfRoom } from "../../../src/codec/encoder.ts";
import { BitSink } from "../../../src/codec/jpeg-encoder/bit-sink.ts";
import { Components } from "../../../src/codec/jpeg-encoder/components.ts";
import { frameOf } from "../../../src/codec/jpeg-encoder/frame.ts";
import { ProgressiveCoding } from "../../../src/codec/jpeg-encoder/progressive.ts";
import { quantisationOf } from "../../../src/codec/jpeg-encoder/quantisation.ts";
import { PAGE_BYTES } from "../../../src/codec/jpeg-encoder/records.ts";
import { SampleRows } from "../../../src/codec/jpeg-encoder/sample-rows.ts";
import { scriptOf } from "../../../src/codec/jpeg-encoder/scan-scripts.ts";
import { BATCH_PAGES } from "../../../src/codec/jpeg-encoder/token-store.ts";
import { Kernels } from "../../../src/pixels/kernels.ts";
import { encoderPicture } from "../../support/encoder-pictures.ts";
import { jpegOutput } from "../../support/jpeg-encoding.ts";
import { MODULES } from "../../support/wasm-modules.ts";

const OUTPUT = jpegOutput({ scans: "progressive", quality: 100, gray: true });

const WIDTH = 64;
/** A batch of pages: with one more row each, pictures come to need another. */
const MOST = BATCH_PAGES * PAGE_BYTES;

/** Codes so many rows of MCUs in several scans: how many it took, and whether there was room for all of them. */
function coded(units: number) {
  const raster = encoderPicture("gradients", { width: WIDTH, height: units * 8 });
  const kernels = new Kernels(MODULES.kernels);
  const frame = frameOf(raster.size, OUTPUT);
  const samples = new SampleRows(kernels, frame);
  const components = new Components(kernels, frame, quantisationOf(OUTPUT), samples, frame.units.width);
  const sink = new BitSink(kernels);
  const coding = new ProgressiveCoding(kernels, frame, components, sink, scriptOf("progressive", 1), MOST);
  let rows = 0;
  try {
    for (const _ of samples.take(raster.data)) {
      coding.row();
      rows++;
    }
  } catch (cause) {
    expect(cause).toBeInstanceOf(OutOfRoom);
    return { units, rows, hasRoom: false };
  }
  // What comes now is on its way as soon as it is there: this throws nothing.
  for (const piece of coding.end()) expect(piece.length).toBeGreaterThan(0);
  return { units, rows, hasRoom: true };
}

test("where there is no page for what is left to be said behind the last row, its row says so and not the end", () => {
  const outcomes = Array.from({ length: 60 }, (_, index) => coded(index + 1));
  for (const { units, rows, hasRoom } of outcomes) expect(rows === units).toBe(hasRoom);
  // The same rows are taken where others follow.
  const atTheEnd = outcomes.filter(({ units, rows, hasRoom }, index) => {
    return !hasRoom && rows === units - 1 && outcomes[index + 1]?.rows === units;
  });
  expect(atTheEnd.map(({ units }) => units)).toEqual([36]);
});
