import { expect } from "vitest";
import type { Raster } from "../../../src/pixels/raster.ts";
import { pngOf } from "../png-bytes.ts";
import { chunksOf } from "../png-chunks.ts";
import { libpngPicture, pngjsPicture, withoutHidden } from "../png-oracles.ts";
import type { PngPicture, PngRefusal } from "../png-trial.ts";
import { untrue } from "./complaints.ts";
import { defectOf } from "./defects.ts";

const same = (one: Raster, other: Raster | undefined) =>
  one.size.width === other?.size.width && Buffer.compare(one.data, other.data) === 0;

/**
 * Holds what came of a file: a refusal and each warning must be true of it, and a picture without a warning one of a file
 * with which nothing is wrong, which others see too.
 *
 * pngjs is asked first, and libpng where they do not agree, since each has its weaknesses: pngjs takes no file with bytes
 * behind its rows or its end, and libpng none with a chunk that is no more than unknown. A picture is right if one of them
 * sees it.
 */
export async function expectVerdict(file: Uint8Array, got: PngPicture | PngRefusal): Promise<void> {
  const sentences = got.outcome === "fault" ? [got.detail] : got.warnings;
  for (const sentence of sentences) expect(untrue(sentence, file)).toBeUndefined();
  if (got.outcome === "fault" || got.warnings.length > 0) return;
  expect(defectOf(file), "of which nothing is said").toBeUndefined();
  const pngjs = await picked(() => pngjsPicture(file));
  if (same(withoutHidden(got.raster), pngjs && withoutHidden(pngjs))) return;
  const libpng = await picked(() => libpngPicture(withoutLaterChunks(file)));
  if (same(got.raster, libpng)) return;
  const types = chunksOf(file).map(([type]) => type);
  const [one, other] = [pngjs, libpng].map((picture) => (picture === undefined ? "none" : "another"));
  expect.fail(`a picture; pngjs sees ${one} and libpng ${other}; chunks ${types}`);
}

/**
 * The file without chunks whose third letter is lower case: libpng takes no file with such ones, though a later version may
 * give that a meaning, and until then they are chunks that are not known. Source: PNG 1.2, 3.3.
 */
function withoutLaterChunks(file: Uint8Array): Uint8Array {
  const chunks = chunksOf(file);
  const known = chunks.filter(([type]) => !/^[a-z].[a-z]/.test(type));
  return known.length < chunks.length ? pngOf(known) : file;
}

async function picked(work: () => Raster | Promise<Raster>): Promise<Raster | undefined> {
  try {
    return await work();
  } catch {
    return undefined;
  }
}
