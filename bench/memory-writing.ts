import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startBenchWorker } from "./bench-worker.ts";
import { growthBy } from "./memory-growth.ts";
import type { Writing } from "./writing.ts";

/** As the tiny rendition that is saved before: what the bucket needs at first is there then. */
const TINY: Writing = { bytes: 4096, way: "at once" };

/**
 * By how many bytes the peak of a fresh process grows in which a Worker writes as much into the simulated R2, in the same way, and
 * does nothing else. The one part that it writes again and again is there before: none of the growth is the Worker's.
 */
export async function growthOfWriting(writing: Writing): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "fixative-bench-"));
  const worker = await startBenchWorker(folder);
  const write = (each: Writing) => () => worker.writeToBucket("full-size", each);
  try {
    return await growthBy(worker.pid, write(TINY), write(writing));
  } finally {
    await worker.stop();
    rmSync(folder, { recursive: true });
  }
}
