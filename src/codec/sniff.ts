import { Fault } from "../faults.ts";
import { sniffJpeg } from "./sniff-jpeg.ts";
import { sniffPng } from "./sniff-png.ts";
import { sniffWebp } from "./sniff-webp.ts";
import type { Sniffing } from "./sniffing.ts";

/** A byte that may be any. */
const ANY = undefined;

interface SniffedFormat {
  readonly mime: string;
  readonly magic: readonly (number | typeof ANY)[];
  readonly sniff: () => Sniffing;
}

const FORMATS: readonly SniffedFormat[] = [
  { mime: "image/jpeg", magic: [0xff, 0xd8, 0xff], sniff: sniffJpeg },
  { mime: "image/png", magic: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], sniff: sniffPng },
  {
    mime: "image/webp",
    magic: [0x52, 0x49, 0x46, 0x46, ANY, ANY, ANY, ANY, 0x57, 0x45, 0x42, 0x50],
    sniff: sniffWebp,
  },
];

/** By so many bytes every format is known that is known at all. */
export const LONGEST_MAGIC = Math.max(...FORMATS.map(({ magic }) => magic.length));

/**
 * The way to read the header of a file that begins with these bytes. What the file is called does not matter.
 *
 * @throws Fault `sourceFormat` where no format begins like this
 */
export function sniffingOf(start: Uint8Array): Sniffing {
  return formatOf(start).sniff();
}

/** The content type of a file that begins with these bytes, whatever it is called; throws like `sniffingOf`. */
export function sniffedType(start: Uint8Array): string {
  return formatOf(start).mime;
}

function formatOf(start: Uint8Array): SniffedFormat {
  const format = FORMATS.find(({ magic }) =>
    magic.every((byte, at) => at < start.length && (byte === ANY || start[at] === byte)),
  );
  if (format === undefined) {
    throw new Fault("sourceFormat", start.length === 0 ? "the object is empty" : `it begins with ${beginning(start)}`);
  }
  return format;
}

/** The first bytes as hex and, where they are letters, as text. */
function beginning(start: Uint8Array): string {
  const bytes = [...start.subarray(0, 8)];
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
  const letters = String.fromCharCode(...bytes);
  return /^[\x20-\x7e]+$/.test(letters) ? `${JSON.stringify(letters)} (${hex})` : hex;
}
