import { execFile, execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ROOT } from "../../scripts/local/bundle.ts";
import { LOCAL_VARS, type LocalWorker } from "../../scripts/local/worker.ts";
import { makeSamples } from "../../scripts/make-samples.ts";
import { commandsOf } from "../support/commands-of.ts";
import { asShown, blocksOf, examplesIn, hasCurl, printed } from "../support/documents.ts";
import { contentsOf, startBundled } from "../support/local.ts";

const BLOCKS = blocksOf("docs/migrating-from-scene7.md");

/** Two pages of a shop, as shops write them. */
const PAGES = {
  "index.html": `<img src="https://s7d2.scene7.com/is/image/Kiosk/harbour?wid=300&amp;hei=300&amp;fit=crop" alt="">
<img src='https://s7d2.scene7.com/is/image/Kiosk/harbour?$pdp$'>`,
  "quay/index.html": `<div style="background: url(https://s7d2.scene7.com/is/image/Kiosk/harbour:Square?wid=200)"></div>
<img src='https://s7d2.scene7.com/is/image/Kiosk/harbour?$pdp$'>`,
} as const;

/** Files of catalogs that the document shows, by their keys. */
const CATALOGS = BLOCKS.flatMap(({ language, text }) => {
  const [kind, key] = language.split(" ");
  return key !== undefined && (kind === "ini" || kind === "tsv") ? [{ key, text }] : [];
});

describe.skipIf(!hasCurl())("docs/migrating-from-scene7.md (where curl is installed)", () => {
  const folder = mkdtempSync(join(tmpdir(), "fixative-migrating-"));
  let worker: LocalWorker;
  beforeAll(async () => {
    for (const [path, page] of Object.entries(PAGES)) {
      mkdirSync(join(folder, "site", path, ".."), { recursive: true });
      writeFileSync(join(folder, "site", path), page);
    }
    worker = await startBundled({ vars: { ...LOCAL_VARS, CatalogRefresh: "0" } });
    await worker.saves.put("renditions/", "");
    const harbour = (await makeSamples()).find((path) => path.endsWith("harbour.jpg")) ?? "";
    await worker.sources.put("Kiosk/harbour.jpg", readFileSync(harbour));
  });
  afterAll(async () => {
    await worker?.stop();
    rmSync(folder, { recursive: true });
  });

  // In one test: the list that the first command makes is what the others read, and the catalogs come between them.
  test("every example gives what it shows", async () => {
    const examples = examplesIn(BLOCKS, "console");
    const pictures = examples.findIndex(({ command }) => command.includes("%{http_code}"));
    expect([CATALOGS.length, pictures]).toEqual([3, 4]);
    const env = { FIXATIVE: worker.url.origin, SITE: join(folder, "site"), LC_ALL: "C" };
    for (const [index, example] of examples.entries()) {
      if (index === pictures) for (const { key, text } of CATALOGS) await worker.sources.put(key, text);
      const got = await printed(example.command, env, folder);
      expect(`$ ${example.command}\n${got}`).toMatch(asShown(example));
    }
  });

  test("and its list is saved, once, by the commands of step 6", async () => {
    const commands = commandsOf("docs/migrating-from-scene7.md").filter(({ words }) => words[2] === "save");
    expect(commands).toHaveLength(2);
    execFileSync(process.execPath, ["scripts/build-cli.ts"], { cwd: ROOT });
    for (const { words } of commands) {
      const given = words.slice(2).map((word) => word.replaceAll('"', "").replace(/^https:.*/, worker.url.origin));
      const tool = [join(ROOT, "dist/fixative.js"), ...given];
      await promisify(execFile)(process.execPath, tool, { cwd: folder });
    }
    expect([...(await contentsOf(worker.saves)).keys()]).toEqual([
      "renditions/",
      "renditions/harbour-Square-none-200.jpg",
      "renditions/harbour-none-300.jpg",
      "renditions/harbour-pdp-auto.jpg",
    ]);
  });
});
