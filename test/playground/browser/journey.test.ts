import { expect, test } from "vitest";
import { pictureSize } from "../../../scripts/local/picture-size.ts";
import { describeInBrowser, shown } from "../../support/browser.ts";
import { SAVE_PATH } from "../../support/local.ts";
import { pngFile, testPattern } from "../../support/pixels.ts";

describeInBrowser("from a picture to what was saved of it", (playground) => {
  test("Picked, cropped by a rectangle, sharpened, saved, and seen as it was saved.", async () => {
    const { worker, open } = playground();
    const { page, errors } = await open();
    await page.getByRole("button", { name: "pattern.png" }).click();
    await shown(page, "640 × 480");
    expect(await page.locator("#url").inputValue()).toContain("/is/image/pattern.png?");

    await page
      .getByRole("group", { name: "Draw a rectangle" })
      .getByRole("button", { name: "Draw crop", exact: true })
      .click();
    const field = page.locator(".rectangle-field");
    await field.waitFor();
    const box = await field.boundingBox();
    if (box === null) throw new Error("there is nothing to draw on");
    // From the top left quarter's corner to the middle, beginning outside of the rectangle that is there.
    await page.mouse.move(box.x + box.width / 8, box.y + box.height / 8);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 4 });
    await page.mouse.up();
    await page.getByRole("button", { name: "Use it" }).click();
    const [, ...drawn] = /[?&]crop=(\d+),(\d+),(\d+),(\d+)/.exec(await page.locator("#url").inputValue()) ?? [];
    const [x = 0, y = 0, width = 0, height = 0] = drawn.map(Number);
    // A pixel of the page is more than one of the picture, or less.
    for (const [got, wanted] of [
      [x, 80],
      [y, 60],
      [width, 240],
      [height, 180],
    ] as const) {
      expect(Math.abs(got - wanted), String(drawn)).toBeLessThanOrEqual(2);
    }

    await page.getByLabel("Find a command").fill("sharpen");
    await page.getByRole("switch", { name: "op_sharpen" }).check();
    expect(await page.locator("#url").inputValue()).toContain("op_sharpen=1");
    await page.locator('#stage[aria-busy="false"]').waitFor();

    await page.getByRole("button", { name: "Save …" }).click();
    const dialog = page.getByRole("dialog", { name: "Save this picture" });
    expect(await dialog.locator("#save-name").inputValue()).toBe("pattern.jpg");
    await dialog.locator("#save-name").fill("journey.jpg");
    await dialog.getByRole("button", { name: "Save", exact: true }).click();
    const saved = dialog.getByRole("img", { name: "journey.jpg, as it was saved" });
    await saved.waitFor();
    await page.waitForFunction(
      () => (document.querySelector("#save-outcome img") as HTMLImageElement).naturalWidth > 0,
    );

    const object = await worker.saves.get(`${SAVE_PATH}/journey.jpg`);
    if (object === null) throw new Error("nothing was saved");
    const size = pictureSize(new Uint8Array(await object.arrayBuffer()));
    expect(await saved.evaluate((image: HTMLImageElement) => [image.naturalWidth, image.naturalHeight])).toEqual([
      size.width,
      size.height,
    ]);
    const properties = await dialog.locator("dl").textContent();
    for (const said of ["done", "journey.jpg", String(size.width), String(object.size), object.etag, "image/jpeg"]) {
      expect(properties).toContain(said);
    }
    expect(errors).toEqual([]);
  });

  test("A picture that is put in is shown, under another name where its own is taken.", async () => {
    const { worker, open } = playground();
    const { page } = await open({ at: "/is/image/pattern.png" });
    const file = { name: "my picture.png", mimeType: "image/png", buffer: pngFile(testPattern(40, 30)) };
    await page.getByLabel("Put one in").setInputFiles(file);
    await shown(page, "40 × 30");
    expect(await worker.sources.head("my-picture.png")).not.toBeNull();
    await page.getByLabel("Put one in").setInputFiles(file);
    await page.getByRole("button", { name: "my-picture-2.png" }).waitFor();
    expect(await worker.sources.head("my-picture-2.png")).not.toBeNull();
  });

  test("A save that is refused shows why.", async () => {
    const { page } = await playground().open({ at: "/is/image/pattern.png?wid=64" });
    await shown(page, "64 × 48");
    await page.getByRole("button", { name: "Save …" }).click();
    await page.locator("#save-name").fill("no/such/folder.jpg");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.locator("#save-outcome .wrong").waitFor();
    expect(await page.locator("#save-outcome").textContent()).toContain("folderMissing");
  });
});

describeInBrowser(
  "where saves need a token",
  (playground) => {
    test("The token that is typed is sent, and without it the refusal is shown.", async () => {
      const { worker, open } = playground();
      const { page } = await open({ at: "/is/image/pattern.png?wid=64" });
      await shown(page, "64 × 48");
      await page.getByRole("button", { name: "Save …" }).click();
      await page.locator("#save-name").fill("token.jpg");
      await page.getByRole("button", { name: "Save", exact: true }).click();
      await page.locator("#save-outcome .wrong").waitFor();
      expect(await worker.saves.head(`${SAVE_PATH}/token.jpg`)).toBeNull();
      await page.locator("#save-token").fill("a token of some length");
      await page.getByRole("button", { name: "Save", exact: true }).click();
      await page.locator("#save-outcome .done").waitFor();
      expect(await worker.saves.head(`${SAVE_PATH}/token.jpg`)).not.toBeNull();
    });
  },
  { SaveAccess: "token", SAVE_TOKEN: "a token of some length" },
);
