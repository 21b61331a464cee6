/**
 * The formats of `fmt=`, and the extensions of `name=` that stand for them.
 *
 * Source: protocol.md 3.2; the extensions: save-contract "The request".
 */
interface FormatRow {
  readonly keyword: string;
  /** The encoder's family; several keywords share one. */
  readonly family: string;
  readonly mime: string;
  /** Transparency survives; without it transparent areas are filled with `bgc=`. */
  readonly alpha: boolean;
  readonly state: "done" | "planned";
}

const jpeg = { family: "jpeg", mime: "image/jpeg", alpha: false } as const;
const png = { family: "png", mime: "image/png" } as const;

export const FORMATS = [
  { keyword: "jpeg", ...jpeg, state: "done" },
  { keyword: "jpg", ...jpeg, state: "done" },
  { keyword: "pjpeg", ...jpeg, state: "planned" },
  { keyword: "pjpg", ...jpeg, state: "planned" },
  { keyword: "p-jpg", ...jpeg, state: "planned" },
  { keyword: "png", ...png, alpha: false, state: "done" },
  { keyword: "png-alpha", ...png, alpha: true, state: "done" },
  { keyword: "png8", ...png, alpha: false, state: "planned" },
  { keyword: "png8-alpha", ...png, alpha: true, state: "planned" },
  { keyword: "gif", family: "gif", mime: "image/gif", alpha: false, state: "planned" },
  { keyword: "gif-alpha", family: "gif", mime: "image/gif", alpha: true, state: "planned" },
  { keyword: "tif", family: "tiff", mime: "image/tiff", alpha: false, state: "planned" },
  { keyword: "tif-alpha", family: "tiff", mime: "image/tiff", alpha: true, state: "planned" },
  { keyword: "pdf", family: "pdf", mime: "application/pdf", alpha: false, state: "planned" },
  { keyword: "eps", family: "eps", mime: "image/eps", alpha: false, state: "planned" },
  { keyword: "webp", family: "webp", mime: "image/webp", alpha: false, state: "planned" },
  { keyword: "webp-alpha", family: "webp", mime: "image/webp", alpha: true, state: "planned" },
  { keyword: "avif", family: "avif", mime: "image/avif", alpha: false, state: "planned" },
  { keyword: "avif-alpha", family: "avif", mime: "image/avif", alpha: true, state: "planned" },
  { keyword: "jpeg2000", family: "jpeg2000", mime: "image/jp2", alpha: false, state: "planned" },
  { keyword: "jpeg2000-alpha", family: "jpeg2000", mime: "image/jp2", alpha: true, state: "planned" },
  { keyword: "jpegxr", family: "jpegxr", mime: "image/vnd.ms-photo", alpha: false, state: "planned" },
  { keyword: "jpegxr-alpha", family: "jpegxr", mime: "image/vnd.ms-photo", alpha: true, state: "planned" },
  { keyword: "heic", family: "heic", mime: "image/heic", alpha: false, state: "planned" },
  { keyword: "swf", family: "swf", mime: "application/x-shockwave-flash", alpha: false, state: "planned" },
  { keyword: "swf3", family: "swf", mime: "application/x-shockwave-flash", alpha: false, state: "planned" },
  { keyword: "swf-alpha", family: "swf", mime: "application/x-shockwave-flash", alpha: true, state: "planned" },
  { keyword: "swf3-alpha", family: "swf", mime: "application/x-shockwave-flash", alpha: true, state: "planned" },
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
