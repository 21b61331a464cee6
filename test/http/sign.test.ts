import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ROOT } from "../../scripts/local/bundle.ts";
import { devVars } from "../../scripts/local/dev-vars.ts";
import { LOCAL_VARS, type LocalWorker } from "../../scripts/local/worker.ts";
import { ask, form } from "../support/ask.ts";
import { contentsOf, SAVE_PATH, startBundled } from "../support/local.ts";
import { pngFile, testPattern } from "../support/pixels.ts";
import { doneOf, refusedOf, savePath } from "../support/save.ts";

const SIGN_KEY = "a secret to sign with";
const MARKER = `${SAVE_PATH}/`;
const HOUR = 3600;

/** Runs `npm run sign` as npm does. */
function sign(args: readonly string[], key: string | undefined = SIGN_KEY) {
  const env = { ...process.env, SIGN_KEY: key };
  const { status, stdout, stderr } = spawnSync(process.execPath, ["scripts/sign.ts", ...args], { cwd: ROOT, env });
  return { status, stdout: stdout.toString(), stderr: stderr.toString() };
}

/** The URL that the script prints, alone on its line, with nothing said beside it. */
function signedBy(...args: readonly string[]): URL {
  const { status, stdout, stderr } = sign(args);
  expect([status, stderr]).toEqual([0, ""]);
  expect(stdout).toMatch(/^\S+\n$/);
  return new URL(stdout.trim());
}

const pathOf = (url: URL) => url.pathname + url.search;

describe("npm run sign", () => {
  const URL_OF_A_SAVE = "https://pictures.example/is/image/a?req=saveToFile&name=a.jpg";

  test.each([
    [[], HOUR],
    [["--expires", "90s"], 90],
    [["--expires", "15m"], 900],
    [["--expires=1h"], HOUR],
    [["--expires", "1d"], 24 * HOUR],
  ])("With %j a signature is valid for %d seconds.", (args, seconds) => {
    const before = Math.floor(Date.now() / 1000);
    const { search } = signedBy(URL_OF_A_SAVE, ...args);
    const after = Math.floor(Date.now() / 1000);
    const [, expires] = /^\?req=saveToFile&name=a\.jpg&expires=(\d{10})&sig=[\da-f]{64}$/.exec(search) ?? [];
    expect(Number(expires)).toBeGreaterThanOrEqual(before + seconds);
    expect(Number(expires)).toBeLessThanOrEqual(after + seconds);
  });

  test("A life that the Worker refuses unless it is told otherwise is signed with a warning beside it.", () => {
    const { status, stdout, stderr } = sign([URL_OF_A_SAVE, "--expires", "25h"]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^https:\S+\n$/);
    expect(stderr).toContain("MaxSignedLife");
  });

  test.each([["--expires=1w"], ["--expires="], ["--expires"], ["--life=1h"], [URL_OF_A_SAVE]])(
    "Arguments that end in %s are refused, saying what is wanted.",
    (...args) => {
      const { status, stdout, stderr } = sign([URL_OF_A_SAVE, ...args]);
      expect([status, stdout]).toEqual([1, ""]);
      expect(stderr).toMatch(/90s.*1d/);
      expect(stderr).not.toMatch(/^\s+at /m);
    },
  );

  test.each([
    ["", "http"],
    ["/is/image/a?req=saveToFile", "http"],
    ["pictures.example/is/image/a?req=saveToFile", "http"],
    ["ftp://pictures.example/is/image/a?req=saveToFile", "http"],
    ["https://pictures.example/a?req=saveToFile", "/is/image/"],
    ["https://pictures.example/is/image/a", "modifiers"],
    ["https://pictures.example/is/image/a?", "modifiers"],
    ["https://pictures.example/is/image/a?name=a#1.jpg", "%23"],
    ["https://pictures.example/is/image/a?name=a#", "%23"],
    ["https://user:password@pictures.example/is/image/a?name=a", "password"],
    ["https://pictures.example/is/image/a?expires=1795360000", "neither expires nor sig"],
    ["https://pictures.example/is/image/a?wid=5&amp;S%49G=1", "neither expires nor sig"],
  ])("A URL that cannot be meant is refused: %s", (url, wanted) => {
    const { status, stdout, stderr } = sign([url]);
    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr).toContain(wanted);
  });

  test("Without a URL, and without a secret, nothing is signed.", () => {
    expect(sign([])).toMatchObject({ status: 1, stdout: "", stderr: /one URL is wanted/ });
    const unset = sign([URL_OF_A_SAVE], "");
    expect([unset.status, unset.stdout]).toEqual([1, ""]);
    expect(unset.stderr).toContain("SIGN_KEY");
  });
});

describe("a Worker whose saves are signed, as .dev.vars says", () => {
  let folder: string;
  let worker: LocalWorker;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "fixative-"));
    writeFileSync(join(folder, ".dev.vars"), `# local\nSaveAccess = signed\nSIGN_KEY="${SIGN_KEY}"\n`);
    worker = await startBundled({ vars: { ...LOCAL_VARS, ...devVars(folder) } });
    await worker.sources.put("pattern.png", pngFile(testPattern(80, 60)));
    await worker.sources.put("it's {a} [b]^`|.png", pngFile(testPattern(80, 60)));
    await worker.saves.put(MARKER, "");
  });
  afterAll(async () => {
    await worker?.stop();
    rmSync(folder, { recursive: true });
  });

  const urlOf = (path: string) => new URL(path, worker.url).href;
  const keys = async () => [...(await contentsOf(worker.saves)).keys()];

  test.each([
    ["pattern", "wid=40", "plain.jpg"],
    ["pattern", "wid=40&.comment=it's", "it's a {new} [one]|^`é\\\".jpg"],
    ["it's {a} [b]^`|", "wid=40&fmt=png", "odd path.png"],
    ["../../x/../is/image/pattern", "wid=40&hei=30&fit=crop,1", "dots.jpg"],
  ])("%s?%s is saved by the URL that the script prints, as %s.", async (object, modifiers, name) => {
    const url = signedBy(urlOf(`/is/image/${object}?${modifiers}&req=saveToFile&name=${name}`));
    // A name with a backslash in it is refused for that, by a Worker that has let the signature pass.
    const reply = await ask(worker.url, pathOf(url));
    if (name.includes("\\")) expect(refusedOf(reply).error).toBe("nameInvalid");
    else expect(doneOf(reply)).toMatchObject({ width: 40, height: 30 });
  });

  test("The same URL saves again, whatever its client is, until it expires.", async () => {
    const path = pathOf(signedBy(urlOf(savePath("pattern", "wid=40", "again.jpg")), "--expires", "90s"));
    doneOf(await ask(worker.url, path));
    doneOf(await ask(worker.url, path, { headers: { "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "image" } }));
  });

  test("A client that spells it otherwise means the same.", async () => {
    const path = pathOf(signedBy(urlOf(savePath("pattern", "wid=40&.comment='", "spelled.jpg"))));
    expect(path).toContain("%27");
    doneOf(await ask(worker.url, path.replace("%27", "'").replace("/is/", "/x/../is/")));
  });

  test("Whatever else is refused with a sentence of its own, and nothing is written.", async () => {
    const before = await keys();
    const save = savePath("pattern", "wid=40", "never.jpg");
    const path = pathOf(signedBy(urlOf(save)));
    const errorOf = async (...asking: Parameters<typeof ask>) => refusedOf(await ask(...asking)).error;
    const { url } = worker;

    expect(await errorOf(url, save)).toBe("signatureMissing");
    expect(await errorOf(url, `${path}&wid=41`)).toBe("signatureMissing");
    expect(await errorOf(url, path.replace("wid=40", "wid=41"))).toBe("signatureWrong");
    expect(await errorOf(url, path.replace("?", "?sig=&"))).toBe("signatureWrong");
    expect(await errorOf(url, path, { headers: { Host: "pictures.example" } })).toBe("signatureWrong");
    expect(await errorOf(url, path, { headers: { Purpose: "prefetch" } })).toBe("savePrefetch");
    expect(await errorOf(url, path, { method: "POST" })).toBe("signedPost");
    expect(await errorOf(url, "/is/image/pattern", form("req=saveToFile&name=never.jpg"))).toBe("signedPost");
    const other = sign([urlOf(save)], "another secret").stdout.trim();
    expect(await errorOf(url, pathOf(new URL(other)))).toBe("signatureWrong");
    const long = sign([urlOf(save), "--expires", "25h"]).stdout.trim();
    expect(await errorOf(url, pathOf(new URL(long)))).toBe("signatureTooLong");
    expect(await keys()).toEqual(before);
  });

  test("A signature that has expired is refused, and so is the URL with a later time.", async () => {
    const path = pathOf(signedBy(urlOf(savePath("pattern", "wid=40", "late.jpg")), "--expires", "1s"));
    const [, expires = ""] = /expires=(\d+)/.exec(path) ?? [];
    await expect.poll(() => Date.now(), { timeout: 5000 }).toBeGreaterThan(Number(expires) * 1000);
    expect(refusedOf(await ask(worker.url, path)).error).toBe("signatureExpired");
    const later = path.replace(expires, `${Number(expires) + HOUR}`);
    expect(refusedOf(await ask(worker.url, later)).error).toBe("signatureWrong");
    expect(await keys()).not.toContain(`${MARKER}late.jpg`);
  });

  test("Pictures are for everybody.", async () => {
    const { status } = await ask(worker.url, "/is/image/pattern?wid=40");
    expect(status).toBe(200);
  });
});

test("A folder without .dev.vars says nothing.", () => {
  const folder = mkdtempSync(join(tmpdir(), "fixative-"));
  expect(devVars(folder)).toEqual({});
  rmSync(folder, { recursive: true });
});
