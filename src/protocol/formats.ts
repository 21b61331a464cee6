/**
 * The formats of `fmt=`, and the extensions of `name=` that stand for them.
 *
 * Source: protocol.md 3.2 and A-36; the extensions: save-contract "The request".
 */
export interface FormatRow {
  readonly keyword: string;
  /** The encoder's family; several keywords share one. */
  readonly family: string;
  readonly mime: string;
  /** The pixel types and compressions that the protocol combines with it. */
  readonly pixelTypes: readonly PixelType[];
  readonly compressions: readonly Compression[];
  /** Transparency survives; without it transparent areas are filled with `bgc=`. */
  readonly alpha: boolean;
  readonly state: "done" | "planned";
}

export const PIXEL_TYPES = ["rgb", "gray", "cmyk"] as const;
export type PixelType = (typeof PIXEL_TYPES)[number];

export const COMPRESSIONS = ["none", "lzw", "zip", "jpeg", "lossy", "lossless"] as const;
export type Compression = (typeof COMPRESSIONS)[number];

const opaque = { alpha: false } as const;
const transparent = { alpha: true } as const;

const jpeg = {
  family: "jpeg",
  mime: "image/jpeg",
  pixelTypes: ["rgb", "gray", "cmyk"],
  compressions: [],
  ...opaque,
} as const;
const baseline = { ...jpeg, progressive: false, state: "done" } as const;
const progressive = { ...jpeg, progressive: true, state: "done" } as const;
const png = { family: "png", mime: "image/png", pixelTypes: ["rgb", "gray"], compressions: [], state: "done" } as const;
const png8 = { ...png, family: "png8", pixelTypes: ["rgb"] } as const;
const webp = {
  family: "webp",
  mime: "image/webp",
  pixelTypes: ["rgb"],
  compressions: ["lossy", "lossless"],
  state: "done",
} as const;

const gif = {
  family: "gif",
  mime: "image/gif",
  pixelTypes: ["rgb", "gray"],
  compressions: [],
  state: "planned",
} as const;
const tif = { family: "tiff", mime: "image/tiff", pixelTypes: PIXEL_TYPES, state: "planned" } as const;
const pdf = {
  family: "pdf",
  mime: "application/pdf",
  pixelTypes: PIXEL_TYPES,
  compressions: ["none", "zip", "jpeg"],
  state: "planned",
} as const;
const eps = { family: "eps", mime: "image/eps", pixelTypes: PIXEL_TYPES, compressions: [], state: "planned" } as const;
const avif = { ...webp, family: "avif", mime: "image/avif", state: "planned" } as const;
const jpeg2000 = { ...avif, family: "jpeg2000", mime: "image/jp2", pixelTypes: ["rgb", "gray"] } as const;
const jpegxr = { ...avif, family: "jpegxr", mime: "image/vnd.ms-photo" } as const;
const heic = { ...avif, family: "heic", mime: "image/heic", compressions: ["lossless"] } as const;
const swf = { ...gif, family: "swf", mime: "application/x-shockwave-flash" } as const;

export const FORMATS = [
  { keyword: "jpeg", ...baseline },
  { keyword: "jpg", ...baseline },
  { keyword: "pjpeg", ...progressive },
  { keyword: "pjpg", ...progressive },
  { keyword: "p-jpg", ...progressive },
  { keyword: "png", ...png, ...opaque },
  { keyword: "png-alpha", ...png, ...transparent },
  { keyword: "png8", ...png8, ...opaque },
  { keyword: "png8-alpha", ...png8, ...transparent },
  { keyword: "gif", ...gif, ...opaque },
  { keyword: "gif-alpha", ...gif, ...transparent },
  { keyword: "tif", ...tif, ...opaque, compressions: ["none", "lzw", "zip", "jpeg"] },
  { keyword: "tif-alpha", ...tif, ...transparent, compressions: ["none", "lzw", "zip"] },
  { keyword: "pdf", ...pdf, ...opaque },
  { keyword: "eps", ...eps, ...opaque },
  { keyword: "webp", ...webp, ...opaque },
  { keyword: "webp-alpha", ...webp, ...transparent },
  { keyword: "avif", ...avif, ...opaque },
  { keyword: "avif-alpha", ...avif, ...transparent },
  { keyword: "jpeg2000", ...jpeg2000, ...opaque },
  { keyword: "jpeg2000-alpha", ...jpeg2000, ...transparent },
  { keyword: "jpegxr", ...jpegxr, ...opaque },
  { keyword: "jpegxr-alpha", ...jpegxr, ...transparent },
  { keyword: "heic", ...heic, ...opaque },
  { keyword: "swf", ...swf, ...opaque },
  { keyword: "swf3", ...swf, ...opaque },
  { keyword: "swf-alpha", ...swf, ...transparent },
  { keyword: "swf3-alpha", ...swf, ...transparent },
] as const satisfies readonly FormatRow[];

export type Format = (typeof FORMATS)[number];
export type FormatKeyword = Format["keyword"];

const BY_KEYWORD: ReadonlyMap<string, Format> = new Map(FORMATS.map((row) => [row.keyword, row]));

export function formatOf(keyword: FormatKeyword): Format {
  const row = BY_KEYWORD.get(keyword);
  if (row === undefined) throw new TypeError(`no such format: ${keyword}`);
  return row;
}

/**
 * Extension of a file name → the `fmt=` it stands for, where the request says none.
 *
 * `.png` is `fmt=png`, without alpha: what is saved is the picture that the same URL with that `fmt=` would show.
 */
const BY_EXTENSION: ReadonlyMap<string, FormatKeyword> = new Map([
  ["jpg", "jpeg"],
  ["jpeg", "jpeg"],
  ["png", "png"],
  ["webp", "webp"],
  ["avif", "avif"],
  ["gif", "gif"],
  ["tif", "tif"],
  ["tiff", "tif"],
]);

/** Extensions of images that need `fmt=` beside them. */
const OTHER_IMAGES = new Set(["bmp", "heic", "jfif", "jp2", "jpe", "jxr"]);

/** The extension of a path's last segment, lower case; "" where there is none. */
export function extensionOf(path: string): string {
  const [, extension = ""] = /\.([^./]+)$/.exec(path) ?? [];
  return extension.toLowerCase();
}

export function formatByExtension(extension: string): FormatKeyword | undefined {
  return BY_EXTENSION.get(extension);
}

/** Whether a file may be called this: its extension, where it has one, is one of an image. */
export function isImageName(path: string): boolean {
  if (path.endsWith(".")) return false;
  const extension = extensionOf(path);
  return extension === "" || BY_EXTENSION.has(extension) || OTHER_IMAGES.has(extension);
}
