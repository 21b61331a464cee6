import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { describeInBrowser, shown } from "../../support/browser.ts";
import { SAVE_PATH } from "../../support/local.ts";

/** Tab, until the element that has the focus is the one with this name; every step of the way must be seen. */
async function tabTo(page: Page, name: RegExp, most = 200): Promise<void> {
  for (let step = 0; step < most; step++) {
    await page.keyboard.press("Tab");
    const focused = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement;
      const labels = (element.getAttribute("aria-labelledby") ?? "").split(" ").filter((id) => id !== "");
      const label = labels.map((id) => document.getElementById(id)?.textContent).join(" ");
      const own = (element as HTMLInputElement).labels?.[0]?.textContent;
      const seen = getComputedStyle(element).outlineStyle !== "none" || element.closest(".url, .file") !== null;
      return {
        name: element.getAttribute("aria-label") ?? (label || own) ?? element.textContent ?? "",
        seen,
        tag: element.tagName,
      };
    });
    if (focused.tag !== "BODY") expect(focused.seen, `the focus on ${focused.name} is seen`).toBe(true);
    if (name.test(focused.name.trim())) return;
  }
  throw new Error(`Tab never came to ${name}`);
}

describeInBrowser("by the keyboard alone", (playground) => {
  test("A picture is picked, cropped, made darker and saved.", async () => {
    const { worker, open } = playground();
    const { page, errors } = await open();
    await page.getByRole("button", { name: "wide.jpg" }).waitFor();
    await page.locator('#stage[aria-busy="false"] .box img').waitFor();
    await tabTo(page, /^wide\.jpg$/);
    await page.keyboard.press("Enter");
    await shown(page, "640 × 213");

    await tabTo(page, /^Draw crop$/);
    await page.keyboard.press("Enter");
    await page.locator(".rectangle-field").waitFor();
    // It begins as the middle half: 300,100 600 × 200. 24 pixels are a step of 1200, 8 of 400.
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Shift+ArrowRight");
    await page.keyboard.press("Control+ArrowUp");
    await page.keyboard.press("Enter");
    expect(await page.locator("#url").inputValue()).toContain("crop=276,107,624,200");

    await tabTo(page, /^Find a command$/);
    await page.keyboard.type("brightness");
    await tabTo(page, /^op_brightness$/);
    await page.keyboard.press("ArrowLeft");
    expect(await page.locator("#url").inputValue()).toContain("op_brightness=-1");

    await tabTo(page, /^Save …$/);
    await page.keyboard.press("Enter");
    await page.keyboard.type("keyboard.jpg");
    await page.keyboard.press("Enter");
    await page.locator("#save-outcome .done").waitFor();
    expect(await worker.saves.head(`${SAVE_PATH}/keyboard.jpg`)).not.toBeNull();
    await page.keyboard.press("Escape");
    expect(await page.getByRole("dialog").count()).toBe(0);
    expect(errors).toEqual([]);
  });

  test("Escape leaves the drawing as if it had never been.", async () => {
    const { page } = await playground().open({ at: "/is/image/pattern.png?wid=320" });
    await shown(page, "320 × 240");
    await page.locator("#draw").getByRole("button", { name: "Draw crop", exact: true }).press("Enter");
    await page.locator(".rectangle-field").waitFor();
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("Escape");
    await shown(page, "320 × 240");
    expect(await page.locator("#url").inputValue()).toBe("/is/image/pattern.png?wid=320");
  });
});
