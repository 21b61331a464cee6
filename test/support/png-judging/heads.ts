import { crc32 } from "node:zlib";
import { PNG_SIGNATURE, type PngHeader } from "../png-bytes.ts";
import { PNG_KINDS } from "../png-samples.ts";

/** The head of a chunk in a file, whole or not. */
export interface Head {
  readonly at: number;
  readonly type: string;
  readonly length: number;
}

export function headsOf(file: Uint8Array): readonly Head[] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const heads: Head[] = [];
  for (let at = PNG_SIGNATURE.length; at + 8 <= file.length; at += 12 + view.getUint32(at)) {
    heads.push({ at, length: view.getUint32(at), type: Buffer.from(file.subarray(at + 4, at + 8)).toString("latin1") });
  }
  return heads;
}

export const isOf = (type: string) => (head: Head | undefined) => head?.type === type;
export const isData = isOf("IDAT");
const CRITICAL = ["IHDR", "PLTE", "IDAT", "IEND"];

/** Whether it cannot be done without, and there is no such chunk. Source: PNG (Third Edition), 5.4. */
export const isUnknown = ({ type }: Head) => /^[A-Z]/.test(type) && !CRITICAL.includes(type);

export const isNamed = ({ type }: Head) => /^[A-Za-z]{4}$/.test(type);

export const isWhole = (file: Uint8Array, { at, length }: Head) => at + 12 + length <= file.length;

export function hasWrongChecksum(file: Uint8Array, head: Head): boolean {
  const end = head.at + 8 + head.length;
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  return isWhole(file, head) && crc32(file.subarray(head.at + 4, end)) !== view.getUint32(end);
}

/** Whether a chunk may not have its length, behind these. Source: PNG (Third Edition), 5.3, 11.2 and 11.3.1.1. */
export function hasWrongLength({ type, length }: Head, before: readonly Head[], header: PngHeader): boolean {
  const palette = before.find(isOf("PLTE"))?.length ?? 0;
  const colours = Math.min(palette / 3, 2 ** header.depth);
  const fits = new Map([
    ["IHDR", length === 13],
    ["PLTE", length > 0 && length <= 768 && length % 3 === 0],
    ["IEND", length === 0],
    ["tRNS", header.colourType === 3 ? length > 0 && length <= colours : length === 2 + header.colourType * 2],
  ]);
  return length >= 2 ** 31 || fits.get(type) === false;
}

/** Whether pictures of this colour type may not have the chunk. Source: PNG (Third Edition), 11.2.2 and 11.3.1.1. */
export function mayNotBeThere({ type }: Head, { colourType }: PngHeader): boolean {
  return (type === "PLTE" && [0, 4].includes(colourType)) || (type === "tRNS" && [4, 6].includes(colourType));
}

/** What cannot be in a header; undefined where all can. Source: PNG (Third Edition), 11.2.1. */
export function wrongInHeader(header: PngHeader): "size" | "kind" | "methods" | undefined {
  const { width, height, depth, colourType, compression, filter, interlace = 0 } = header;
  if (width * height === 0 || Math.max(width, height) >= 2 ** 31) return "size";
  if (!PNG_KINDS.some((kind) => kind[0] === colourType && kind[1] === depth)) return "kind";
  return compression !== 0 || filter !== 0 || interlace > 1 ? "methods" : undefined;
}
