import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../scripts/local/bundle.ts";
import type { Size } from "../src/plan/size.ts";
import type { PngKind } from "./png-source.ts";

/** Pictures of other projects; not part of this one (../shared/corpus/README.md). */
const PHOTOS = join(ROOT, "../shared/corpus/photos");
/** What make-sources.ts makes: of photographs, or of what stands in for them. */
export const CACHE = join(import.meta.dirname, ".cache", existsSync(PHOTOS) ? "of-photographs" : "computed");

export type SourceName =
  | "tiny"
  | "8 MP"
  | "12 MP"
  | "12 MP progressive"
  | "12 MP of tiles"
  | "24 MP"
  | "50 MP"
  | "50 MP progressive"
  | "100 MP"
  | "280 MP gray"
  | "tiny PNG"
  | "12 MP PNG"
  | "12 MP PNG unfiltered"
  | "12 MP PNG RGBA"
  | "12 MP PNG palette"
  | "12 MP PNG 16 bit"
  | "12 MP PNG Adam7"
  | "24 MP PNG"
  | "24 MP PNG unfiltered"
  | "6 MP WebP";

export interface Source {
  readonly format: SourceFormat;
  readonly size: Size;
  /** The picture of the corpus that it is; one is made in its stead where the corpus is not there. */
  readonly photo?: string;
  readonly progressive?: boolean;
  /** Of a PNG: how it is written. */
  readonly png?: PngKind;
  /** Renditions of it are compared with the pipelines'; the others serve single measurements. */
  readonly compared: boolean;
}

export type SourceFormat = "jpeg" | "png" | "webp";

const TINY = { width: 160, height: 128 };
const TWELVE = { width: 4032, height: 3024 };
const TWENTY_FOUR = { width: 6048, height: 4032 };
const FIFTY = { width: 8640, height: 5792 };
/** As libpng writes a photograph where nobody tells it how. */
const ADAPTIVE = { colours: "RGB", adaptive: true } as const satisfies PngKind;
const UNFILTERED = { colours: "RGB", adaptive: false } as const satisfies PngKind;

/** Sides of the made ones are multiples of 32, so that an eighth of each is whole for every sampling. */
export const SOURCES: Readonly<Record<SourceName, Source>> = {
  tiny: { format: "jpeg", size: TINY, compared: false },
  "8 MP": {
    ...{ format: "jpeg", size: { width: 3264, height: 2448 }, compared: true },
    photo: "phone-8mp-3264x2448.jpg",
  },
  "12 MP": { format: "jpeg", size: TWELVE, photo: "phone-12mp-4032x3024.jpg", compared: true },
  "12 MP progressive": { format: "jpeg", size: TWELVE, progressive: true, compared: true },
  "12 MP of tiles": { format: "jpeg", size: { width: 4032, height: 3008 }, compared: false },
  "24 MP": { format: "jpeg", size: TWENTY_FOUR, compared: true },
  "50 MP": { format: "jpeg", size: FIFTY, compared: true },
  "50 MP progressive": { format: "jpeg", size: FIFTY, progressive: true, compared: true },
  "100 MP": { format: "jpeg", size: { width: 12_288, height: 8192 }, compared: true },
  "280 MP gray": {
    ...{ format: "jpeg", size: { width: 20_000, height: 14_000 }, compared: true },
    photo: "gray-280mp-20000x14000.jpg",
  },
  "tiny PNG": { format: "png", size: TINY, png: ADAPTIVE, compared: false },
  "12 MP PNG": { format: "png", size: TWELVE, png: ADAPTIVE, compared: true },
  "12 MP PNG unfiltered": { format: "png", size: TWELVE, png: UNFILTERED, compared: true },
  "12 MP PNG RGBA": { format: "png", size: TWELVE, png: { ...ADAPTIVE, colours: "RGBA" }, compared: true },
  "12 MP PNG palette": { format: "png", size: TWELVE, png: { ...UNFILTERED, colours: "palette" }, compared: true },
  "12 MP PNG 16 bit": { format: "png", size: TWELVE, png: { ...ADAPTIVE, colours: "RGB16" }, compared: true },
  "12 MP PNG Adam7": { format: "png", size: TWELVE, png: { ...ADAPTIVE, interlaced: true }, compared: true },
  "24 MP PNG": { format: "png", size: TWENTY_FOUR, png: ADAPTIVE, compared: true },
  "24 MP PNG unfiltered": { format: "png", size: TWENTY_FOUR, png: UNFILTERED, compared: true },
  "6 MP WebP": { format: "webp", size: { width: 3008, height: 2016 }, compared: false },
};

export function sourceOf(name: string): Source {
  const source = SOURCES[name as SourceName];
  if (source === undefined) throw new Error(`no source is called ${name}`);
  return source;
}

/** Names of the sources whose renditions are compared. */
export function comparedSources(format: SourceFormat): readonly SourceName[] {
  return (Object.keys(SOURCES) as SourceName[]).filter((name) => {
    return SOURCES[name].format === format && SOURCES[name].compared;
  });
}

/** `12-mp-progressive.jpg` */
export function fileName(name: string): string {
  const { format } = sourceOf(name);
  return `${name.toLowerCase().replaceAll(" ", "-")}.${format === "jpeg" ? "jpg" : format}`;
}

/** The picture of the corpus, where this source is one and it is there. */
export function corpusPath(name: string): string | undefined {
  const { photo } = sourceOf(name);
  const path = photo === undefined ? undefined : join(PHOTOS, photo);
  return path !== undefined && existsSync(path) ? path : undefined;
}

/** Where the file of a source lies, or would lie. */
export function pathOf(name: string): string {
  return corpusPath(name) ?? join(CACHE, fileName(name));
}

export function readSource(name: string): Buffer {
  return readFileSync(pathOf(name));
}

export function megapixels({ size }: Source): number {
  return (size.width * size.height) / 1e6;
}
