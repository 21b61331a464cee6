import { expect, test } from "vitest";
import { describeInBrowser, shown } from "../../support/browser.ts";

describeInBrowser("the URL, both ways", (playground) => {
  test("Typing it changes the controls and the picture; the controls change it.", async () => {
    const { page, errors } = await playground().open({ at: "/is/image/pattern.png?wid=320" });
    await shown(page, "320 × 240");
    const url = page.locator("#url");
    await url.fill("/is/image/wide.jpg?wid=300&fit=stretch,1");
    await shown(page, "300 × 100");
    expect(await page.getByRole("spinbutton", { name: "wid", exact: true }).inputValue()).toBe("300");
    expect(await page.getByRole("combobox", { name: "fit mode" }).inputValue()).toBe("stretch");
    await page.getByRole("spinbutton", { name: "hei", exact: true }).fill("200");
    await shown(page, "300 × 200");
    expect(await url.inputValue()).toBe("/is/image/wide.jpg?wid=300&fit=stretch,1&hei=200");
    await page.getByRole("button", { name: "Clear hei" }).click();
    await shown(page, "300 × 100");
    expect(await url.inputValue()).toBe("/is/image/wide.jpg?wid=300&fit=stretch,1");
    expect(errors).toEqual([]);
  });

  test("A URL of Scene7 that is pasted keeps its object and its commands.", async () => {
    const { page } = await playground().open();
    await page.locator("#url").fill("https://s7d1.scene7.com/is/image/wide.jpg?wid=120&qlt=70");
    await shown(page, "120 × 40");
    await page.locator("#url").blur();
    expect(await page.locator("#url").inputValue()).toBe("/is/image/wide.jpg?wid=120&qlt=70");
  });

  test("The page's own address keeps it.", async () => {
    const { page } = await playground().open({ at: "/is/image/pattern.png?wid=50" });
    await page.getByRole("spinbutton", { name: "wid", exact: true }).fill("60");
    await shown(page, "60 × 45");
    await page.reload();
    await shown(page, "60 × 45");
  });

  test("What is wrong is marked at its character, and what is said of it leads there.", async () => {
    const { page } = await playground().open({ at: "/is/image/pattern.png?wid=50" });
    await shown(page, "50 × 38");
    const url = page.locator("#url");
    await url.fill("/is/image/pattern.png?wid=50&op_usm=1,1,300&hei=x");
    const marks = page.locator("#url-marks mark.wrong");
    await marks.nth(1).waitFor({ state: "attached" });
    expect(await marks.allTextContents()).toEqual(["300", "x"]);
    expect(await url.getAttribute("aria-invalid")).toBe("true");
    await page.getByRole("button", { name: "op_usm: wants threshold" }).click();
    const selected = await url.evaluate((field: HTMLTextAreaElement) =>
      field.value.slice(field.selectionStart, field.selectionEnd),
    );
    expect(selected).toBe("300");
    await url.fill("/is/image/pattern.png?wid=50");
    await shown(page, "50 × 38");
    expect(await marks.count()).toBe(0);
    expect(await url.getAttribute("aria-invalid")).toBe("false");
  });

  test("A mark lies on the character that it is about, in a URL of several lines too.", async () => {
    const { page } = await playground().open({ viewport: { width: 375, height: 800 } });
    const long = `/is/image/pattern.png?${"bgc=ffffff&".repeat(12)}wid=abc`;
    await page.locator("#url").fill(long);
    const mark = page.locator("#url-marks mark.wrong");
    await mark.waitFor({ state: "attached" });
    // The same text in the same font in both layers: as high as one another, whatever breaks where.
    const heights = await page.evaluate(() =>
      ["url", "url-marks"].map((id) => {
        const layer = document.getElementById(id) as HTMLElement;
        return [layer.scrollHeight, layer.clientHeight, layer.clientWidth];
      }),
    );
    expect(heights[0]).toEqual(heights[1]);
  });

  test("What is passed over, and what is not carried out yet, is said.", async () => {
    const { page } = await playground().open({ at: "/is/image/pattern.png?wid=50&ts=5&op_noise=10" });
    await shown(page, "50 × 38");
    const [note, ignored] = await page.locator("#url-remarks li").allTextContents();
    expect(note).toBe('"ts": there is no such command');
    expect(ignored).toContain("op_noise");
    expect(await page.locator("#url-marks mark.note").allTextContents()).toEqual(["5"]);
  });

  test("A URL that saves is shown, and nothing is saved by that.", async () => {
    const { worker, open } = playground();
    const { page } = await open({ at: "/is/image/pattern.png?wid=50&req=saveToFile&name=never.jpg" });
    await shown(page, "50 × 38");
    expect(await worker.saves.head("renditions/never.jpg")).toBeNull();
  });

  test("The picture that is shown is that of the last change, however late others come.", async () => {
    const held: (() => void)[] = [];
    const { page } = await playground().open({
      at: "/is/image/pattern.png?wid=50",
      before: async (opened) => {
        await opened.route(/wid=70$/, async (route) => {
          await new Promise<void>((go) => held.push(go));
          await route.continue().catch(() => {});
        });
      },
    });
    await shown(page, "50 × 38");
    const late = page.waitForRequest(/wid=70$/);
    await page.locator("#url").fill("/is/image/pattern.png?wid=70");
    await late;
    await page.locator("#url").fill("/is/image/pattern.png?wid=90");
    await shown(page, "90 × 68");
    for (const go of held) go();
    // Its own next answer has come, so that the late one would have, too.
    await page.locator("#url").fill("/is/image/pattern.png?wid=100");
    await shown(page, "100 × 75");
  });
});
