import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../scripts/local/bundle.ts";
import type { Size } from "../src/plan/size.ts";

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
  | "280 MP gray";

export interface Source {
  readonly size: Size;
  /** The picture of the corpus that it is; one is made in its stead where the corpus is not there. */
  readonly photo?: string;
  readonly progressive?: boolean;
  /** Renditions of it are compared with the pipelines'; the others serve single measurements. */
  readonly compared: boolean;
}

/** Sides of the made ones are multiples of 32, so that an eighth of each is whole for every sampling. */
export const SOURCES: Readonly<Record<SourceName, Source>> = {
  tiny: { size: { width: 160, height: 128 }, compared: false },
  "8 MP": { size: { width: 3264, height: 2448 }, photo: "phone-8mp-3264x2448.jpg", compared: true },
  "12 MP": { size: { width: 4032, height: 3024 }, photo: "phone-12mp-4032x3024.jpg", compared: true },
  "12 MP progressive": { size: { width: 4032, height: 3024 }, progressive: true, compared: true },
  "12 MP of tiles": { size: { width: 4032, height: 3008 }, compared: false },
  "24 MP": { size: { width: 6048, height: 4032 }, compared: true },
  "50 MP": { size: { width: 8640, height: 5792 }, compared: true },
  "50 MP progressive": { size: { width: 8640, height: 5792 }, progressive: true, compared: true },
  "100 MP": { size: { width: 12_288, height: 8192 }, compared: true },
  "280 MP gray": { size: { width: 20_000, height: 14_000 }, photo: "gray-280mp-20000x14000.jpg", compared: true },
};

export function sourceOf(name: string): Source {
  const source = SOURCES[name as SourceName];
  if (source === undefined) throw new Error(`no source is called ${name}`);
  return source;
}

/** Names of the sources whose renditions are compared. */
export function comparedSources(): readonly SourceName[] {
  return (Object.keys(SOURCES) as SourceName[]).filter((name) => SOURCES[name].compared);
}

/** `12-mp-progressive.jpg` */
export function fileName(name: string): string {
  return `${name.toLowerCase().replaceAll(" ", "-")}.jpg`;
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
