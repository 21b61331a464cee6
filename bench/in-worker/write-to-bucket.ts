import { PIECE_BYTES } from "../../src/plan/delivery.ts";
import type { Writing } from "../writing.ts";

/** There from the first writing on, however short that is: the growth over a later one is not this Worker's. */
let held: Uint8Array<ArrayBuffer> | undefined;

/** Writes so many bytes and does nothing else: what is left is what the bucket does. */
export async function writeToBucket(bucket: R2Bucket, key: string, { bytes, way }: Writing): Promise<void> {
  held ??= new Uint8Array(PIECE_BYTES).fill(1);
  await (way === "in parts" ? inParts : atOnce)(bucket, key, bytes, held);
}

async function inParts(bucket: R2Bucket, key: string, bytes: number, part: Uint8Array): Promise<void> {
  const upload = await bucket.createMultipartUpload(key);
  const parts: R2UploadedPart[] = [];
  for (const piece of piecesOf(bytes, part)) parts.push(await upload.uploadPart(parts.length + 1, piece));
  await upload.complete(parts);
}

async function atOnce(bucket: R2Bucket, key: string, bytes: number, piece: Uint8Array): Promise<void> {
  const { readable, writable } = new FixedLengthStream(bytes);
  const put = bucket.put(key, readable);
  const writer = writable.getWriter();
  for (const each of piecesOf(bytes, piece)) await writer.write(each);
  await writer.close();
  await put;
}

function* piecesOf(bytes: number, piece: Uint8Array): Generator<Uint8Array> {
  for (let left = bytes; left > 0; left -= piece.length) yield piece.subarray(0, left);
}
