import { button, element } from "../element.ts";
import { type Language, plannedWords } from "../language.ts";
import type { Store } from "../store.ts";
import { sectionsOf, valueIn, withValue } from "../url/values.ts";
import { type CommandRow, commandRow, type RowActions } from "./command-row.ts";

/** Groups that are open at first: what nearly every picture says. */
const SHOWN_FIRST = 1;

/**
 * All commands of the protocol, in their groups, with a search over them; and a button for each rectangle that can be drawn.
 *
 * @param tools where those buttons go
 */
export function controlsInto(
  panel: HTMLElement,
  tools: HTMLElement,
  language: Language,
  store: Store,
  draw: RowActions["draw"],
): void {
  const planned = plannedWords(language);
  const change: RowActions["change"] = (command, value) => {
    const { address, section } = store.state;
    const said = value === "" ? undefined : value;
    store.change({
      address: { ...address, query: withValue(address.query, command, said, language, section) },
    });
  };
  const rows = language.commands.map((command) => commandRow(command, language, planned, { change, draw }));
  const groups = groupsOf(rows);
  const search = searchField(groups);
  const sections = sectionMenu(language, store);
  store.follow(({ address, section }) => {
    for (const row of rows) row.show(valueIn(address.query, row.command, language, section));
    for (const { count, rows } of groups) {
      const said = rows.filter(({ isSaid }) => isSaid).length;
      count.textContent = said === 0 ? "" : `${said} set`;
    }
  });
  panel.replaceChildren(search, sections, ...groups.map(({ details }) => details), legend(language));
  const drawn = language.commands.filter(({ frame, state }) => frame !== undefined && state === "done");
  tools.append(
    ...drawn.map((command) => button(command.name, () => draw(command), { "aria-label": `Draw ${command.name}` })),
  );
}

interface Group {
  readonly rows: readonly CommandRow[];
  readonly details: HTMLDetailsElement;
  readonly count: HTMLElement;
}

function groupsOf(rows: readonly CommandRow[]): readonly Group[] {
  const byTitle = Map.groupBy(rows, ({ command }) => command.group);
  // What is about the view comes before what is about the file: most pictures begin with their size.
  const titles = [...byTitle.keys()].sort((one, other) => weightOf(byTitle, one) - weightOf(byTitle, other));
  return titles.map((title, place) => {
    const own = byTitle.get(title) ?? [];
    const count = element("span", { class: "count" });
    const summary = element("summary", {}, element("span", {}, title), count);
    const details = element("details", { open: place < SHOWN_FIRST }, summary, ...own.map((row) => row.element));
    return { rows: own, details, count };
  });
}

function weightOf(groups: ReadonlyMap<string, readonly CommandRow[]>, title: string): number {
  return groups.get(title)?.some(({ command }) => command.role === "width") ? 0 : 1;
}

function searchField(groups: readonly Group[]): HTMLElement {
  const input = element("input", { type: "search", id: "find", placeholder: "Name, or what it does" });
  const built = element("input", { type: "checkbox", id: "built" });
  const filter = () => {
    const text = input.value.trim().toLowerCase();
    for (const { details, rows } of groups) {
      let shown = 0;
      for (const { element: row, command } of rows) {
        const isBuilt = command.state === "done" || command.state === "partial";
        const isFound = [command.name, ...command.aliases, command.about].some((each) =>
          each.toLowerCase().includes(text),
        );
        row.hidden = !isFound || (built.checked && !isBuilt);
        if (!row.hidden) shown++;
      }
      details.hidden = shown === 0;
      if (text !== "" && shown > 0) details.open = true;
    }
  };
  input.addEventListener("input", filter);
  built.addEventListener("change", filter);
  return element(
    "div",
    { class: "search" },
    element("label", { for: "find" }, "Find a command"),
    input,
    element("label", { class: "check" }, built, "Only what is carried out"),
  );
}

/** What the states of commands mean. */
function legend({ states }: Language): HTMLElement {
  const rows = Object.entries(states).flatMap(([state, means]) => [
    element("dt", {}, element("span", { class: "state" }, state)),
    element("dd", {}, means),
  ]);
  return element("dl", { class: "legend" }, ...rows);
}

/** Which layer the controls are about, where the query has more than one stretch. */
function sectionMenu(language: Language, store: Store): HTMLElement {
  const select = element("select", { id: "section" });
  const field = element("div", { class: "sections" }, element("label", { for: "section" }, "Controls are for"), select);
  select.addEventListener("change", () => store.change({ section: Number(select.value) }));
  store.follow(({ address, section }) => {
    const sections = sectionsOf(address.query, language);
    if (section >= sections.length) {
      store.change({ section: 0 });
      return;
    }
    field.hidden = sections.length === 1;
    select.replaceChildren(
      ...sections.map(({ title }, place) =>
        element("option", { value: place, selected: place === section }, title === "" ? "the beginning" : title),
      ),
    );
  });
  return field;
}
