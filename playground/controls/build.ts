import { element } from "../element.ts";
import {
  colourInput,
  type Input,
  menuInput,
  numberInput,
  type Setting,
  sliderInput,
  switchInput,
  textInput,
} from "./inputs.ts";
import { type Control, type Field, fieldsValue, fieldTexts } from "./shape.ts";

/** The control on the page. */
export function inputFor(control: Control, setting: Setting): Input {
  switch (control.kind) {
    case "slider":
      return sliderInput(control, setting);
    case "number":
      return numberInput(control, setting);
    case "menu":
      return menuInput(control, setting);
    case "switch":
      return switchInput(setting);
    case "colour":
      return colourInput(setting);
    case "fields":
      return fieldsInput(control.fields, setting);
    case "text":
      return textInput(setting);
  }
}

/** Several values, one control each, which make one text with commas. */
function fieldsInput(fields: readonly Field[], setting: Setting): Input {
  let shown: readonly string[] = fields.map(() => "");
  const ownId = setting.labelledBy.split(" ").at(-1);
  const examples = fieldTexts(setting.placeholder, fields);
  const inputs = fields.map(({ name, control, fallback }, place) => {
    const label = element("span", { id: `${ownId}-${place}`, class: "field-name" }, name);
    const input = inputFor(control, {
      ...setting,
      labelledBy: `${setting.labelledBy} ${label.id}`,
      placeholder: examples[place] ?? "",
      usual: fallback,
      changed(text) {
        shown = shown.map((before, at) => (at === place ? text : before));
        setting.changed(fieldsValue(shown, fields));
      },
    });
    return { input, element: element("span", { class: "field" }, label, input.element) };
  });
  return {
    element: element("div", { class: "fields" }, ...inputs.map((each) => each.element)),
    show(value) {
      shown = fieldTexts(value, fields);
      for (const [place, { input }] of inputs.entries()) input.show(shown[place] ?? "");
    },
  };
}
