import { deflateSync, inflateRawSync, inflateSync } from "node:zlib";
import { adlerOf, joined, streamOf, withStream } from "../png-chunks.ts";
import { changed, harmed, spliced } from "./bytes.ts";
import { anyBytes, type Mutation, type Next, placeIn, type Row, upTo } from "./chance.ts";

/** Bytes of a zlib stream before its deflate data, and of the checksum behind. Source: RFC 1950, 2.2. */
const [HEADER, ADLER] = [2, 4];

type Change = (bytes: Uint8Array<ArrayBuffer>, next: Next) => Uint8Array;

/** Of the zlib stream, in one chunk whose checksum is right. */
const ofStream =
  (change: Change): Mutation =>
  (file, next) =>
    withStream(file, change(streamOf(file), next));

/** Of the rows behind their filter types, compressed anew: all around them is right. */
const ofRows =
  (change: Change): Mutation =>
  (file, next) => {
    const rows = inflated(() => inflateSync(streamOf(file))) ?? new Uint8Array();
    return withStream(file, deflateSync(change(rows, next), { level: upTo(9, next), windowBits: 9 + upTo(6, next) }));
  };

/** A stream that goes on to its end is found by so many attempts, or none is. */
const ATTEMPTS = 8;

/** What lies in the image data. */
export const DATA: readonly Row[] = [
  ["a stream", 6, ofStream(harmed)],
  [
    // A literal, a length or a distance is another one, and the checksum fits what comes of it: as if it had been meant.
    "a stream, its checksum right",
    10,
    ofStream((stream, next) => {
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        const body = harmed(stream.subarray(HEADER, -ADLER), next);
        const rows = inflated(() => inflateRawSync(body));
        if (rows !== undefined) return joined([stream.subarray(0, HEADER), body, adlerOf(rows)]);
      }
      return stream;
    }),
  ],
  [
    "a stream's checksum",
    2,
    ofStream((stream, next) => changed(stream, stream.length - 1 - upTo(ADLER - 1, next), (now) => now ^ 1)),
  ],
  ["less of a stream's checksum", 2, ofStream((stream, next) => stream.slice(0, -1 - upTo(ADLER - 1, next)))],
  ["bytes behind a stream", 2, ofStream((stream, next) => joined([stream, anyBytes(1 + upTo(40, next), next)]))],
  [
    "a stream's header",
    2,
    ofStream((stream, next) => {
      const method = (upTo(15, next) << 4) | (next() < 0.8 ? 8 : upTo(15, next));
      const flags = upTo(7, next) << 5;
      // Its check bits are right. Source: RFC 1950, 2.2, FCHECK.
      return spliced(stream, 0, 2, Uint8Array.of(method, flags + 31 - ((method * 256 + flags) % 31)));
    }),
  ],
  ["rows", 9, ofRows(harmed)],
  // Wherever it stands: in narrow pictures many bytes are filter types.
  [
    "a small byte in the rows",
    4,
    ofRows((rows, next) => changed(rows, placeIn(rows.length, next), () => upTo(6, next))),
  ],
  ["rows less", 2, ofRows((rows, next) => rows.slice(0, placeIn(rows.length, next)))],
  ["rows more", 2, ofRows((rows, next) => joined([rows, anyBytes(1 + upTo(200, next), next)]))],
];

function inflated(inflate: () => Uint8Array): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(inflate());
  } catch {
    return undefined;
  }
}
