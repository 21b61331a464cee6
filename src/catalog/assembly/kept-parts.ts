import type { Macros } from "../../protocol/macros.ts";
import type { FileMacros, MacroFile } from "../files/macro-file.ts";
import type { CatalogRecords } from "../record.ts";
import type { ImageData } from "../records/image-data.ts";

/** Records that were put together from files. */
interface JoinedRecords {
  readonly data: readonly ImageData[];
  readonly records: CatalogRecords;
}

/** Macros that were defined from a file. */
interface DefinedMacros {
  readonly file: MacroFile;
  readonly base: Macros;
  /** Names and commands for which there was room. */
  readonly most: number;
  readonly defined: FileMacros;
}

/** Parts of catalogs, for the next time that the same files make them, and for all catalogs that share these. */
export interface KeptParts {
  readonly records: ReadonlyMap<string, JoinedRecords>;
  readonly macros: ReadonlyMap<string, DefinedMacros>;
}

/** Parts as they are made, or found among those of before. */
export interface PartsMaker extends KeptParts {
  recordsOf(paths: readonly string[], data: readonly ImageData[], join: JoinRecords): CatalogRecords;
  macrosOf(key: string, file: MacroFile, base: Macros, define: DefineMacros): FileMacros;
}

type JoinRecords = (data: readonly ImageData[]) => CatalogRecords;
type DefineMacros = (file: MacroFile, base: Macros, most: number) => FileMacros;

/** @param most names and commands of macros that may be held in all */
export function partsMaker(before: KeptParts, most: number): PartsMaker {
  const records = new Map<string, JoinedRecords>();
  const macros = new Map<string, DefinedMacros>();
  let room = most;
  /** Of what is held already and comes up again: another file that grows takes nothing away from it. */
  let reserved = [...before.macros.values()].reduce((sum, { defined }) => sum + defined.held, 0);
  return {
    records,
    macros,
    recordsOf(paths, data, join) {
      const key = JSON.stringify(paths);
      const was = records.get(key) ?? before.records.get(key);
      const isSame = was?.data.length === data.length && data.every((one, at) => one === was.data[at]);
      const joined = isSame ? was : { data, records: join(data) };
      records.set(key, joined);
      return joined.records;
    },
    macrosOf(key, file, base, define) {
      const shared = macros.get(key);
      if (shared !== undefined) return shared.defined;
      const was = before.macros.get(key);
      reserved -= was?.defined.held ?? 0;
      const free = Math.max(0, room - reserved);
      // What did not fit before may now, and what did may not.
      const fits = was !== undefined && was.defined.held <= was.most && was.defined.held <= free;
      const isSame = was?.file === file && was.base === base && (fits || was.most === free);
      const made = isSame ? was : { file, base, most: free, defined: define(file, base, free) };
      macros.set(key, made);
      // One that had not enough room has none of it: its macros are not used.
      room -= Math.min(made.defined.held, free);
      return made.defined;
    },
  };
}
