import { element } from "../element.ts";
import { between, moved, type Point, type Rectangle, resized, type Size } from "./rectangle.ts";

export interface RectangleField {
  readonly element: HTMLElement;
  focus(): void;
}

/** A step of the keyboard, as a share of the picture's side; with Ctrl or Alt it is one pixel. */
const STEP = 0.02;
const ARROWS: ReadonlyMap<string, Point> = new Map([
  ["ArrowLeft", { x: -1, y: 0 }],
  ["ArrowRight", { x: 1, y: 0 }],
  ["ArrowUp", { x: 0, y: -1 }],
  ["ArrowDown", { x: 0, y: 1 }],
]);

/**
 * A rectangle over a picture: drawn or moved with a pointer, at its corner sized; by arrow keys moved, and with Shift sized.
 *
 * @param within pixels of the picture, whatever its size on the page
 */
export function rectangleField(
  within: Size,
  begin: Rectangle,
  name: string,
  changed: (rectangle: Rectangle) => void,
): RectangleField {
  let rectangle = begin;
  const corner = element("span", { class: "corner" });
  const label = `${name}: arrow keys move it, with Shift they size it, Enter uses it, Escape leaves`;
  const frame = element("button", { type: "button", class: "rectangle", "aria-label": label }, corner);
  const field = element("div", { class: "rectangle-field" }, frame);

  const show = (to: Rectangle) => {
    rectangle = to;
    const share = (value: number, whole: number) => `${(100 * value) / whole}%`;
    frame.style.left = share(to.x, within.width);
    frame.style.top = share(to.y, within.height);
    frame.style.width = share(to.width, within.width);
    frame.style.height = share(to.height, within.height);
    changed(to);
  };
  const pointAt = ({ clientX, clientY }: PointerEvent): Point => {
    const { left, top, width, height } = field.getBoundingClientRect();
    return { x: ((clientX - left) / width) * within.width, y: ((clientY - top) / height) * within.height };
  };

  field.addEventListener("pointerdown", (down) => {
    if (down.button !== 0) return;
    down.preventDefault();
    field.setPointerCapture(down.pointerId);
    const [from, before] = [pointAt(down), rectangle];
    const act = actionAt(down.target, frame, corner);
    const move = (event: PointerEvent) => {
      const to = pointAt(event);
      const by = { x: to.x - from.x, y: to.y - from.y };
      show(act === "draw" ? between(from, to, within) : (act === "size" ? resized : moved)(before, by, within));
    };
    const up = () => {
      field.removeEventListener("pointermove", move);
      frame.focus();
    };
    field.addEventListener("pointermove", move);
    field.addEventListener("pointerup", up, { once: true });
    field.addEventListener("pointercancel", up, { once: true });
  });

  frame.addEventListener("keydown", (event) => {
    const arrow = ARROWS.get(event.key);
    if (arrow === undefined) return;
    event.preventDefault();
    const isFine = event.ctrlKey || event.altKey;
    const step = (direction: number, side: number) => direction * (isFine ? 1 : Math.max(1, Math.round(side * STEP)));
    const by = { x: step(arrow.x, within.width), y: step(arrow.y, within.height) };
    show((event.shiftKey ? resized : moved)(rectangle, by, within));
  });

  show(begin);
  return { element: field, focus: () => frame.focus() };
}

function actionAt(target: EventTarget | null, frame: Element, corner: Element): "draw" | "move" | "size" {
  if (target === corner) return "size";
  return target === frame ? "move" : "draw";
}
