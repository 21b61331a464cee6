import { byId } from "../element.ts";

/** Files that are chosen, or dropped anywhere on the page. */
export function takeFiles(put: (files: readonly File[]) => void): void {
  const input = byId("file", HTMLInputElement);
  input.addEventListener("change", () => {
    put([...(input.files ?? [])]);
    input.value = "";
  });
  const isOfFiles = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes("Files") === true;
  addEventListener("dragover", (event) => {
    if (!isOfFiles(event)) return;
    event.preventDefault();
    document.body.classList.add("dropping");
  });
  addEventListener("dragleave", (event) => {
    // Out of the window, not from one element to the next.
    if (event.relatedTarget === null) document.body.classList.remove("dropping");
  });
  addEventListener("drop", (event) => {
    document.body.classList.remove("dropping");
    if (!isOfFiles(event)) return;
    event.preventDefault();
    put([...(event.dataTransfer?.files ?? [])]);
  });
}
