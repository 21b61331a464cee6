import { byId, element } from "./element.ts";
import type { Store } from "./store.ts";
import { readAddress, writeAddress } from "./url/address.ts";
import type { Remark } from "./url/problems.ts";

/** What the server says of the URL. */
export interface Verdict {
  readonly problems: readonly Remark[];
  readonly notes: readonly Remark[];
}

export interface Editor {
  show(verdict: Verdict): void;
}

/** The URL as text: typing changes everything else, and everything else changes it. What is wrong is marked in it. */
export function editorOf(store: Store): Editor {
  const field = byId("url", HTMLTextAreaElement);
  const marks = byId("url-marks", HTMLElement);
  const remarks = byId("url-remarks", HTMLElement);
  let verdict: Verdict = { problems: [], notes: [] };

  const mark = () => {
    const pieces = marked(field.value, queryAt(field.value), verdict);
    marks.replaceChildren(...pieces);
    // It grows with its text; the layer behind it has the same text, and so the same height.
    field.style.height = `${marks.offsetHeight}px`;
  };
  const write = () => {
    field.value = writeAddress(store.state.address);
    mark();
  };
  const line = ({ says, range }: Remark, kind: string) => {
    if (range === undefined) return element("li", { class: kind }, says);
    const show = element("button", { type: "button", class: "link" }, says);
    show.addEventListener("click", () => {
      const at = queryAt(field.value);
      field.focus();
      field.setSelectionRange(at + range.from, at + range.to);
    });
    return element("li", { class: kind }, show);
  };

  field.addEventListener("input", () => store.change({ address: readAddress(field.value) }));
  // A URL has no lines, and the picture is already on its way.
  field.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
  field.addEventListener("blur", write);
  addEventListener("resize", mark);
  store.follow(() => {
    if (document.activeElement === field) mark();
    else write();
  });
  return {
    show(latest) {
      verdict = latest;
      const { problems, notes } = latest;
      field.setAttribute("aria-invalid", String(problems.length > 0));
      remarks.replaceChildren(
        ...problems.map((problem) => line(problem, "wrong")),
        ...notes.map((note) => line(note, "note")),
      );
      mark();
    },
  };
}

/** Where the query begins in the text of the field. */
function queryAt(text: string): number {
  const at = text.indexOf("?");
  return at < 0 ? text.length : at + 1;
}

/** The same text with marks around what remarks are about. */
function marked(text: string, start: number, { problems, notes }: Verdict): readonly (Node | string)[] {
  const kinds = [...problems.map((each) => [each, "wrong"] as const), ...notes.map((each) => [each, "note"] as const)];
  const ranges = kinds
    .flatMap(([{ range }, kind]) =>
      range === undefined ? [] : [{ from: start + range.from, to: start + range.to, kind }],
    )
    .sort((one, other) => one.from - other.from);
  const pieces: (Node | string)[] = [];
  let at = 0;
  for (const { from, to, kind } of ranges) {
    if (from < at) continue;
    pieces.push(text.slice(at, from), element("mark", { class: kind }, text.slice(from, to)));
    at = to;
  }
  // A last line that is empty has no height of its own.
  pieces.push(`${text.slice(at)}\u200b`);
  return pieces;
}
