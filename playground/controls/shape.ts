import type { Shape } from "../../src/protocol/grammar/grammar.ts";

/** What is offered for a value. */
export type Control =
  | {
      readonly kind: "slider";
      readonly min: number;
      readonly max: number;
      readonly whole: boolean;
      /** Of the slider; its number beside it takes any fraction. */
      readonly step: number;
    }
  | { readonly kind: "number"; readonly min?: number; readonly max?: number; readonly whole: boolean }
  | { readonly kind: "menu"; readonly words: readonly string[] }
  | { readonly kind: "switch" | "colour" | "text" }
  | { readonly kind: "fields"; readonly fields: readonly Field[] };

/** One of the values of a compound one, which are separated by commas. */
export interface Field {
  readonly name: string;
  readonly required: boolean;
  readonly control: Control;
  /** How many items it takes: a list of fixed length its length, another one all that are left. */
  readonly takes: number | "rest";
  /** Stands for it where it is required, and another one has been given. */
  readonly fallback: string;
}

/** Steps that a slider has at least, where fractions are possible: some for each pixel of its length. */
const FINE = 400;
/** Wider ranges cannot be hit with a slider. */
const WIDEST_SLIDER = 1000;

/** The control for a shape of values; `usual` is the default of its command, which may be a sentence. */
export function controlFor(shape: Shape, usual = ""): Control {
  switch (shape.kind) {
    case "number":
      return numberControl(shape);
    case "keyword":
      return { kind: "menu", words: shape.words };
    case "flag":
      return { kind: "switch" };
    case "colour":
      return { kind: "colour" };
    case "fields": {
      const usuals = usual.split(",");
      const fields = shape.fields.map(({ name, required, shape: of }, place): Field => {
        const control = controlFor(of);
        return { name, required, control, takes: itemsOf(of), fallback: fallbackFor(control, usuals[place] ?? "") };
      });
      return { kind: "fields", fields };
    }
    default:
      return { kind: "text" };
  }
}

function numberControl({ whole, min, max, above }: Extract<Shape, { kind: "number" }>): Control {
  if (min !== undefined && max !== undefined && max - min <= WIDEST_SLIDER) {
    return { kind: "slider", min, max, whole, step: whole ? 1 : 10 ** Math.floor(Math.log10((max - min) / FINE)) };
  }
  const least = min ?? (whole && above !== undefined ? above + 1 : above);
  return {
    kind: "number",
    whole,
    ...(least === undefined ? {} : { min: least }),
    ...(max === undefined ? {} : { max }),
  };
}

function itemsOf(shape: Shape): number | "rest" {
  if (shape.kind !== "list") return 1;
  return shape.max === shape.min ? shape.min : "rest";
}

/** What a field is when nobody has said it: its default where that is a value of its, else the plainest one. */
function fallbackFor(control: Control, usual: string): string {
  switch (control.kind) {
    case "slider":
      return isNumber(usual) ? usual : String(Math.max(0, control.min));
    case "number":
      return isNumber(usual) ? usual : String(Math.max(0, control.min ?? 0));
    case "menu":
      return control.words.includes(usual) ? usual : (control.words[0] ?? "");
    case "switch":
      return "0";
    case "colour":
      return "ffffff";
    default:
      return usual;
  }
}

function isNumber(text: string): boolean {
  return text !== "" && Number.isFinite(Number(text));
}

/** The texts of the fields of a value; those that it does not say are "". */
export function fieldTexts(value: string, fields: readonly Field[]): readonly string[] {
  const items = value === "" ? [] : value.split(",");
  let at = 0;
  return fields.map(({ takes }) => {
    const end = takes === "rest" ? items.length : at + takes;
    const text = items.slice(at, end).join(",");
    at = end;
    return text;
  });
}

/** The value that these texts make; "" where nothing is said. What is required and not said is filled in. */
export function fieldsValue(texts: readonly string[], fields: readonly Field[]): string {
  if (texts.every((text) => text === "")) return "";
  const filled = fields.map(({ required, fallback }, place) => texts[place] || (required ? fallback : ""));
  return filled.join(",").replace(/,+$/, "");
}
