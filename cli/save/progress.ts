import type { Entry } from "./entries.ts";

/** What is told while it goes on. */
export interface Progress {
  /** @param before saved by earlier runs */
  begin(total: number, before: number): void;
  saved(entry: Entry): void;
  failed(entry: Entry, error: string, message: string): void;
  note(text: string): void;
  end(): void;
}
