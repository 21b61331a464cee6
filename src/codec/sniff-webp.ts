import { Fault } from "../faults.ts";
import { type Orientation, turned } from "../plan/orientation.ts";
import { type Size, sizeText } from "../plan/size.ts";
import { type Exif, exifOf, tiffOf } from "./exif.ts";
import type { Sniffing, Wanted } from "./sniffing.ts";

/** "RIFF", length of what follows, "WEBP"; then chunks: type, length, content, and a byte more where that is odd. */
const LENGTH_AT = 4;
const CHUNKS_AT = 12;
const CHUNK_HEADER = 8;
/** Longest content of an Exif chunk that is looked into: that of a JPEG's segment. */
const EXIF_LENGTH = 65_535;

/** Flags of VP8X. */
const ANIMATION = 0x02;
const EXIF = 0x08;
const ALPHA = 0x10;

interface Chunk {
  readonly type: string;
  /** Of its content. */
  readonly at: number;
  readonly length: number;
}

/** What the picture's own header says, or VP8X of it. */
interface Said {
  readonly size: Size;
  readonly alpha: boolean;
}

/**
 * Reads the chunk of a simple file, or walks those of an extended one: up to the picture, and on to Exif where VP8X says
 * that there is one, since it stands behind.
 *
 * Source: WebP Container Specification; RFC 6386, 9.1; WebP Lossless Bitstream Specification, 3.
 */
export function* sniffWebp(): Sniffing {
  const end = (yield { at: LENGTH_AT, length: 4 }).getUint32(0, true) + LENGTH_AT + 4;
  const first = yield* chunkAt(CHUNKS_AT, end);
  const bare = yield* pictureOf(first);
  if (bare !== undefined) return { format: "webp", orientation: 1, ...bare };
  if (first.type !== "VP8X") throw broken(`its first chunk is ${JSON.stringify(first.type)}`);

  const { flags, size } = readVp8x(yield contentOf(first, 10));
  if (flags & ANIMATION) throw new Fault("sourceUnsupported", "an animated WebP");
  let alpha = (flags & ALPHA) !== 0;
  let picture: Said | undefined;
  let exif: Exif | undefined;
  const wantsExif = (flags & EXIF) !== 0;
  for (let at = behind(first); picture === undefined || (wantsExif && exif === undefined && at < end); ) {
    const chunk = yield* chunkAt(at, end);
    at = behind(chunk);
    if (chunk.type === "ANIM" || chunk.type === "ANMF") throw new Fault("sourceUnsupported", "an animated WebP");
    if (chunk.type === "ALPH") alpha = true;
    else if (chunk.type === "EXIF") exif ??= yield* readExif(chunk);
    else picture ??= yield* pictureOf(chunk);
  }
  if (picture.size.width !== size.width || picture.size.height !== size.height) {
    throw broken(`the header says ${sizeText(size)}, the picture is ${sizeText(picture.size)}`);
  }
  const orientation: Orientation = exif?.orientation ?? 1;
  return {
    format: "webp",
    size: turned(size, orientation),
    orientation,
    alpha: alpha || picture.alpha,
    ...(exif?.resolution === undefined ? {} : { resolution: exif.resolution }),
  };
}

/** @throws Fault where the chunk reaches beyond the end that the file says it has */
function* chunkAt(at: number, end: number): Generator<Wanted, Chunk, DataView> {
  if (at + CHUNK_HEADER > end) throw broken("it ends before what it promises");
  const header = yield { at, length: CHUNK_HEADER };
  const chunk = {
    type: String.fromCharCode(...[0, 1, 2, 3].map((letter) => header.getUint8(letter))),
    at: at + CHUNK_HEADER,
    length: header.getUint32(4, true),
  };
  if (chunk.at + chunk.length > end) throw broken("a chunk ends behind the file");
  return chunk;
}

function behind({ at, length }: Chunk): number {
  return at + length + (length & 1);
}

function contentOf({ type, at, length }: Chunk, wanted: number): Wanted {
  if (length < wanted) throw broken(`its ${type.trim()} chunk has ${length} bytes`);
  return { at, length: wanted };
}

function readVp8x(content: DataView): { readonly flags: number; readonly size: Size } {
  const uint24 = (at: number) => content.getUint16(at, true) | (content.getUint8(at + 2) << 16);
  return { flags: content.getUint8(0), size: { width: uint24(4) + 1, height: uint24(7) + 1 } };
}

/** What a chunk that is a picture says of it; undefined of another one. */
function* pictureOf(chunk: Chunk): Generator<Wanted, Said | undefined, DataView> {
  if (chunk.type === "VP8 ") return readLossy(yield contentOf(chunk, 10));
  if (chunk.type === "VP8L") return readLossless(yield contentOf(chunk, 5));
  return undefined;
}

/** Bits of the frame tag, and what stands behind it. */
const NO_KEY_FRAME = 1;
const SHOWN = 0x10;
const START_CODE = 0x9d012a;

function readLossy(content: DataView): Said {
  const tag = content.getUint8(0);
  const start = (content.getUint16(3) << 8) | content.getUint8(5);
  if (tag & NO_KEY_FRAME || !(tag & SHOWN) || start !== START_CODE) throw broken("the VP8 frame is not a picture");
  // The upper two bits of either are advice on how large to show it.
  const size = { width: content.getUint16(6, true) & 0x3fff, height: content.getUint16(8, true) & 0x3fff };
  if (size.width === 0 || size.height === 0) throw broken(`the header says ${sizeText(size)}`);
  return { size, alpha: false };
}

const SIGNATURE = 0x2f;

function readLossless(content: DataView): Said {
  const bits = content.getUint32(1, true);
  if (content.getUint8(0) !== SIGNATURE || bits >>> 29 !== 0) throw broken("the VP8L stream is not a picture");
  const size = { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  return { size, alpha: (bits & (1 << 28)) !== 0 };
}

/** Some writers put a JPEG's identifier in front. */
function* readExif({ at, length }: Chunk): Generator<Wanted, Exif, DataView> {
  const content = yield { at, length: Math.min(length, EXIF_LENGTH) };
  return { ...tiffOf(content), ...exifOf(content) };
}

function broken(detail: string): Fault {
  return new Fault("sourceBroken", detail);
}
