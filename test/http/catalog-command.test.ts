import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { ROOT } from "../../scripts/local/bundle.ts";

const folder = mkdtempSync(join(tmpdir(), "fixative-check-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs `npm run catalog` as npm does. */
function catalog(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["scripts/catalog.ts", ...args], { cwd: ROOT });
  return { status, stdout: stdout.toString(), stderr: stderr.toString() };
}

/** A folder with a catalog whose image data this is. */
function withImages(name: string, images: string): string {
  const path = join(folder, name);
  mkdirSync(join(path, "acme"), { recursive: true });
  writeFileSync(join(path, "acme.ini"), "RootId=acme\r\nCatalogFile=acme/images.txt\r\n");
  writeFileSync(join(path, "acme/images.txt"), images);
  return path;
}

describe("npm run catalog", () => {
  test("The sample catalogs are clean: 0.", () => {
    expect(catalog("check", "scripts/samples/catalogs")).toEqual({
      status: 0,
      stdout: "4 files, 1 catalog beside the default one, 6 records: no problems, no notes\n",
      stderr: "",
    });
  });

  test("Notes alone are 0 as well.", () => {
    const { status, stdout } = catalog("check", withImages("notes", "Id\tPath\tColour\nshoe\ta.jpg\tred\n"));
    expect(stdout).toMatch(/^acme\/images\.txt:1:9: note: .*"Colour"\n.*: no problems, 1 note\n$/);
    expect(status).toBe(0);
  });

  test("A problem is 1, on a line that editors understand.", () => {
    const { status, stdout } = catalog("check", withImages("wrong", "Id\tPath\tModifier\nshoe\ta.jpg\twid=abc\n"));
    expect(stdout).toBe(
      'acme/images.txt:2:16: entry: Modifier: wid: wants a number of pixels > 0, got "abc"\n' +
        "2 files, 1 catalog beside the default one, 1 record: 1 problem, no notes\n",
    );
    expect(status).toBe(1);
  });

  test("Pictures are looked for with --sources alone.", () => {
    const path = withImages("pictures", "Id\tPath\nshoe\ta.jpg\n");
    const pictures = join(folder, "sources");
    mkdirSync(pictures);
    expect(catalog("check", path).status).toBe(0);
    expect(catalog("check", path, "--sources", pictures).status).toBe(1);
    writeFileSync(join(pictures, "a.jpg"), "");
    expect(catalog("check", path, "--sources", pictures).status).toBe(0);
  });

  test.each([
    [[]],
    [["check"]],
    [["look", "scripts/samples/catalogs"]],
    [["check", "scripts/samples/catalogs", "more"]],
    [["check", "no-such-folder"]],
    [["check", "scripts/samples/catalogs", "--sources", "no-such-folder"]],
    [["check", "scripts/samples/catalogs", "--pictures", "samples"]],
  ])("%j is not asked properly: 2, with the usage, and nothing on standard output.", (args) => {
    const { status, stdout, stderr } = catalog(...args);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("npm run -s catalog -- check <folder>");
  });
});
