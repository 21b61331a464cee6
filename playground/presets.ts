import { askForJson, followToken } from "./asking.ts";
import { byId, element } from "./element.ts";
import type { Store } from "./store.ts";
import { presetIn, withPreset } from "./url/preset.ts";

interface Preset {
  readonly name: string;
  readonly definition: string;
}

/** The presets of the catalog that the object is of. */
export function presetMenu(store: Store): void {
  const select = byId("preset", HTMLSelectElement);
  const says = byId("preset-says", HTMLElement);
  let presets: readonly Preset[] = [];
  let catalog: string | undefined;

  const show = () => {
    const called = presetIn(store.state.address.query);
    const known = presets.find(({ name }) => name === called);
    // One that is called and not listed is shown all the same: it stands in the URL.
    const names = [...presets.map(({ name }) => name), ...(called !== "" && known === undefined ? [called] : [])];
    select.replaceChildren(
      element("option", { value: "" }, names.length === 0 ? "none in this catalog" : "none"),
      ...names.map((name) => element("option", { value: name, selected: name === called }, name)),
    );
    says.textContent = known?.definition ?? "";
    says.title = says.textContent;
  };
  const load = async () => {
    const { object } = store.state.address;
    try {
      presets = (await askForJson<{ presets: readonly Preset[] }>(`/presets.json?${new URLSearchParams({ object })}`))
        .presets;
    } catch {
      // Who may not see them can still write their names into the URL.
      presets = [];
    }
    show();
  };

  select.addEventListener("change", () => {
    const { address } = store.state;
    store.change({ address: { ...address, query: withPreset(address.query, select.value) } });
  });
  followToken(load);
  store.follow(({ address: { object } }) => {
    // Objects of one folder are of one catalog.
    const folder = object.slice(0, Math.max(0, object.lastIndexOf("/")));
    if (folder === catalog) {
      show();
      return;
    }
    catalog = folder;
    void load();
  });
}
