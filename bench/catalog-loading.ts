import { readImageData } from "../src/catalog/records/image-data.ts";
import { papaparseLoading } from "./peers/papaparse.ts";

/** A file of image data in memory, by whomever. */
export interface LoadedRecords {
  readonly size: number;
  ids(): readonly string[];
  find(id: string): unknown;
}

export type Loading = (bytes: Uint8Array) => LoadedRecords;

/** How image data is loaded, by name. */
export const LOADINGS = {
  ours: async (): Promise<Loading> => (bytes) => {
    const { records } = readImageData({ path: "images.txt", bytes, etag: "", written: 0 });
    return { size: records.size, ids: () => Array.from(records.all(), ({ id }) => id), find: (id) => records.find(id) };
  },
  papaparse: papaparseLoading,
} as const satisfies Record<string, () => Promise<Loading>>;

export type LoadingName = keyof typeof LOADINGS;
