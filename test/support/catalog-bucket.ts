import { bucketWith } from "./doubles.ts";
import { buckets } from "./site.ts";

/** Puts files below `catalogs/` of SOURCES in place of all that were there. */
export async function putCatalogs(files: Readonly<Record<string, string>>): Promise<void> {
  const { objects } = await buckets.SOURCES.list({ prefix: "catalogs/" });
  await buckets.SOURCES.delete(objects.map(({ key }) => key));
  for (const [path, text] of Object.entries(files)) await putCatalog(path, text);
}

export async function putCatalog(path: string, text: string): Promise<void> {
  await buckets.SOURCES.put(`catalogs/${path}`, text);
}

/** The bucket of the sources, whose calls are noted as `list` and `get <path>`, and which another call may stand in for. */
export function catalogBucket(
  calls: string[],
  { list, get }: Partial<Record<"list" | "get", (go: () => Promise<unknown>, of: string) => Promise<unknown>>> = {},
): R2Bucket {
  const { SOURCES } = buckets;
  return bucketWith(SOURCES, {
    list(options: R2ListOptions) {
      calls.push("list");
      const go = () => SOURCES.list(options);
      return list === undefined ? go() : list(go, options.cursor ?? "");
    },
    get(key: string, options: R2GetOptions) {
      const path = key.replace(/^catalogs\//, "");
      calls.push(`get ${path}`);
      const go = () => SOURCES.get(key, options);
      return get === undefined ? go() : get(go, path);
    },
  });
}
