/** WebP files from their chunks. Source: WebP Container Specification. */

export type WebpChunk = readonly [type: string, content: Uint8Array | readonly number[]];

export const ANIMATION = 0x02;
export const EXIF = 0x08;
export const ALPHA = 0x10;

/** @param length what the file says of its length, if not the truth */
export function webpOf(chunks: readonly WebpChunk[], length?: number): Uint8Array<ArrayBuffer> {
  const body = Buffer.concat([Buffer.from("WEBP"), ...chunks.map(framed)]);
  return Uint8Array.from(Buffer.concat([Buffer.from("RIFF"), le32(length ?? body.length), body]));
}

function framed([type, content]: WebpChunk): Buffer {
  const bytes = Buffer.from(content);
  return Buffer.concat([Buffer.from(type), le32(bytes.length), bytes, Buffer.alloc(bytes.length % 2)]);
}

export function vp8x(flags: number, width: number, height: number): WebpChunk {
  return ["VP8X", [flags, 0, 0, 0, ...le24(width - 1), ...le24(height - 1)]];
}

/** A frame header and no frame. */
export function vp8(width: number, height: number, { tag = 0x10, start = [0x9d, 0x01, 0x2a] } = {}): WebpChunk {
  return ["VP8 ", [tag, 0, 0, ...start, ...le16(width), ...le16(height), 1, 2, 3]];
}

/** A stream header and no stream. */
export function vp8l(width: number, height: number, { alpha = false, version = 0, signature = 0x2f } = {}): WebpChunk {
  const bits = ((width - 1) | ((height - 1) << 14) | (Number(alpha) << 28) | (version << 29)) >>> 0;
  return ["VP8L", [signature, ...le32(bits), 7]];
}

/** The chunks of an undamaged file. */
export function webpChunks(file: Uint8Array): readonly WebpChunk[] {
  const bytes = Buffer.from(file);
  const chunks: WebpChunk[] = [];
  for (let at = 12; at < bytes.length; ) {
    const length = bytes.readUInt32LE(at + 4);
    chunks.push([bytes.toString("latin1", at, at + 4), bytes.subarray(at + 8, at + 8 + length)]);
    at += 8 + length + (length % 2);
  }
  return chunks;
}

function le16(value: number): readonly number[] {
  return [value & 255, value >> 8];
}

function le24(value: number): readonly number[] {
  return [...le16(value & 0xffff), value >> 16];
}

function le32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
