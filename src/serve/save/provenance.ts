import type { Size } from "../../plan/size.ts";
import { encodeValue } from "../../protocol/percent.ts";
import type { PinnedSource } from "../../resolve/source.ts";
import type { Document } from "../../store/documents.ts";
import { SAVE_ID_BYTES } from "../../store/own-object.ts";
import { VERSION } from "../../version.ts";
import { hex } from "../hex.ts";

/** What decided about a rendition. */
export interface Origin {
  /** As it is kept (kept-request.ts). */
  readonly request: string;
  /** Those that are not at their defaults (settings/traced.ts). */
  readonly settings: string;
  /** The first is the picture's. */
  readonly sources: readonly [PinnedSource, ...PinnedSource[]];
  readonly size: Size;
  /** How the file is encoded: with a condition there may be less room, and less effort. */
  readonly encoding: string;
}

/** What the object itself says of its origin. */
export interface Provenance {
  /** Printable ASCII; with `save-id` at most 2,000 bytes, names included. */
  readonly metadata: Readonly<Record<string, string>>;
  /** What did not fit: the metadata has its hash, by which it is to be found. */
  readonly documents: readonly Document[];
}

/** R2 takes 8,192 bytes; the local runtime refuses somewhat above 2,048. */
const METADATA_BYTES = 2000 - SAVE_ID_BYTES;

/**
 * The metadata of a rendition: with it the rendition can be traced, and made again byte for byte while its sources have
 * their etags and the program its version.
 *
 * Where there is not room for all, what comes first stays: a source's key, which may take 3,072 bytes, is named by the
 * request as well.
 * Source: save-contract "The object".
 */
export async function provenanceOf({ request, settings, sources, size, encoding }: Origin): Promise<Provenance> {
  const [{ key, etag }] = sources;
  const texts: readonly (readonly [string, Document])[] = [
    ...(settings === "" ? [] : [["settings", await documentOf(settings)] as const]),
    ["request", await documentOf(request)],
  ];
  const metadata = fitting([
    ["program", `fixative/${VERSION}`],
    ["width", `${size.width}`],
    ["height", `${size.height}`],
    ["encoding", encoding],
    ["sources", `${sources.length}`],
    ...texts.map(([name, { sha256 }]) => [`${name}-sha256`, sha256] as const),
    ["source-etag", encodeValue(etag)],
    ...texts.map(([name, { text }]) => [name, text] as const),
    ["source", encodeValue(key)],
  ]);
  return {
    metadata,
    documents: texts.flatMap(([name, document]) => (Object.hasOwn(metadata, name) ? [] : [document])),
  };
}

async function documentOf(text: string): Promise<Document> {
  return { text, sha256: hex(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))) };
}

/** Of these entries, which are ASCII, those for which there is room beside the ones before them. */
function fitting(entries: readonly (readonly [name: string, value: string])[]): Readonly<Record<string, string>> {
  let left = METADATA_BYTES;
  const taken = entries.filter(([name, value]) => {
    const bytes = name.length + value.length;
    const fits = bytes <= left;
    if (fits) left -= bytes;
    return fits;
  });
  return Object.fromEntries(taken);
}
