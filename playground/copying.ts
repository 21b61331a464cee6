import { byId } from "./element.ts";
import type { Language } from "./language.ts";
import { suggestedName } from "./saving/suggested-name.ts";
import type { Preview } from "./stage/preview.ts";
import type { Store } from "./store.ts";
import { sentAddress } from "./url/address.ts";
import { curlCommand, imageTag } from "./url/srcset.ts";

/** Copies the URL, as itself or in what one would write it into. */
export function copyButtons(store: Store, language: Language, preview: Preview): void {
  const says = byId("said", HTMLElement);
  const url = () => `${location.origin}${sentAddress(store.state.address)}`;
  const texts: readonly (readonly [id: string, text: () => string | undefined])[] = [
    ["copy-url", url],
    ["copy-curl", () => curlCommand(url(), suggestedName(store.state.address.object, preview.plan?.output.mime))],
    ["copy-srcset", () => preview.plan && imageTag(store.state.address, preview.plan.size, location.origin, language)],
  ];
  for (const [id, text] of texts) {
    byId(id, HTMLButtonElement).addEventListener("click", async () => {
      const written = text();
      if (written === undefined) {
        says.textContent = "There is no picture yet whose width could be known.";
        return;
      }
      try {
        await navigator.clipboard.writeText(written);
        says.textContent = `Copied: ${written}`;
      } catch {
        // Only pages of this machine, or behind TLS, may write into the clipboard.
        says.textContent = written;
      }
    });
  }
}
