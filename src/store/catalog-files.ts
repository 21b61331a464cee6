import { lookedUp } from "./looked-up.ts";
import { r2Sources } from "./sources.ts";

/** A file of catalogs as its bucket lists it. */
export interface ListedFile {
  /** Below `catalogs/`. */
  readonly path: string;
  readonly etag: string;
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly written: number;
}

/** Where the files of catalogs come from. Every wait ends when the signal fires, and rejects with its reason. */
export interface CatalogFiles {
  /**
   * All objects that there are, page by page, by their paths.
   * @throws Fault `storage`
   */
  pages(signal: AbortSignal): AsyncGenerator<readonly ListedFile[], void, undefined>;
  /**
   * The bytes of a file as it was listed.
   * @param alive is called whenever some of them have come
   * @throws Fault `sourceChanged` where it is another one by now, or none; `storage`
   */
  bytes(file: ListedFile, alive: () => void, signal: AbortSignal): Promise<Uint8Array>;
}

/** In the bucket of the sources, whose pictures lie beside it. */
const FOLDER = "catalogs/";

export function r2CatalogFiles(bucket: R2Bucket): CatalogFiles {
  const sources = r2Sources(bucket);
  return {
    async *pages(signal) {
      let cursor: string | undefined;
      do {
        const options = { prefix: FOLDER, ...(cursor !== undefined && { cursor }) };
        const page = await lookedUp(() => bucket.list(options), "the catalogs", signal);
        yield page.objects.map(({ key, etag, size, uploaded }) => {
          return { path: key.slice(FOLDER.length), etag, size, written: uploaded.getTime() };
        });
        cursor = page.truncated ? page.cursor : undefined;
      } while (cursor !== undefined);
    },

    async bytes({ path, etag, size }, alive, signal) {
      const bytes = new Uint8Array(size);
      let filled = 0;
      // Of that etag, or none comes; of its length, or the reading fails.
      for await (const chunk of sources.chunks(FOLDER + path, etag, signal)) {
        bytes.set(chunk, filled);
        filled += chunk.length;
        alive();
      }
      return bytes;
    },
  };
}
