import { blockBytes, type Kernels } from "../../pixels/kernels.ts";
import type { Output } from "../../plan/output.ts";
import { BitSink } from "./bit-sink.ts";
import type { Coding } from "./coding.ts";
import { Components } from "./components.ts";
import type { Frame } from "./frame.ts";
import { ProgressiveCoding } from "./progressive.ts";
import { progressiveBytes } from "./progressive-memory.ts";
import { quantisationOf } from "./quantisation.ts";
import { RUN_UNITS } from "./records.ts";
import type { SampleRows } from "./sample-rows.ts";
import { scriptOf } from "./scan-scripts.ts";
import { SequentialCoding, sequentialBytes } from "./sequential.ts";
import { TRELLIS_BYTES, trellisTable } from "./trellis-table.ts";

/** Bytes of the arena that the coding of an output takes at most. */
export function codingBytes(frame: Frame, { scans, huffman, effort }: Output<"jpeg">): number {
  const trellis = effort === "small" ? 2 * blockBytes(TRELLIS_BYTES) : 0;
  if (scans === "sequential") return trellis + sequentialBytes(frame, huffman);
  return trellis + progressiveBytes(frame, scriptOf(scans, frame.components.length));
}

/** The coding of an output: of one scan or of several, with coefficients that are weighed where effort is spent. */
export function codingOf(kernels: Kernels, frame: Frame, output: Output<"jpeg">, samples: SampleRows): Coding {
  const { scans, huffman, effort } = output;
  const units = scans === "sequential" ? RUN_UNITS : frame.units.width;
  const quantisation = quantisationOf(output);
  const components = new Components(kernels, frame, quantisation, samples, units);
  if (effort === "small") {
    const tables = quantisation.map((table, slot) => kernels.place(trellisTable(table, slot === 0 ? 0 : 1)));
    for (const [index, { slot }] of frame.components.entries()) {
      components.records[index]?.put("trellis", tables[slot] ?? 0);
    }
  }
  const sink = new BitSink(kernels);
  if (scans === "sequential") return new SequentialCoding(kernels, frame, components, sink, huffman);
  return new ProgressiveCoding(kernels, frame, components, sink, scriptOf(scans, frame.components.length));
}
