import { type Wrong, wrong } from "../problem.ts";
import type { Grammar } from "./grammar.ts";
import { int } from "./scalar.ts";

/** What `layer=` selects: the composite, a number (naming it, perhaps), or a name given elsewhere. */
export type LayerSelector =
  | { readonly kind: "comp"; readonly name?: string }
  | { readonly kind: "number"; readonly number: number; readonly name?: string }
  | { readonly kind: "name"; readonly name: string };

const MOST = 2_147_483_647;

/** `n`, `comp`, either with `,name`, or a name. Source: protocol.md 1.7. */
export const layer: Grammar<LayerSelector> = {
  wants: "a number, comp, or the name of a layer",
  shape: { kind: "layer" },
  read(value): LayerSelector | Wrong {
    const [first = "", name, ...more] = value.split(",");
    if (first === "" || name === "" || more.length > 0) return wrong(layer.wants, value);
    if (name !== undefined && (isComp(name) || /^\d+$/.test(name))) {
      return wrong("a name that is neither a number nor comp", name, first.length + 1);
    }
    const named = name === undefined ? {} : { name };
    if (isComp(first)) return { kind: "comp", ...named };
    if (/^\d+$/.test(first) && Number(first) <= MOST) return { kind: "number", number: Number(first), ...named };
    return name === undefined && !/^[+-]?\d/.test(first) ? { kind: "name", name: first } : wrong(layer.wants, value);
  },
  write(selector) {
    if (selector.kind === "name") return selector.name;
    const first = selector.kind === "comp" ? "comp" : String(selector.number);
    return selector.name === undefined ? first : `${first},${selector.name}`;
  },
};

/** `effect=`: negative behind its layer, positive on top of it. */
export const effect: Grammar<number> = {
  ...int({ min: -MOST, max: MOST }),
  wants: "a whole number other than 0",
  read(value) {
    const number = int({ min: -MOST, max: MOST }).read(value);
    return typeof number === "number" && number !== 0 ? number : wrong(effect.wants, value);
  },
};

function isComp(word: string): boolean {
  return word.toLowerCase() === "comp";
}
