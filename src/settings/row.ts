import type { Reader, Written } from "../protocol/grammar/grammar.ts";

interface Described {
  /** As it would stand in wrangler.toml. */
  readonly default: string;
  readonly about: string;
}

/**
 * `traced`: what is saved may depend on it, so that the provenance of a rendition names it where it is not at its default.
 * What only refuses is not, nor what the request says by the time that it is kept (serve/save/provenance.ts).
 */
export type SettingRow = Described &
  (
    | { readonly grammar: Reader<unknown>; readonly traced?: false }
    | { readonly grammar: Written<unknown>; readonly traced: true }
  );
