/** WebP files from their chunks. Source: WebP Container Specification. */

export type WebpChunk = readonly [type: string, content: Uint8Array | readonly number[]];

export const ANIMATION = 0x02;
export const EXIF = 0x08;
export const ALPHA = 0x10;

/** @param length what the file says of its length, if not the truth */
export function webpOf(chunks: readonly WebpChunk[], length?: number): Uint8Array<ArrayBuffer> {
  const body = joined([letters("WEBP"), ...chunks.map(framed)]);
  return joined([letters("RIFF"), le32(length ?? body.length), body]);
}

function framed([type, content]: WebpChunk): Uint8Array {
  return joined([letters(type), le32(content.length), content, new Uint8Array(content.length % 2)]);
}

function joined(parts: readonly ArrayLike<number>[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function letters(text: string): readonly number[] {
  return Array.from(text, (letter) => letter.charCodeAt(0));
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
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  const chunks: WebpChunk[] = [];
  for (let at = 12; at < file.length; ) {
    const length = view.getUint32(at + 4, true);
    const type = String.fromCharCode(...file.subarray(at, at + 4));
    chunks.push([type, file.subarray(at + 8, at + 8 + length)]);
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

function le32(value: number): readonly number[] {
  return [...le16(value & 0xffff), ...le16(value >>> 16)];
}
