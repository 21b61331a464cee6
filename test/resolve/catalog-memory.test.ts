import { describe, expect, test } from "vitest";
import { MOST_BYTES } from "../../src/catalog/bounds.ts";
import { CatalogHolder } from "../../src/resolve/catalogs.ts";
import { MOST_LISTED } from "../../src/resolve/load-files.ts";
import type { CatalogFiles } from "../../src/store/catalog-files.ts";
import { FOREVER, MACROS } from "../support/catalog-holding.ts";
import { readerDouble } from "../support/catalog-reader.ts";

/** Files that are only listed, and have the bytes that they are said to have. */
function listing(files: Readonly<Record<string, number>>, fetched: string[] = []): CatalogFiles {
  return {
    async *pages() {
      yield Object.entries(files).map(([path, size]) => ({ path, size, etag: `${path} ${size}`, written: 0 }));
    },
    async bytes({ path, size }) {
      fetched.push(path);
      return path.endsWith(".ini") ? new TextEncoder().encode("a.txt b.txt c.txt") : new Uint8Array(size);
    },
  };
}

describe("what is more than an isolate can hold", () => {
  const holderOf = (files: CatalogFiles, log: string[]) =>
    new CatalogHolder(files, { CatalogRefresh: 0, Macros: MACROS }, (line) => log.push(line), readerDouble());

  test("is a problem of the file that does not fit, and other files are read", async () => {
    const fetched: string[] = [];
    const log: string[] = [];
    const files = listing({ "a.ini": 17, "a.txt": 20, "b.txt": MOST_BYTES - 40, "c.txt": 30 }, fetched);
    await holderOf(files, log).current(FOREVER);
    expect(fetched).toEqual(["a.ini", "a.txt", "b.txt"]);
    expect(log.map((line) => JSON.parse(line))).toMatchObject([{ weight: "file", file: "catalogs/c.txt" }]);
  });

  test.each([
    ["attribute files of which one would have to be left out", { "a.ini": 5_000_000, "b.ini": 5_000_000 }],
    ["a list without end", Object.fromEntries(Array.from({ length: MOST_LISTED + 1 }, (_, at) => [`${at}.tif`, 1]))],
  ])("is refused: %s", async (_, sizes) => {
    const fetched: string[] = [];
    const holder = holderOf(listing(sizes, fetched), []);
    await expect(holder.current(FOREVER)).rejects.toMatchObject({ code: "catalogBroken" });
    expect(fetched).toEqual([]);
  });
});
