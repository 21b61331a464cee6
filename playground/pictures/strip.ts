import { followToken, Refusal, wantsToken } from "../asking.ts";
import { button, byId, element } from "../element.ts";
import { commandFor, type Language } from "../language.ts";
import { askForPlan } from "../stage/rendering.ts";
import type { Store } from "../store.ts";
import { escapedPath, sentAddress } from "../url/address.ts";
import { withValue } from "../url/values.ts";
import { bytesText, thrownText } from "../wording.ts";
import { takeFiles } from "./files.ts";
import { keyFor, type Listing, listSources, numberedKey, putSource, type Source } from "./listing.ts";

/** CSS pixels; thumbnails are asked for in twice of it, for fine screens. */
const THUMBNAIL = 96;
/** What a picture is first shown in, where nobody has said anything else. */
const FIRST_WIDTH = 800;
const FIRST_QUERY_MS = 5000;
/** Names that are tried for a file whose name is taken. */
const MOST_NAMES = 20;
/** The status of a key that is taken. */
const TAKEN = 412;

/** The pictures of the bucket, and the way for a new one. */
export function pictureStrip(store: Store, language: Language): void {
  const strip = byId("strip", HTMLElement);
  const say = (text: string) => {
    byId("pictures-say", HTMLElement).textContent = text;
  };

  let picked: Source | undefined;
  const pick = async (source: Source) => {
    picked = source;
    const object = escapedPath(source.key);
    const before = store.state.address;
    const query = before.query === "" ? await firstQuery(object, language) : before.query;
    // Another one may have been picked, or a URL typed, while this one's size was looked up.
    if (picked === source && store.state.address === before) store.change({ address: { object, query } });
  };
  const thumbnail = (source: Source) => {
    const query = withValue("", commandFor(language, "width"), String(2 * THUMBNAIL), language);
    const src = sentAddress({ object: escapedPath(source.key), query });
    const image = element("img", { src, alt: "", loading: "lazy", width: THUMBNAIL, height: THUMBNAIL });
    // A file that is no picture has its name alone.
    image.addEventListener("error", () => image.replaceWith(element("span", { class: "no-thumbnail" })), {
      once: true,
    });
    const picture = element("button", { type: "button", class: "picture" }, image, element("span", {}, source.key));
    picture.title = `${source.key}, ${bytesText(source.size)}`;
    picture.addEventListener("click", () => pick(source));
    const item = element("li", { "data-object": escapedPath(source.key) }, picture);
    mark(item, store.state.address.object);
    return item;
  };
  const add = ({ objects, cursor }: Listing) => {
    strip.querySelector(".more")?.remove();
    strip.append(...objects.map(thumbnail));
    if (cursor === undefined) return;
    const more = button("More", () => load(cursor), { class: "picture" });
    strip.append(element("li", { class: "more" }, more));
  };
  const load = async (cursor?: string) => {
    try {
      const listing = await listSources("", cursor);
      if (cursor === undefined) strip.replaceChildren();
      add(listing);
      say(strip.childElementCount === 0 ? "There is no picture yet: drop one in." : "");
      const [first] = listing.objects;
      if (store.state.address.object === "" && first !== undefined) await pick(first);
    } catch (thrown) {
      const way = wantsToken(thrown) ? "Give the token under Save to list pictures." : "Name one in the URL.";
      say(`${thrownText(thrown)} ${way}`);
    }
  };
  const put = async (files: readonly File[]) => {
    for (const file of files) {
      say(`Putting ${file.name}, ${bytesText(file.size)} …`);
      try {
        const source = await putUnderFreeName(file);
        strip.prepend(thumbnail(source));
        say(`${source.key} is there.`);
        await pick(source);
      } catch (thrown) {
        say(`${file.name}: ${thrownText(thrown)}`);
      }
    }
  };

  takeFiles(put);
  followToken(() => load());
  store.follow(({ address }) => {
    for (const item of strip.children) mark(item, address.object);
  });
  void load();
}

/** A width that fits the page, and is not more than the picture has. */
async function firstQuery(object: string, language: Language): Promise<string> {
  const whole = askForPlan({ object, query: "" }, language, AbortSignal.timeout(FIRST_QUERY_MS));
  // What is wrong with the picture, its preview will say.
  const width = await whole.then((plan) => plan.composite.width).catch(() => FIRST_WIDTH);
  return withValue("", commandFor(language, "width"), String(Math.min(FIRST_WIDTH, width)), language);
}

function mark(item: Element, object: string): void {
  const isShown = item.getAttribute("data-object") === object;
  item.querySelector("button")?.setAttribute("aria-pressed", String(isShown));
}

async function putUnderFreeName(file: File): Promise<Source> {
  const key = keyFor(file.name);
  for (let number = 1; ; number++) {
    try {
      return await putSource(number === 1 ? key : numberedKey(key, number), file);
    } catch (thrown) {
      if (number >= MOST_NAMES || !(thrown instanceof Refusal) || thrown.status !== TAKEN) throw thrown;
    }
  }
}
