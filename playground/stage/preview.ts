import { Refusal } from "../asking.ts";
import type { Editor } from "../editor.ts";
import { byId, element } from "../element.ts";
import type { Language } from "../language.ts";
import type { Store } from "../store.ts";
import { type Address, sentAddress } from "../url/address.ts";
import { notesIn, problemsIn, type Remark } from "../url/problems.ts";
import { bytesText, sizeText, thrownText, timeText } from "../wording.ts";
import type { Size } from "./rectangle.ts";
import { askForNotes, askForPicture, askForPlan, type Plan } from "./rendering.ts";

/** Nobody sees the pictures in between while they type or drag. */
const PAUSE_MS = 200;

export interface Preview {
  /** That of the picture that is shown; undefined where there is none. */
  readonly plan: Plan | undefined;
  /** While it is held, the stage is somebody else's. */
  hold(isHeld: boolean): void;
}

/** The picture of the URL as it is now, with what it took. Whatever comes too late is dropped. */
export function previewOf(store: Store, language: Language, editor: Editor): Preview {
  const stage = byId("stage", HTMLElement);
  const canvas = byId("canvas", HTMLElement);
  let asking = new AbortController();
  let shown: { readonly plan: Plan; readonly sent: string; readonly url: string } | undefined;
  let wanted = "";
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isHeld = false;

  const render = async () => {
    asking.abort();
    asking = new AbortController();
    const { signal } = asking;
    const { address } = store.state;
    if (isHeld) return;
    if (address.object === "") {
      clear("Pick a picture, or drop one in.");
      return;
    }
    stage.setAttribute("aria-busy", "true");
    try {
      const plan = await askForPlan(address, language, signal);
      if (shown === undefined) canvas.replaceChildren(boxOf(plan.size));
      const [picture, notes] = await Promise.all([
        askForPicture(address, language, signal),
        askForNotes(address, language, signal),
      ]);
      const url = URL.createObjectURL(picture.file);
      const image = element("img", { src: url, alt: `${address.object}, ${sizeText(plan.size)}` });
      await image.decode().catch(() => {});
      if (signal.aborted || isHeld) {
        URL.revokeObjectURL(url);
        return;
      }
      // A box of its own, in place of the one before: what is replaced does not move.
      canvas.replaceChildren(boxOf(plan.size, image));
      if (shown !== undefined) URL.revokeObjectURL(shown.url);
      shown = { plan, sent: sentAddress(address), url };
      editor.show({ problems: [], notes: [...notesIn(notes, address), ...ignoredIn(plan)] });
      showFacts([
        sizeText(plan.size),
        bytesText(picture.file.size),
        timeText(picture.milliseconds),
        bytesText(plan.peak.total),
      ]);
    } catch (thrown) {
      if (signal.aborted) return;
      clear(thrown instanceof Refusal ? "No picture" : "No answer");
      editor.show({ problems: remarksOf(thrown, address), notes: [] });
    } finally {
      if (!signal.aborted) stage.setAttribute("aria-busy", "false");
    }
  };
  const clear = (says: string) => {
    if (shown !== undefined) URL.revokeObjectURL(shown.url);
    shown = undefined;
    canvas.replaceChildren(element("p", { class: "nothing" }, says));
    stage.setAttribute("aria-busy", "false");
    showFacts(["–", "–", "–", "–"]);
  };

  store.follow(({ address }) => {
    const sent = sentAddress(address);
    if (sent === wanted) return;
    wanted = sent;
    clearTimeout(timer);
    timer = setTimeout(render, PAUSE_MS);
  });

  return {
    get plan() {
      return shown?.sent === sentAddress(store.state.address) ? shown.plan : undefined;
    },
    hold(held) {
      isHeld = held;
      clearTimeout(timer);
      if (held) {
        asking.abort();
        stage.setAttribute("aria-busy", "false");
      } else void render();
    },
  };
}

/** Has the place of a picture of this size, in its proportions, whether it is there or not. */
export function boxOf({ width, height }: Size, ...children: readonly Node[]): HTMLElement {
  const box = element("div", { class: "box" }, ...children);
  box.style.setProperty("--width", String(width));
  box.style.setProperty("--height", String(height));
  return box;
}

function showFacts(texts: readonly [size: string, bytes: string, time: string, peak: string]): void {
  for (const [place, id] of ["fact-size", "fact-bytes", "fact-time", "fact-peak"].entries()) {
    byId(id, HTMLElement).textContent = texts[place] ?? "";
  }
}

function remarksOf(thrown: unknown, address: Address): readonly Remark[] {
  return thrown instanceof Refusal ? problemsIn(thrown.message, address) : [{ says: thrownText(thrown) }];
}

function ignoredIn({ ignored = [] }: Plan): readonly Remark[] {
  return ignored.map((name) => ({ says: `${name}: read, and not carried out yet` }));
}
