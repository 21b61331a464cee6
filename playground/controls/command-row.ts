import { button, element } from "../element.ts";
import type { Command, Language } from "../language.ts";
import { inputFor } from "./build.ts";
import { controlFor } from "./shape.ts";

/** What a row of the panel may do. */
export interface RowActions {
  /** Says the command's value, "" to take it back. */
  change(command: Command, value: string): void;
  /** Opens the picture to draw a rectangle on it. */
  draw(command: Command): void;
}

export interface CommandRow {
  readonly command: Command;
  readonly element: HTMLElement;
  readonly isSaid: boolean;
  show(value: string | undefined): void;
}

/** A command: its name and state, what it does, its control, and how to take it back. */
export function commandRow(
  command: Command,
  language: Language,
  planned: ReadonlySet<string>,
  actions: RowActions,
): CommandRow {
  const { name, state, about, wants, shape, frame } = command;
  const id = `command-${name}`;
  const clear = button("Clear", () => actions.change(command, ""), {
    class: "quiet clear",
    "aria-label": `Clear ${name}`,
  });
  const input = inputFor(controlFor(shape, command.default), {
    labelledBy: id,
    describedBy: `${id}-about`,
    placeholder: exampleOf(command),
    usual: command.default,
    planned,
    changed: (value) => actions.change(command, value),
  });
  const badge = state === "done" ? [] : [element("span", { class: "state", title: language.states[state] }, state)];
  const draw =
    frame === undefined ? [] : [button("Draw", () => actions.draw(command), { "aria-label": `Draw ${name}` })];
  const row = element(
    "div",
    { class: "command", role: "group", "aria-labelledby": id, "data-state": state },
    element("div", { class: "command-head" }, element("code", { id, class: "command-name" }, name), ...badge, clear),
    element("p", { id: `${id}-about`, class: "about" }, about),
    input.element,
    ...draw,
    element("p", { class: "default", title: `wants ${wants}` }, `Default: ${command.default}`),
  );
  let isSaid = false;
  return {
    command,
    element: row,
    get isSaid() {
      return isSaid;
    },
    show(value) {
      isSaid = value !== undefined;
      row.toggleAttribute("data-said", isSaid);
      // Its place is kept: nothing moves when it comes.
      clear.style.visibility = isSaid ? "visible" : "hidden";
      input.show(value ?? "");
    },
  };
}

/** The value of the example, without its name. */
function exampleOf({ example }: Command): string {
  return example.slice(example.indexOf("=") + 1);
}
