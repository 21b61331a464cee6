import { colour } from "../../src/protocol/grammar/colour.ts";
import { isWrong } from "../../src/protocol/problem.ts";
import { opaqueRgb } from "../../src/protocol/rgb.ts";
import { element } from "../element.ts";
import type { Control } from "./shape.ts";

/** A control on the page. */
export interface Input {
  readonly element: HTMLElement;
  /** Shows a value that came from elsewhere; "" where there is none. */
  show(value: string): void;
}

export interface Setting {
  /** Ids of the elements that name it. */
  readonly labelledBy: string;
  readonly describedBy: string;
  /** An example of what may stand there. */
  readonly placeholder: string;
  /** Where a slider rests while nothing is said. */
  readonly usual: string;
  /** Words that are marked as not carried out yet. */
  readonly planned: ReadonlySet<string>;
  /** Says what has been put in; "" where it was emptied. */
  changed(value: string): void;
}

type Of<Kind extends Control["kind"]> = Extract<Control, { kind: Kind }>;

function labels({ labelledBy, describedBy }: Setting) {
  return { "aria-labelledby": labelledBy, "aria-describedby": describedBy };
}

/** What somebody is typing right now is left to them. */
function fill(input: HTMLInputElement, value: string): void {
  if (document.activeElement !== input) input.value = value;
}

export function textInput(setting: Setting): Input {
  const input = element("input", {
    ...{ type: "text", autocomplete: "off", autocapitalize: "off", spellcheck: "false" },
    placeholder: setting.placeholder,
    ...labels(setting),
  });
  input.addEventListener("input", () => setting.changed(input.value));
  return { element: input, show: (value) => fill(input, value) };
}

export function numberInput({ min, max, whole }: Omit<Of<"number">, "kind">, setting: Setting): Input {
  const input = element("input", {
    // Fractions are typed as they come: what is not allowed, the server says, and where.
    ...{ type: "number", min, max, step: whole ? 1 : "any", inputmode: whole ? "numeric" : "decimal" },
    placeholder: setting.placeholder,
    ...labels(setting),
  });
  input.addEventListener("input", () => setting.changed(input.value));
  return { element: input, show: (value) => fill(input, isNumber(value) ? value : "") };
}

function isNumber(text: string): boolean {
  return text !== "" && Number.isFinite(Number(text));
}

/** A slider, with its number beside it. */
export function sliderInput({ min, max, step, whole }: Of<"slider">, setting: Setting): Input {
  const range = element("input", { type: "range", min, max, step, ...labels(setting) });
  const resting = isNumber(setting.usual) ? setting.usual : String(Math.max(0, min));
  range.value = resting;
  const number = numberInput({ min, max, whole }, setting);
  range.addEventListener("input", () => setting.changed(range.value));
  return {
    element: element("span", { class: "slider" }, range, number.element),
    show(value) {
      fill(range, isNumber(value) ? value : resting);
      number.show(value);
    },
  };
}

export function menuInput({ words }: Of<"menu">, setting: Setting): Input {
  const options = words.map((word) =>
    element("option", { value: word }, setting.planned.has(word) ? `${word} (planned)` : word),
  );
  const select = element("select", labels(setting), element("option", { value: "" }, "default"), ...options);
  select.addEventListener("change", () => setting.changed(select.value));
  return {
    element: select,
    show(value) {
      const word = words.find((each) => each.toLowerCase() === value.toLowerCase());
      select.value = word ?? "";
    },
  };
}

export function switchInput(setting: Setting): Input {
  const box = element("input", { type: "checkbox", role: "switch", ...labels(setting) });
  box.addEventListener("change", () => setting.changed(box.checked ? "1" : "0"));
  return {
    element: element("span", { class: "switch" }, box),
    show(value) {
      box.checked = /^(?:1|true)$/i.test(value);
    },
  };
}

/** A field to choose a colour, and its text: that may have transparency, and other spaces. */
export function colourInput(setting: Setting): Input {
  const picker = element("input", { type: "color", ...labels(setting) });
  const text = textInput(setting);
  picker.addEventListener("input", () => setting.changed(picker.value.slice(1)));
  return {
    element: element("span", { class: "colour" }, picker, text.element),
    show(value) {
      picker.value = hexOf(value) ?? "#ffffff";
      text.show(value);
    },
  };
}

function hexOf(text: string): string | undefined {
  const read = colour.read(text);
  if (isWrong(read)) return undefined;
  return `#${opaqueRgb(read)
    .map((value) => value.toString(16).padStart(2, "0"))
    .join("")}`;
}
