import type { Encoders, RowEncoder } from "../codec/encoder.ts";
import type { Kernels } from "../pixels/kernels.ts";
import type { Raster } from "../pixels/raster.ts";
import type { Effort, Encoding, Output } from "../plan/output.ts";
import { bandOf } from "../plan/streaming.ts";
import { Breath } from "./breath.ts";
import type { Deadline } from "./deadline.ts";
import type { Stopwatch } from "./stopwatch.ts";
import type { Pieces } from "./studio.ts";

/** What encoding needs besides a raster and its output. */
export interface EncodingDesk {
  readonly encoders: Encoders;
  /** Nothing else is in them; they are cleared when the file is made, or given up. */
  readonly kernels: Kernels;
  readonly deadline: Deadline;
  readonly watch: Stopwatch;
}

/** The file of a raster, in pieces as they are made. */
export async function* encoded<Kind extends Encoding>(
  output: Output<Kind>,
  raster: Raster,
  { encoders, kernels, deadline, watch }: EncodingDesk,
): Pieces {
  const encoder = encoders[output.encoder];
  await deadline.beforeBlocking(encoder.blockingMs(raster.size, output));
  try {
    if (encoder.takes === "raster") {
      const file = await encoder.encode(raster, output, kernels);
      await deadline.breathe();
      watch.lap("encode");
      yield file;
      return;
    }
    const bytesAtOnce = bandOf(raster.size).height * raster.size.width * 4;
    const breath = new Breath(deadline);
    const file = encoder.make(kernels, raster.size, output);
    for (let at = 0; at < raster.data.length; at += bytesAtOnce) {
      yield* pushed(file, raster.data.subarray(at, at + bytesAtOnce), output, breath, watch);
    }
    yield* ended(file, breath, watch);
  } finally {
    kernels.clear();
  }
}

/**
 * Nanoseconds that a sample takes, by encoder and effort: measured on a photograph at 1 to 2.5, 10 and 30. Noise takes a JPEG
 * three times as long.
 */
const SAMPLE_NS: Partial<Record<Encoding, Readonly<Record<Effort, number>>>> = {
  jpeg: { fast: 4, small: 8 },
  png: { fast: 10, small: 30 },
};

/** An output of an encoder that takes rows. */
interface Written {
  readonly encoder: Encoding;
  readonly effort?: Effort;
}

function sampleNs({ encoder, effort = "small" }: Written): number {
  const byEffort = SAMPLE_NS[encoder];
  if (byEffort === undefined) throw new TypeError(`${encoder} takes no rows`);
  return byEffort[effort];
}

/** Gives rows to an encoder: what becomes ready by them. */
export async function* pushed(
  file: RowEncoder,
  rows: Uint8Array,
  output: Written,
  breath: Breath,
  watch: Stopwatch,
): Pieces {
  for (const piece of file.push(rows)) {
    watch.lap("encode");
    yield piece;
  }
  await breath.afterEncoding((rows.length * sampleNs(output)) / 1e6);
  watch.lap("encode");
}

/** The rest of the file. */
export async function* ended(file: RowEncoder, breath: Breath, watch: Stopwatch): Pieces {
  for (const piece of file.end()) {
    watch.lap("encode");
    yield piece;
    await breath.afterWriting(piece.length);
  }
  watch.lap("encode");
}
