import type { LoadedRecords } from "../catalog-loading.ts";
import { loadPeer } from "./load.ts";

type Row = Readonly<Record<string, string>>;

interface PapaParse {
  readonly default: {
    parse(
      text: string,
      options: { readonly header: true; readonly delimiter: string; readonly skipEmptyLines: true },
    ): { readonly data: readonly Row[] };
  };
}

/** Image data as most would load it: parsed into an object a record, and these in a Map by their ids. Nothing is checked. */
export async function papaparseLoading(): Promise<(bytes: Uint8Array) => LoadedRecords> {
  const { default: papaparse } = await loadPeer<PapaParse>("papaparse");
  return (bytes) => {
    const text = new TextDecoder().decode(bytes);
    const { data } = papaparse.parse(text, { header: true, delimiter: "\t", skipEmptyLines: true });
    const records = new Map(data.map((row) => [row.Id ?? "", row]));
    return { size: records.size, ids: () => [...records.keys()], find: (id) => records.get(id) };
  };
}
