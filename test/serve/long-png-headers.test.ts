import { describe, expect, test } from "vitest";
import { AROUND, chunkInto } from "../../src/codec/png-encoder/chunks.ts";
import { Fault } from "../../src/faults.ts";
import { pinSource } from "../../src/resolve/source.ts";
import type { Sources } from "../../src/store/sources.ts";

const MEGABYTE = 1024 * 1024;
/** A ranged read costs a request; no header of a picture takes so many of them, or so many bytes. */
const [MOST_READS, MOST_BYTES] = [40, 40 * MEGABYTE];

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
/** 20 × 10 pixels of RGB, 8 bits. */
const IHDR = Uint8Array.of(0, 0, 0, 20, 0, 0, 0, 10, 8, 2, 0, 0, 0);

/** A PNG with so many texts of so many bytes before its image data, which say nothing. */
function pngWith(texts: number, bytes: number): Uint8Array {
  const text = new Uint8Array(AROUND + bytes);
  chunkInto(text, 0, "tEXt", new Uint8Array(bytes));
  const file = new Uint8Array(SIGNATURE.length + AROUND + IHDR.length + texts * text.length + AROUND);
  file.set(SIGNATURE);
  let at = chunkInto(file, SIGNATURE.length, "IHDR", IHDR);
  for (let count = 0; count < texts; count++) {
    file.set(text, at);
    at += text.length;
  }
  chunkInto(file, at, "IDAT");
  return file;
}

/** A source of one object, and how many bytes were read of it each time. */
function counted(file: Uint8Array): { readonly sources: Sources; readonly reads: readonly number[] } {
  const reads: number[] = [];
  return {
    reads,
    sources: {
      async window(_, at, length) {
        const bytes = file.slice(at, at + length);
        reads.push(bytes.length);
        return { etag: "one", size: file.length, written: 0, bytes };
      },
      chunks() {
        throw new Error("no pixels are wanted");
      },
    },
  };
}

/** The width that is found; what is said where none is. */
async function widthOf(sources: Sources): Promise<number | string> {
  const { signal } = new AbortController();
  try {
    return (await pinSource({ path: "a.png", DefaultExt: "" }, sources, signal)).facts.size.width;
  } catch (cause) {
    if (cause instanceof Fault) return cause.message;
    throw cause;
  }
}

describe("what stands before the image data of a PNG costs few reads, and few bytes", () => {
  test.each([
    { texts: 9000, bytes: 0, found: 20 },
    { texts: 9000, bytes: 100, found: 20 },
    { texts: 9000, bytes: 3000, found: 20 },
    // Each just longer than the first look, and than the largest.
    { texts: 300, bytes: 65_536, found: 20 },
    { texts: 30, bytes: MEGABYTE, found: 20 },
    { texts: 200_000, bytes: 0, found: expect.stringMatching(/its header does not end|more than \d+ chunks/) },
    { texts: 1, bytes: 50 * MEGABYTE, found: expect.stringContaining("its header does not end") },
    { texts: 50, bytes: MEGABYTE, found: expect.stringContaining("its header does not end") },
  ])("$texts texts of $bytes bytes", async ({ texts, bytes, found }) => {
    const { sources, reads } = counted(pngWith(texts, bytes));
    expect(await widthOf(sources)).toEqual(found);
    expect(reads.length).toBeLessThanOrEqual(MOST_READS);
    expect(reads.reduce((sum, read) => sum + read, 0)).toBeLessThanOrEqual(MOST_BYTES);
  });
});
