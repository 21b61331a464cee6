import { blockBytes } from "../../pixels/kernels.ts";
import { bitSinkBytes } from "./bit-sink.ts";
import { componentsBytes } from "./components.ts";
import { type Frame, unitBlocks } from "./frame.ts";
import { CORRECTION_BYTES, PAGES_A_RUN, PROGRESSIVE_BYTES } from "./progressive-records.ts";
import { PAGE_BYTES, PAGE_HEADER, PAGE_MARGIN } from "./records.ts";
import type { Script } from "./scan-scripts.ts";
import { BATCH_PAGES, tokenStreamBytes, tokenTableBytes } from "./token-store.ts";

/**
 * Bytes of tokens of all scans that are held at most: those of a photograph of some thirty megapixels at quality 80. A
 * picture with more is made in one scan (`OutOfRoom`).
 */
export const SCAN_TOKEN_BYTES = 25_165_824;

const SHORT_TOKEN_BYTES = 2;
/** A token with a value that has more than seven bits. */
const LONG_TOKEN_BYTES = 4;
const RUNS_OF_ZEROS = 3;

/** Bytes of tokens that a block has in a scan at most, and a run of blocks at its end. */
function mostBlockBytes({ first, last, high }: Script[number]): number {
  if (first === 0) return high === 0 ? LONG_TOKEN_BYTES : SHORT_TOKEN_BYTES;
  // A coefficient that is refined has a bit, in a token of its own at the worst.
  const each = high === 0 ? LONG_TOKEN_BYTES : SHORT_TOKEN_BYTES;
  return (last - first + 1) * each + RUNS_OF_ZEROS * SHORT_TOKEN_BYTES + LONG_TOKEN_BYTES;
}

/** Bytes of tokens that a picture has at most, in whole batches of pages; or the limit. */
export function scanTokenBytes({ units, components, ...frame }: Frame, script: Script): number {
  const usable = PAGE_BYTES - PAGE_HEADER - PAGE_MARGIN;
  const all = { units, components, ...frame };
  const blocksOf = (of: number | undefined): number => {
    const component = of === undefined ? undefined : components[of];
    if (component === undefined) return units.width * units.height * unitBlocks(all);
    return component.blocks.width * component.blocks.height;
  };
  const pages = script.reduce(
    (sum, band) => sum + Math.ceil((blocksOf(band.of) * mostBlockBytes(band)) / usable) + 1,
    PAGES_A_RUN,
  );
  return Math.min(Math.ceil(pages / BATCH_PAGES) * BATCH_PAGES * PAGE_BYTES, SCAN_TOKEN_BYTES);
}

/** Bytes of the arena that several scans take at most, with their components and the sink. */
export function progressiveBytes(frame: Frame, script: Script): number {
  const scan = blockBytes(PROGRESSIVE_BYTES) + blockBytes(CORRECTION_BYTES) + tokenStreamBytes();
  return (
    componentsBytes(frame, frame.units.width) +
    bitSinkBytes() +
    tokenTableBytes() +
    script.length * scan +
    scanTokenBytes(frame, script)
  );
}
