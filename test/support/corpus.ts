import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "vitest";
import { ROOT } from "../../scripts/local/bundle.ts";
import type { LocalWorker } from "../../scripts/local/worker.ts";
import { type Saved, save } from "./save.ts";
import { CORPUS } from "./summary.ts";

/** What other projects test their codecs with; not part of this one (../shared/corpus/README.md). */
const FOLDER = join(ROOT, "../shared/corpus");

export interface CorpusFile {
  readonly name: string;
  /** Where the tests put it in SOURCES: `png-suite/basn0g01.png`. */
  readonly key: string;
  read(): Buffer;
}

/**
 * Defines tests for the files of a corpus folder, in the block that the summary counts. Where the folder is not there,
 * one skipped test says so.
 */
export function describeCorpus(folder: string, define: (files: readonly CorpusFile[]) => void): void {
  const path = join(FOLDER, folder);
  describe(CORPUS, () => {
    if (existsSync(path))
      describe(folder, () =>
        define(
          readdirSync(path)
            .sort()
            .map((name) => corpusFile(folder, name)),
        ),
      );
    else test.skip(`${folder}: skipped, since ../shared/corpus/${folder} is not there`, () => {});
  });
}

export function corpusFile(folder: string, name: string): CorpusFile {
  return { name, key: `${folder}/${name}`, read: () => readFileSync(join(FOLDER, folder, name)) };
}

/** Saves a file of the corpus under its own name and this extension. */
export async function saveOf(
  worker: LocalWorker,
  { key, read }: Pick<CorpusFile, "key" | "read">,
  modifiers: string,
  extension: string,
): Promise<Saved> {
  await worker.sources.put(key, read());
  return save(worker, key, modifiers, `${key}.${extension}`);
}
