import { controlsInto } from "./controls/panel.ts";
import { copyButtons } from "./copying.ts";
import { editorOf } from "./editor.ts";
import { byId } from "./element.ts";
import { loadLanguage } from "./language.ts";
import { pictureStrip } from "./pictures/strip.ts";
import { presetMenu } from "./presets.ts";
import { saveDialog } from "./saving/dialog.ts";
import { drawingOf } from "./stage/drawing.ts";
import { previewOf } from "./stage/preview.ts";
import { storeOf } from "./store.ts";
import { readAddress, writeAddress } from "./url/address.ts";
import { thrownText } from "./wording.ts";

try {
  const language = await loadLanguage();
  byId("version", HTMLElement).textContent = language.version;
  // The URL lives in the page's own address, so that reloading keeps it and a link can be sent.
  const store = storeOf({ address: readAddress(location.hash.slice(1)), section: 0 });
  const editor = editorOf(store);
  const preview = previewOf(store, language, editor);
  const draw = drawingOf(store, language, preview);
  controlsInto(byId("controls", HTMLElement), byId("draw", HTMLElement), language, store, draw);
  pictureStrip(store, language);
  presetMenu(store);
  copyButtons(store, language, preview);
  saveDialog(store, language, preview);
  const keep = () => {
    const { address } = store.state;
    if (address.object !== "") history.replaceState(null, "", `#${writeAddress(address)}`);
  };
  store.follow(atMostEvery(400, keep));
  addEventListener("hashchange", () => store.change({ address: readAddress(location.hash.slice(1)) }));
} catch (thrown) {
  byId("said", HTMLElement).textContent = `The page cannot work: ${thrownText(thrown)}`;
}
// Now everything has its place: what was seen before would have moved.
document.body.classList.remove("starting");

/** Browsers refuse who changes their address many times a second, as a slider would: the first time at once, the last one at the end. */
function atMostEvery(milliseconds: number, act: () => void): () => void {
  let isResting = false;
  let isWanted = false;
  const now = () => {
    isWanted = false;
    isResting = true;
    act();
    setTimeout(() => {
      isResting = false;
      if (isWanted) now();
    }, milliseconds);
  };
  return () => {
    if (isResting) isWanted = true;
    else now();
  };
}
