import { button, byId, element } from "../element.ts";
import { type Command, commandFor, type Language } from "../language.ts";
import type { Store } from "../store.ts";
import { type Address, sentAddress } from "../url/address.ts";
import { valueIn, withValue } from "../url/values.ts";
import { sizeText, thrownText } from "../wording.ts";
import { boxOf, type Preview } from "./preview.ts";
import { middleOf, type Rectangle, readRectangle, rectangleText, type Size } from "./rectangle.ts";
import { rectangleField } from "./rectangle-field.ts";
import { askForPlan } from "./rendering.ts";

/** Pixels; a picture is drawn on in this width at most. */
const WIDEST = 1200;

/** Lets somebody draw the rectangle of a command on the picture that it is measured in. */
export function drawingOf(store: Store, language: Language, preview: Preview): (command: Command) => Promise<void> {
  const canvas = byId("canvas", HTMLElement);
  const bar = byId("drawing", HTMLElement);
  const tools = byId("tools", HTMLElement);

  return async (command) => {
    const { frame } = command;
    if (frame === undefined) return;
    const { address, section } = store.state;
    const end = () => {
      bar.hidden = true;
      tools.hidden = false;
      preview.hold(false);
      tools.querySelector("button")?.focus();
    };
    preview.hold(true);
    try {
      const ground = await groundOf(address, command, language, section);
      const said = valueIn(address.query, command, language, section);
      const begin = (said && readRectangle(said, ground.size, frame.unit)) || middleOf(ground.size);
      const says = element("output", { class: "reading" });
      let drawn: Rectangle = begin;
      const field = rectangleField(ground.size, begin, command.name, (rectangle) => {
        drawn = rectangle;
        says.textContent = `${command.name}=${rectangleText(rectangle, ground.size, frame.unit)} of ${sizeText(ground.size)}`;
      });
      const use = () => {
        const value = rectangleText(drawn, ground.size, frame.unit);
        store.change({
          address: { ...address, query: withValue(address.query, command, value, language, section) },
        });
        end();
      };
      field.element.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" && event.key !== "Escape") return;
        event.preventDefault();
        if (event.key === "Enter") use();
        else end();
      });
      const image = element("img", { src: ground.url, alt: "", draggable: "false" });
      const box = boxOf(ground.size, image, field.element);
      // As large as there is room, however small the picture is: a hand has to hit it.
      box.classList.add("ground");
      canvas.replaceChildren(box);
      bar.replaceChildren(says, button("Use it", use, { class: "main" }), button("Cancel", end));
      [bar.hidden, tools.hidden] = [false, true];
      field.focus();
    } catch (thrown) {
      end();
      byId("said", HTMLElement).textContent = thrownText(thrown);
    }
  };
}

/** The picture that a command's rectangle is measured in: its whole size, and a URL of it that is small enough to be shown. */
async function groundOf(
  { object, query }: Address,
  command: Command,
  language: Language,
  section: number,
): Promise<{ readonly size: Size; readonly url: string }> {
  const { signal } = new AbortController();
  const isOfView = command.frame?.of === "view";
  const address = { object, query: groundQuery(query, command, language, section) };
  const plan = await askForPlan(address, language, signal);
  const size = isOfView ? plan.size : plan.composite;
  const width = commandFor(language, "width");
  const small = withValue(address.query, width, String(Math.min(WIDEST, size.width)), language);
  return { size, url: sentAddress({ object, query: isOfView ? address.query : small }) };
}

/** The request without what lies between its picture and the one that the rectangle is measured in. */
function groundQuery(query: string, command: Command, language: Language, section: number): string {
  switch (command.frame?.of) {
    case "source":
      return "";
    case "composite":
      return language.commands
        .filter(({ scope }) => scope === "view")
        .reduce((rest, each) => withValue(rest, each, undefined, language), query);
    default:
      return withValue(query, command, undefined, language, section);
  }
}
