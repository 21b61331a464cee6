import { type Chunk, PNG_SIGNATURE, pngOf } from "../png-bytes.ts";
import { chunkStarts, chunksOf, piecesOf, streamOf, withData } from "../png-chunks.ts";
import { BEFORE_DATA, BEFORE_PALETTE, BEHIND_DATA } from "../png-samples.ts";
import { changed, harmed } from "./bytes.ts";
import { type Mutation, type Next, oneOf, placeIn, type Row, upTo } from "./chance.ts";

/** Chunks that there are, and that there are not: an APNG's, critical ones, and one of a later version. */
const MORE: readonly Chunk[] = [
  ...BEFORE_PALETTE,
  ...BEFORE_DATA,
  ...BEHIND_DATA,
  ["PLTE", Uint8Array.of(1, 2, 3, 4, 5, 6)],
  ["PLTE", new Uint8Array(768)],
  ["tRNS", Uint8Array.of(0, 1)],
  ["tRNS", Uint8Array.of(0, 1, 0, 2, 0, 3)],
  ["IDAT", new Uint8Array()],
  ["IEND", new Uint8Array()],
  ["acTL", Uint8Array.of(0, 0, 0, 2, 0, 0, 0, 0)],
  ["fdAT", new Uint8Array(9)],
  ["CRIT", Uint8Array.of(1)],
  ["teXt", Uint8Array.of(1)],
  // Orientation 6.
  ["eXIf", new Uint8Array(Buffer.from("4d4d002a00000008000101120003000000010006000000000000", "hex"))],
  ["hIST", new Uint8Array(4)],
  ["bKGD", new Uint8Array(2)],
  ["sBIT", Uint8Array.of(3)],
];

const SIDES = [0, 1, 2, 3, 7, 8, 9, 33, 64, 255, 256, 65_500, 65_501, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1] as const;

/** Of the chunks, whose checksums are made right again. */
const ofChunks =
  (change: (chunks: readonly Chunk[], next: Next) => readonly Chunk[]): Mutation =>
  (file, next) =>
    pngOf(change(chunksOf(file), next));

/** Of one chunk. */
const ofChunk = (at: (chunks: readonly Chunk[], next: Next) => number, change: (chunk: Chunk, next: Next) => Chunk) =>
  ofChunks((chunks, next) => {
    const which = at(chunks, next);
    return chunks.map((chunk, place) => (place === which ? change(chunk, next) : chunk));
  });

const any = (chunks: readonly Chunk[], next: Next) => placeIn(chunks.length, next);
const first = () => 0;

/** What is said of and by chunks. Without a right checksum little behind it is reached: these are few. */
export const CONTAINER: readonly Row[] = [
  ["bytes, and no checksum", 5, harmed],
  [
    "a length",
    2,
    (file, next) =>
      changed(file, oneOf(chunkStarts(file), next) + upTo(3, next), (now) =>
        next() < 0.5 ? now ^ (1 << upTo(7, next)) : now + 1,
      ),
  ],
  ["the signature", 1, (file, next) => changed(file, placeIn(PNG_SIGNATURE.length, next), () => upTo(255, next))],
  ["a chunk's content", 12, ofChunk(any, ([type, body], next) => [type, harmed(body, next)])],
  [
    "what IHDR says",
    4,
    ofChunk(first, ([type, body], next) => [
      type,
      changed(body, 8 + upTo(4, next), () => oneOf([0, 1, 2, 3, 4, 6, 8, 16], next)),
    ]),
  ],
  [
    "a side",
    3,
    ofChunk(first, ([type, body], next) => {
      const said = body.slice();
      if (said.length >= 8) new DataView(said.buffer).setUint32(upTo(1, next) * 4, oneOf(SIDES, next));
      return [type, said];
    }),
  ],
  [
    "a letter of a type",
    2,
    ofChunk(any, ([type, body], next) => {
      const bit = oneOf([0x20, 0x20, 0x80, 1], next);
      const letters = changed(Buffer.from(type, "latin1"), upTo(3, next), (now) => now ^ bit);
      return [Buffer.from(letters).toString("latin1"), body];
    }),
  ],
  [
    "a chunk twice",
    2,
    ofChunks((chunks, next) => {
      const at = any(chunks, next);
      return chunks.toSpliced(any(chunks, next), 0, ...chunks.slice(at, at + 1));
    }),
  ],
  [
    "a chunk elsewhere",
    3,
    ofChunks((chunks, next) => {
      const at = any(chunks, next);
      return chunks.toSpliced(at, 1).toSpliced(any(chunks, next), 0, ...chunks.slice(at, at + 1));
    }),
  ],
  ["a chunk less", 3, ofChunks((chunks, next) => chunks.toSpliced(any(chunks, next), 1))],
  [
    "a chunk more",
    5,
    ofChunks((chunks, next) => chunks.toSpliced(1 + placeIn(chunks.length, next), 0, oneOf(MORE, next))),
  ],
  [
    "data in other pieces",
    2,
    (file, next) => {
      const lengths = Array.from({ length: 9 }, () => upTo(40, next));
      return withData(file, piecesOf(streamOf(file), [...lengths, 1 + upTo(99, next)]));
    },
  ],
];
