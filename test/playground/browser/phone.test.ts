import { expect, test } from "vitest";
import { describeInBrowser, shown } from "../../support/browser.ts";

describeInBrowser("on a phone", (playground) => {
  test.each([320, 375, 430])("Nothing is wider than a screen of %i pixels, with all commands open.", async (width) => {
    const at = "/is/image/wide.jpg?wid=2000&op_usm=1,1,5,0&bgc=ffffff&crop=10,10,1000,300";
    const { page } = await playground().open({ at, viewport: { width, height: 740 }, hasTouch: true, isMobile: true });
    await page.locator(".box img").waitFor();
    await page.evaluate(() => {
      for (const group of document.querySelectorAll("details")) group.open = true;
    });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    const wide = await page.evaluate(() =>
      [...document.querySelectorAll("main *, header *")]
        .filter((each) => each.closest(".strip") === null && each.getBoundingClientRect().right > innerWidth + 0.5)
        .map((each) => each.outerHTML.slice(0, 120)),
    );
    expect(wide).toEqual([]);
  });

  test("A rectangle is drawn with a finger.", async () => {
    const { page } = await playground().open({
      at: "/is/image/pattern.png?wid=320",
      ...{ viewport: { width: 375, height: 740 }, hasTouch: true, isMobile: true },
    });
    await shown(page, "320 × 240");
    await page
      .getByRole("group", { name: "Draw a rectangle" })
      .getByRole("button", { name: "Draw crop", exact: true })
      .tap();
    const field = page.locator(".rectangle-field");
    const box = await field.boundingBox();
    if (box === null) throw new Error("there is nothing to draw on");
    const touch = await page.context().newCDPSession(page);
    const point = (share: number) => ({ x: box.x + box.width * share, y: box.y + box.height * share });
    await touch.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [point(0.1)] });
    await touch.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: [point(0.3)] });
    await touch.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: [point(0.6)] });
    await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
    // The stroke has ended when its rectangle has the focus.
    await page.locator(".rectangle:focus").waitFor();
    // Of a tap that follows a stroke sooner than a hand can, Chromium makes no click: a busy machine sends them close together.
    await page.getByRole("button", { name: "Use it" }).click();
    await page.waitForFunction(() => (document.getElementById("url") as HTMLTextAreaElement).value.includes("crop="));
    const [, x, , width] = /crop=(\d+),(\d+),(\d+),/.exec(await page.locator("#url").inputValue()) ?? [];
    expect(Math.abs(Number(x) - 64)).toBeLessThanOrEqual(3);
    expect(Math.abs(Number(width) - 320)).toBeLessThanOrEqual(3);
  });
});
