import { deflateSync } from "node:zlib";
import { PNG } from "pngjs";
import { describe, expect, test } from "vitest";
import { BEHIND_PIXELS, Expansion } from "../../../src/codec/png/expansion.ts";
import type { PngColours, PngHeader } from "../../../src/codec/png/header.ts";
import { BEHIND_ROW, Unfiltering } from "../../../src/codec/png/unfiltering.ts";
import { samplesAPixel } from "../../oracle/png-expand.ts";
import { roomyKernels } from "../../support/guarded.ts";
import { expectNear } from "../../support/near.ts";
import { type Chunk, headerBody, pngOf } from "../../support/png-bytes.ts";
import { randomBytes, randomNumbers } from "../../support/random.ts";

/** pngjs shares no code with the Worker, nor with the twins. */

const kernels = roomyKernels();

const PALETTE = randomBytes(768, 1);
/** Without transparency, and with: the key of the grays and colours is one of the few values that samples have. */
const PICTURES: readonly PngColours[] = [
  ...([1, 2, 4, 8, 16] as const).flatMap((depth) => both({ colourType: 0, depth }, Uint8Array.of(0, 1))),
  ...([8, 16] as const).flatMap((depth) => both({ colourType: 2, depth }, Uint8Array.of(0, 1, 0, 0, 0, 1))),
  ...([1, 2, 4, 8] as const).flatMap((depth) =>
    both({ colourType: 3, depth }, Uint8Array.of(0, 90)).map((picture) => ({
      ...picture,
      palette: PALETTE.subarray(0, 3 * 2 ** depth),
    })),
  ),
  ...([4, 6] as const).flatMap((colourType) =>
    ([8, 16] as const).map((depth) => ({ header: headerOf({ colourType, depth }) })),
  ),
];

function headerOf(kind: Pick<PngHeader, "colourType" | "depth">): PngHeader {
  return { ...kind, size: { width: 37, height: 40 }, interlaced: false };
}

function both(kind: Pick<PngHeader, "colourType" | "depth">, transparency: Uint8Array): readonly PngColours[] {
  return [{ header: headerOf(kind) }, { header: headerOf(kind), transparency }];
}

/**
 * Rows of any filters, as they stand in the file. Most bytes are 0 or 1, so that predictions come out small too and some
 * pixels are the key.
 */
function inflatedRows({ size }: PngHeader, width: number, seed: number): Uint8Array {
  const next = randomNumbers(seed);
  const byte = () => (next() < 0.7 ? Math.floor(next() * 2) : Math.floor(next() * 256));
  return Uint8Array.from(
    Array.from({ length: size.height }, () => [Math.floor(next() * 5), ...Array.from({ length: width }, byte)]).flat(),
  );
}

function asPngjs({ header, palette, transparency }: PngColours, inflated: Uint8Array): Uint8Array {
  const { size, depth, colourType } = header;
  const chunks: Chunk[] = [["IHDR", headerBody({ ...size, depth, colourType })]];
  if (palette !== undefined) chunks.push(["PLTE", palette]);
  if (transparency !== undefined) chunks.push(["tRNS", transparency]);
  chunks.push(["IDAT", deflateSync(inflated)], ["IEND", new Uint8Array(0)]);
  return PNG.sync.read(Buffer.from(pngOf(chunks))).data;
}

function asOurs(picture: PngColours, inflated: Uint8Array, width: number): Uint8Array {
  const { header } = picture;
  const { size } = header;
  kernels.clear();
  const unfiltering = new Unfiltering(kernels, width, Math.ceil((samplesAPixel(header) * header.depth) / 8));
  const expansion = new Expansion(kernels, picture, size.width);
  const from = kernels.reserve(inflated.length + BEHIND_ROW);
  kernels.bytesAt(from, inflated.length).set(inflated);
  const to = kernels.reserve(size.width * 4 + BEHIND_PIXELS);
  unfiltering.begin(width);
  const pixels = new Uint8Array(size.width * size.height * 4);
  for (let y = 0; y < size.height; ) {
    for (const row of unfiltering.next(from + y * (width + 1), Math.min(2, size.height - y))) {
      expansion.expand(row, 0, size.width, to);
      pixels.set(kernels.bytesAt(to, size.width * 4), y++ * size.width * 4);
    }
  }
  return pixels;
}

function blackenTransparent(pixels: Uint8Array): void {
  for (let at = 0; at < pixels.length; at += 4) if (pixels[at + 3] === 0) pixels.fill(0, at, at + 3);
}

describe("unfiltered and expanded, every kind of picture is as pngjs has it", () => {
  test.each(
    PICTURES.map((picture) => ({
      ...picture.header,
      with: picture.transparency === undefined ? "without" : "with",
      picture,
    })),
  )("colour type $colourType of $depth bits, $with transparency", ({ picture }) => {
    const { header } = picture;
    const width = Math.ceil((header.size.width * samplesAPixel(header) * header.depth) / 8);
    for (let seed = 0; seed < 10; seed++) {
      const inflated = inflatedRows(header, width, seed);
      const ours = asOurs(picture, inflated, width);
      // pngjs has black under a transparent colour of gray and RGB; the standard does not say, and nobody sees it.
      if (header.colourType < 3) blackenTransparent(ours);
      expectNear(ours, asPngjs(picture, inflated), 0);
    }
  });

  test("and some of their pixels are the transparent colour", () => {
    for (const picture of PICTURES.filter(({ header, transparency }) => header.colourType < 3 && transparency)) {
      const { header } = picture;
      const width = Math.ceil((header.size.width * samplesAPixel(header) * header.depth) / 8);
      const alphas = asOurs(picture, inflatedRows(header, width, 0), width).filter((_, at) => at % 4 === 3);
      expect(new Set(alphas), `colour type ${header.colourType} of ${header.depth} bits`).toEqual(new Set([0, 255]));
    }
  });
});
