import type { Wrong } from "../problem.ts";

/** How a value is read from text. */
export interface Reader<T> {
  /** What a value should be, as it stands in messages and in the documentation. */
  readonly wants: string;
  read(text: string): T | Wrong;
}

/** How the value of a command is read from text and written back. Texts are percent-decoded, but for `raw` ones. */
export interface Grammar<T> extends Reader<T> {
  /** The same for machines: what a form would offer. */
  readonly shape: Shape;
  /** Reads the text as it stands in the URL: it holds a request of its own, which is decoded piece by piece. */
  readonly raw?: true;
  /** `read(write(value))` is `value`. */
  write(value: T): string;
}

/** How a value is read and written back: `read(write(value))` is `value`. */
export type Written<T> = Pick<Grammar<T>, "wants" | "read" | "write">;

export type GrammarValue<G> = G extends Reader<infer T> ? T : never;

/** What a grammar takes, as data. */
export type Shape =
  | {
      readonly kind: "number";
      readonly whole: boolean;
      readonly min?: number;
      readonly max?: number;
      readonly above?: number;
      readonly below?: number;
    }
  | { readonly kind: "keyword"; readonly words: readonly string[] }
  | { readonly kind: "flag" | "text" | "colour" | "path" | "object" | "source" | "layer" }
  | { readonly kind: "fields"; readonly fields: readonly FieldShape[] }
  | { readonly kind: "list"; readonly of: Shape; readonly min: number; readonly max?: number }
  | { readonly kind: "either"; readonly of: readonly Shape[] };

interface FieldShape {
  readonly name: string;
  readonly required: boolean;
  readonly shape: Shape;
}
