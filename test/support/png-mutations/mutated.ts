import { chunksOf } from "../png-chunks.ts";
import { type Next, often, oneOf } from "./chance.ts";
import { CONTAINER } from "./container.ts";
import { DATA } from "./data.ts";

const OFTEN = { container: often(CONTAINER), data: often(DATA), any: often([...CONTAINER, ...DATA]) };

export interface Mutated {
  /** What was done to it. */
  readonly what: string;
  readonly file: Uint8Array;
}

/** A PNG after one of these mutations, and now and then after another of all. */
export function mutatedPng(file: Uint8Array, of: "container" | "data", next: Next): Mutated {
  const [what, , mutation] = oneOf(OFTEN[of], next);
  const once = mutation(file, next);
  if (next() > 0.25 || chunksOf(once).length === 0) return { what, file: once };
  const [more, , another] = oneOf(OFTEN.any, next);
  return { what: `${what}, and ${more}`, file: another(once, next) };
}
