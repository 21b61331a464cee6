import { type Outcome, putStream } from "./put-stream.ts";
import type { Time } from "./time.ts";

export interface PutCall {
  readonly key: string;
  /** At least one. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly options: R2PutOptions;
}

/** Writes a file that is there as a whole, as `putStream` does. */
export function putOnce(
  bucket: R2Bucket,
  { key, bytes, options }: PutCall,
  time: Time,
  graceMs: number,
): Promise<Outcome> {
  return putStream(bucket, { key, length: bytes.length, chunks: [bytes], options }, time, graceMs);
}
