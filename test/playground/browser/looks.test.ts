import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { ROOT } from "../../../scripts/local/bundle.ts";
import { describeInBrowser, shown } from "../../support/browser.ts";
import { LANGUAGE } from "../../support/language.ts";

const AXE = readFileSync(join(ROOT, "node_modules/axe-core/axe.min.js"), "utf8");

/** What axe finds: rule, and the elements that it is about. */
async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE);
  const found = (await page.evaluate("axe.run()")) as {
    readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
  };
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}

/** Adds up what moves of its own accord from now on, and what has since the page was there. */
async function watchShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const shifts: unknown[] = [];
    Object.assign(globalThis, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { sources?: { node?: Element }[] })[]) {
        shifts.push(entry.sources?.map(({ node }) => node?.id || node?.className || node?.nodeName));
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
}
const shiftsOn = (page: Page) => page.evaluate("shifts");

describeInBrowser("the page", (playground) => {
  describe.each(["light", "dark"] as const)("in %s", (colorScheme) => {
    test("Everything has a label and enough contrast, with all commands open.", async () => {
      const { page, errors } = await playground().open({
        colorScheme,
        at: "/is/image/pattern.png?wid=320&ts=1&hei=2&wid=x",
      });
      await page.locator("#url-marks mark").first().waitFor({ state: "attached" });
      expect(await violations(page)).toEqual([]);
      await page.evaluate(() => {
        for (const group of document.querySelectorAll("details")) group.open = true;
      });
      expect(await violations(page)).toEqual([]);
      await page.locator("#url").fill("/is/image/pattern.png?wid=320");
      await shown(page, "320 × 240");
      expect(await violations(page)).toEqual([]);
      await page.getByRole("button", { name: "Save …" }).click();
      await page.locator("#save-name").fill(`axe-${colorScheme}.jpg`);
      await page.getByRole("button", { name: "Save", exact: true }).click();
      await page.locator("#save-outcome img").waitFor();
      expect(await violations(page)).toEqual([]);
      // What was wrong on purpose was refused; nothing else was.
      expect(errors.filter((text) => !text.includes("status of 403"))).toEqual([]);
    });

    test("A rectangle that is drawn has a label too.", async () => {
      const { page } = await playground().open({ colorScheme, at: "/is/image/pattern.png?wid=320" });
      await shown(page, "320 × 240");
      await page.getByRole("group", { name: "Draw a rectangle" }).getByRole("button").first().click();
      await page.locator(".rectangle-field").waitFor();
      expect(await violations(page)).toEqual([]);
    });
  });

  test("Nothing moves while the preview loads: neither the first one, nor one of other proportions.", async () => {
    let gate = Promise.withResolvers<void>();
    const { page, errors } = await playground().open({
      at: "/is/image/pattern.png?wid=320",
      before: async (opened) => {
        await watchShifts(opened);
        await opened.route(/is\/image\/[^?]*\?(?!wid=192)[^#]*$/, async (route) => {
          await gate.promise;
          await route.continue();
        });
      },
    });
    await page.getByRole("button", { name: "pattern.png" }).waitFor();
    gate.resolve();
    await shown(page, "320 × 240");
    gate = Promise.withResolvers<void>();
    const asked = page.waitForRequest(/wide\.jpg\?wid=600/);
    await page.locator("#url").fill("/is/image/wide.jpg?wid=600&ts=1");
    await asked;
    // Half a second after somebody has typed, what moves is no answer to that any more.
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 600)));
    gate.resolve();
    await shown(page, "600 × 200");
    expect(await shiftsOn(page)).toEqual([]);
    expect(errors).toEqual([]);
  });

  test("Every command of /commands.json is there, with its state where that is not done.", async () => {
    const { page } = await playground().open();
    const row = page.locator(".command");
    await row.first().waitFor({ state: "attached" });
    expect(await row.count()).toBe(LANGUAGE.commands.length);
    for (const { name, state } of LANGUAGE.commands) {
      const said = await page.locator(`.command:has(#command-${name})`).locator(".state").allTextContents();
      expect(said, name).toEqual(state === "done" ? [] : [state]);
    }
  });

  test("Presets are those of the catalog of the picture, and one that is chosen is called.", async () => {
    const { page } = await playground().open({ at: "/is/image/shop/pattern.png?qlt=70" });
    const preset = page.getByLabel("Preset");
    await preset.locator("option", { hasText: "small" }).waitFor({ state: "attached" });
    await preset.selectOption("small");
    expect(await page.locator("#url").inputValue()).toBe("/is/image/shop/pattern.png?$small$&qlt=70");
    expect(await page.locator("#preset-says").textContent()).toBe("wid=48&hei=36");
  });

  test("What is copied is the URL, a command for the shell, or an image tag.", async () => {
    const { worker, open } = playground();
    const { page } = await open({
      at: "/is/image/pattern.png?wid=320",
      permissions: ["clipboard-read", "clipboard-write"],
    });
    await shown(page, "320 × 240");
    const url = new URL("/is/image/pattern.png?wid=320", worker.url).href;
    const copied = async (name: string) => {
      await page.getByRole("group", { name: "Copy" }).getByRole("button", { name, exact: true }).click();
      await page.locator("#said", { hasText: "Copied" }).waitFor();
      return page.evaluate(() => navigator.clipboard.readText());
    };
    expect(await copied("URL")).toBe(url);
    expect(await copied("curl")).toBe(`curl -o 'pattern.jpg' '${url}'`);
    expect(await copied("srcset")).toContain(`${url} 320w`);
  });
});
