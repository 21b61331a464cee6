import { existsSync } from "node:fs";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe } from "vitest";
import { LOCAL_VARS, type LocalWorker } from "../../scripts/local/worker.ts";
import { SAVE_PATH, startBundled } from "./local.ts";
import { jpegFile, pngFile, testPattern } from "./pixels.ts";

/** Where distributions put it; CHROME_PATH goes before them. */
const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const CHROMIUM = [process.env.CHROME_PATH, ...PLACES].find((path) => path !== undefined && existsSync(path));

/** The playground of a Worker with two pictures and a catalog, in a browser. */
export interface Playground {
  readonly worker: LocalWorker;
  /** A page of its own, at the playground; what goes wrong on it is gathered. */
  open(options?: Opening): Promise<Opened>;
}

export interface Opening extends BrowserContextOptions {
  /** Behind the `#` of its address. */
  readonly at?: string;
  /** Is done before anything is asked for. */
  readonly before?: (page: Page) => Promise<void>;
}

export interface Opened {
  readonly page: Page;
  /** Errors in the console, in scripts, and of what could not be loaded. */
  readonly errors: readonly string[];
}

/** Tests in a real browser: skipped where there is none. */
export function describeInBrowser(
  title: string,
  tests: (playground: () => Playground) => void,
  vars: Readonly<Record<string, string>> = {},
): void {
  describe.skipIf(CHROMIUM === undefined)(title, () => {
    let worker: LocalWorker;
    let browser: Browser;
    beforeAll(async () => {
      worker = await startBundled({ vars: { ...LOCAL_VARS, ...vars }, quiet: true });
      await worker.sources.put("pattern.png", pngFile(testPattern(640, 480)));
      await worker.sources.put("wide.jpg", jpegFile(testPattern(1200, 400)));
      await worker.sources.put("catalogs/shop.ini", "RootId=shop\nMacroFile=shop/macros.txt\n");
      await worker.sources.put("catalogs/shop/macros.txt", "Name\tDefinition\nsmall\twid=48&hei=36\n");
      await worker.saves.put(`${SAVE_PATH}/`, "");
      browser = await chromium.launch({ executablePath: CHROMIUM as string, args: ["--no-sandbox"] });
    });
    afterAll(async () => {
      await browser?.close();
      await worker?.stop();
    });
    tests(() => ({ worker, open: (options) => open(browser, worker, options) }));
  });
}

async function open(browser: Browser, worker: LocalWorker, { at, before, ...options }: Opening = {}): Promise<Opened> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const errors: string[] = [];
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  page.on("pageerror", (error) => errors.push(String(error)));
  await before?.(page);
  await page.goto(new URL(at === undefined ? "/" : `/#${at}`, worker.url).href);
  return { page, errors };
}

/** Waits until the stage shows a picture of this size. */
export async function shown(page: Page, size: string): Promise<void> {
  await page.locator(`#stage[aria-busy="false"] img[alt$="${size}"]`).waitFor();
}
