import { Fault } from "../faults.ts";
import type { RequestValues } from "../protocol/commands/table.ts";
import {
  type Compression,
  extensionOf,
  type FormatKeyword,
  type FormatRow,
  formatByExtension,
  formatOf,
  type PixelType,
} from "../protocol/formats.ts";

export type OutputCommands = Pick<RequestValues, "req" | "fmt" | "qlt" | "jpegSize" | "pscan" | "name" | "printRes">;

export interface OutputDefaults {
  readonly JpegQuality: { readonly quality: number; readonly chroma?: boolean };
  /** The extension of `name=` decides the format where `fmt=` is absent. */
  readonly NameDecidesFormat: boolean;
}

/** What is spent on a file: little, as for a reply, or time and memory that make it smaller. */
export type Effort = "small" | "fast";

/** In which scans a JPEG is written: in one, in those of libjpeg or MozJPEG, or in so many passes (`pscan=`). */
export type Scans = "sequential" | "progressive" | "small" | 3 | 4 | 5;

/** What the samples of a PNG are. */
export type PngColour = "rgb" | "rgba" | "gray" | "grayAlpha";

/** What each encoder is told besides what all are told. */
interface Options {
  /** Our own. */
  readonly jpeg: JpegOptions & {
    readonly scans: Scans;
    /** Codes that everybody has, or those that suit the picture best, as far as memory goes. Several scans have the latter. */
    readonly huffman: "standard" | "optimised";
    /** Small: MozJPEG's quantisers, and coefficients chosen by what they cost. */
    readonly effort: Effort;
    /** The quality is lowered until the file has no more bytes; undefined where it may have any. */
    readonly mostBytes: number | undefined;
  };
  readonly mozjpeg: JpegOptions & { readonly progressive: boolean };
  /** Our own. */
  readonly png: { readonly colour: PngColour; readonly effort: Effort };
  /** Our own, of at most 256 colours. */
  readonly png8: { readonly effort: Effort };
  readonly squooshPng: {
    readonly gray: boolean;
    /** 1..6, or 0 where oxipng has no part in it. */
    readonly oxipngLevel: number;
  };
  /** The quality, 1..100, is that of lossy pictures. */
  readonly webp: { readonly quality: number; readonly lossless: boolean; readonly effort: Effort };
}

interface JpegOptions {
  /** 1..100. */
  readonly quality: number;
  readonly fullChroma: boolean;
  readonly gray: boolean;
}

export type Encoding = keyof Options;

/** How the picture is encoded: by any encoder, or by this one. */
export type Output<Kind extends Encoding = Encoding> = {
  readonly [Each in Kind]: {
    readonly encoder: Each;
    readonly mime: string;
    /** Transparency is kept. */
    readonly alpha: boolean;
    /** Dots per inch that the file is tagged with where its format can be: above 0, or undefined for no tag. */
    readonly dpi: number | undefined;
  } & Options[Each];
}[Kind];

/** Bytes that the file may have at most, where the quality is to be lowered until it has no more. */
export function bytesAsked(output: Output): number | undefined {
  return output.encoder === "jpeg" ? output.mostBytes : undefined;
}

/** A file that may have so many bytes is encoded so often at most: enough to tell the qualities 1 to 100, and none, from one another. */
export const MOST_ENCODES = 7;

/** Whether our own encoder writes one scan. */
export function isInOneScan(output: Output): boolean {
  return output.encoder === "jpeg" && output.scans === "sequential";
}

/** What is written where several scans turn out to take more memory than there is: the same in one. */
export function inOneScan(output: Output): Output<"jpeg"> | undefined {
  if (output.encoder !== "jpeg" || output.scans === "sequential") return undefined;
  return { ...output, scans: "sequential" };
}

/** What whoever asked for several scans (`fmt=pjpeg`) is told of a file in one. */
export const WRITTEN_IN_ONE_SCAN = "written in one scan: for several there was too much to be held at once";

/** Whether several scans are what the request says, and not what makes a file smaller. */
export function isAskedInScans(output: Output): boolean {
  return output.encoder === "jpeg" && output.scans !== "sequential" && output.scans !== "small";
}

/** How a file is encoded, in words without spaces that tell two outputs of one request apart. */
export function outputName(output: Output): string {
  switch (output.encoder) {
    case "jpeg":
      return `jpeg/${output.scans}/${output.huffman}/${output.effort}`;
    case "squooshPng":
      return `squooshPng/${output.oxipngLevel}`;
    case "mozjpeg":
      return "mozjpeg";
    default:
      return `${output.encoder}/${output.effort}`;
  }
}

/**
 * The encoding that `fmt=`, `qlt=`, `printRes=` and the extension of `name=` ask for, with as little effort as a reply has.
 * Refuses what is known but not built, and what the protocol does not combine, naming it.
 *
 * @param source with the resolution that its file is tagged with, in dots per inch
 * Source: protocol.md 3.1, 3.2; save-contract "The request".
 */
export function outputOf(
  commands: OutputCommands,
  defaults: OutputDefaults,
  source: { readonly resolution?: number | undefined },
): Output {
  const fmt = formatAsked(commands, defaults);
  const { pixelType = "rgb", compression } = fmt;
  const format = formatOf(fmt.format);
  if (format.state !== "done") throw notBuilt(`fmt=${format.keyword}`);
  checkCombination(format, pixelType, compression);
  if (pixelType === "cmyk") throw notBuilt(`fmt=${format.keyword},cmyk`);

  const { mime, alpha } = format;
  const all = { mime, alpha, dpi: commands.printRes ?? source.resolution };
  const gray = pixelType === "gray";
  const effort = "fast";
  const { quality, chroma = false } = commands.qlt ?? defaults.JpegQuality;
  switch (format.family) {
    case "jpeg":
      return {
        encoder: "jpeg",
        ...all,
        quality,
        fullChroma: chroma,
        gray,
        scans: scansOf(format.progressive, commands.pscan),
        huffman: "optimised",
        effort,
        mostBytes: mostBytesOf(commands.jpegSize),
      };
    case "png":
      return { encoder: "png", ...all, colour: pngColour(gray, alpha), effort };
    case "png8":
      return { encoder: "png8", ...all, effort };
    case "webp":
      return { encoder: "webp", ...all, quality, lossless: compression === "lossless", effort };
  }
}

function scansOf(progressive: boolean, pscan: OutputCommands["pscan"] = "auto"): Scans {
  if (!progressive) return "sequential";
  return pscan === "auto" ? "progressive" : PASSES[pscan];
}

const PASSES = { "3": 3, "4": 4, "5": 5 } as const;

/** Source: protocol.md A-66. */
function mostBytesOf(kilobytes = 0): number | undefined {
  return kilobytes === 0 ? undefined : kilobytes * 1024;
}

/** What the samples of a PNG have to be. */
export function pngColour(gray: boolean, alpha: boolean): PngColour {
  if (gray) return alpha ? "grayAlpha" : "gray";
  return alpha ? "rgba" : "rgb";
}

/** What `fmt=` says, or would have to say to mean the same, where it is absent. */
export function formatAsked(
  commands: OutputCommands,
  defaults: Pick<OutputDefaults, "NameDecidesFormat">,
): NonNullable<OutputCommands["fmt"]> {
  return commands.fmt ?? { format: formatByName(commands, defaults) ?? "jpeg" };
}

function checkCombination(
  { keyword, pixelTypes, compressions }: FormatRow,
  pixelType: PixelType,
  compression: Compression | undefined,
): void {
  if (!pixelTypes.includes(pixelType)) throw badFormat(keyword, pixelTypes, pixelType);
  if (compression === undefined || compressions.includes(compression)) return;
  const isChoice = compressions.length > 0;
  // Of a format with one way of compressing it is `none`: the protocol's default, written out, is jpeg,rgb,none.
  if (isChoice || compression !== "none")
    throw badFormat(keyword, isChoice ? compressions : ["no compression"], compression);
}

function badFormat(keyword: string, wanted: readonly string[], got: string): Fault {
  return new Fault("badRequest", `fmt: wants ${wanted.join(" or ")} for ${keyword}, got "${got}"`, { mayBeTold: true });
}

function formatByName(
  { req, name }: OutputCommands,
  { NameDecidesFormat }: Pick<OutputDefaults, "NameDecidesFormat">,
): FormatKeyword | undefined {
  if (req?.type !== "saveToFile" || name === undefined || !NameDecidesFormat) return undefined;
  const extension = extensionOf(name);
  const format = formatByExtension(extension);
  if (format === undefined && extension !== "") {
    throw new Fault("badRequest", `name: wants fmt= beside the extension .${extension}, got none`, { mayBeTold: true });
  }
  return format;
}

function notBuilt(what: string): Fault {
  return new Fault("notBuilt", what, { mayBeTold: true });
}
