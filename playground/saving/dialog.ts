import { readProperties } from "../../src/serve/read-properties.ts";
import { askAsOwner, followToken, refusalOf, setToken } from "../asking.ts";
import { byId, element } from "../element.ts";
import { commandFor, type Language } from "../language.ts";
import type { Preview } from "../stage/preview.ts";
import { asType } from "../stage/rendering.ts";
import type { Store } from "../store.ts";
import { escapedPath, sentAddress } from "../url/address.ts";
import { withValue } from "../url/values.ts";
import { thrownText } from "../wording.ts";
import { suggestedName } from "./suggested-name.ts";

/** Saves the picture of the URL under a name, and shows what was answered and what was saved. */
export function saveDialog(store: Store, language: Language, preview: Preview): void {
  const dialog = byId("save", HTMLDialogElement);
  const form = byId("save-form", HTMLFormElement);
  const name = byId("save-name", HTMLInputElement);
  const token = byId("save-token", HTMLInputElement);
  const submit = byId("save-submit", HTMLButtonElement);
  const outcome = byId("save-outcome", HTMLElement);

  byId("open-save", HTMLButtonElement).addEventListener("click", () => {
    name.value ||= suggestedName(store.state.address.object, preview.plan?.output.mime);
    outcome.replaceChildren();
    dialog.showModal();
    name.select();
  });
  byId("close-save", HTMLButtonElement).addEventListener("click", () => dialog.close());
  token.addEventListener("change", () => setToken(token.value));
  followToken(() => outcome.replaceChildren());

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    submit.disabled = true;
    outcome.replaceChildren(element("p", { class: "busy" }, "Saving …"));
    try {
      outcome.replaceChildren(...shown(await save(store, language, name.value)));
    } catch (thrown) {
      outcome.replaceChildren(element("p", { class: "wrong" }, thrownText(thrown)));
    } finally {
      submit.disabled = false;
    }
  });
}

/** A save goes by a form, as a POST: no cache and no prefetch can ever repeat it. */
async function save(store: Store, language: Language, name: string): Promise<ReadonlyMap<string, string>> {
  const { object, query } = store.state.address;
  const named = withValue(query, commandFor(language, "saveName"), name, language);
  const [path = "", body = ""] = sentAddress({ object, query: named }, asType("saveToFile", language)).split(/\?(.*)/s);
  const headers = { "Content-Type": "application/x-www-form-urlencoded" };
  const reply = await askAsOwner(path, { method: "POST", body, headers });
  const text = await reply.text();
  const properties = readProperties(text);
  // What is no answer to a save comes from something in between.
  if (properties === undefined) throw refusalOf(reply.status, text);
  return properties.values;
}

function shown(properties: ReadonlyMap<string, string>): readonly Node[] {
  const rows = [...properties].flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, value)]);
  const list = element("dl", { class: "properties" }, ...rows);
  const saved = properties.get("name");
  if (properties.get("status") !== "done" || saved === undefined) {
    const message = properties.get("message") ?? "The server has refused the save.";
    return [element("p", { class: "wrong" }, message), list];
  }
  // Its etag makes another address of another version: none that was cached is shown for it.
  const address = `/is/content/${escapedPath(saved)}?${new URLSearchParams({ etag: properties.get("etag") ?? "" })}`;
  const size = { width: properties.get("width"), height: properties.get("height") };
  const image = element("img", { src: address, alt: `${saved}, as it was saved`, ...size });
  image.addEventListener(
    "error",
    () => image.replaceWith(element("p", {}, "Saved; this server does not show saved files.")),
    {
      once: true,
    },
  );
  const link = element("a", { href: address, target: "_blank", rel: "noopener" }, saved);
  return [element("p", { class: "done" }, "Saved: ", link), image, list];
}
