import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ROOT } from "../../scripts/local/bundle.ts";
import { readObject } from "../../src/protocol/path.ts";
import { isWrong } from "../../src/protocol/problem.ts";
import { readRequest } from "../../src/protocol/read.ts";
import { contextWith } from "../support/reading.ts";

/** URLs that real sites show to everyone; not part of this project. */
const SAMPLE = join(ROOT, "../shared/urls/public-sample.txt");
const CONTEXT = contextWith({}, "ignore");

/** Those that are refused: which URL, by the end of its path; the commands that are wrong; and what is wrong. */
const REFUSED: readonly (readonly [path: string, commands: string, reason: string])[] = [
  ["&scl=1&cache=off", "object", "a client escaped the question mark: all of its modifiers are in the path"],
  ["tervisRender/16oz_base2", "pos", "a position of 1372.01 pixels: coordinates are whole (protocol.md 2.2)"],
  ["newegg/14-125-367-Z01", "req", "req=tile is of the zoom viewers' own protocol, and no request type here"],
  ["tervis/UserUpload-1068554642", "src", "no & between ir{…} and the call of a macro behind it"],
  ["AdobeStock_187769936:List", "dpr", "dpr=on,{dpr}: a placeholder that a script did not fill in"],
  ["monitor-u2723qe-gallery-1.psd", "pscan", "pscan=need is none of auto, 3, 4 and 5"],
  ["AEMSitesInternal/IMG_0006", "wid", "wid=undefined: a script had no width"],
];

/** Those that are not of /is/image: a CDN or a facade in front of it has paths of its own. */
const ELSEWHERE = ["store.storeimages.cdn-apple.com", "www.jcrew.com"];

interface Answer {
  readonly url: URL;
  /** Names of the commands that are wrong; `object` stands for the path. */
  readonly wrong: readonly string[];
}

function answerTo(line: string): Answer | undefined {
  const url = new URL(line);
  const object = readObject(url.pathname);
  const { problems } = readRequest(object ?? "", url.search.slice(1), CONTEXT);
  if (object === undefined) return undefined;
  return { url, wrong: [...(isWrong(object) ? ["object"] : []), ...problems.map(({ command }) => command)] };
}

function realSites(): void {
  const lines = readFileSync(SAMPLE, "utf8").split("\n").filter(Boolean);
  const answers = () => lines.flatMap((line) => answerTo(line) ?? []);

  test("every one is read without a throw", () => {
    for (const line of lines) expect(() => answerTo(line)).not.toThrow();
  });

  test("those that are not of /is/image are of sites with paths of their own", () => {
    const others = lines.filter((line) => answerTo(line) === undefined).map((line) => new URL(line).hostname);
    expect([...new Set(others)].sort()).toEqual(ELSEWHERE);
  });

  test("at least 95 % of the others are free of problems, though none of their macros is known", () => {
    const all = answers();
    const free = all.filter(({ wrong }) => wrong.length === 0);
    expect(free.length / all.length).toBeGreaterThanOrEqual(0.95);
  });

  test("those with problems are the ones that are listed here, each for its reason", () => {
    const refused = answers().filter(({ wrong }) => wrong.length > 0);
    const found = refused.map(({ url, wrong }) => [listedAs(decodeURIComponent(url.pathname)), wrong.join()]);
    expect(found).toEqual(REFUSED.map(([path, commands]) => [path, commands]));
  });
}

if (existsSync(SAMPLE)) describe("URLs of real sites", realSites);
else test.skip("URLs of real sites: skipped, since ../shared/urls/public-sample.txt is not there", () => {});

/** The end of a path that the list has, or the whole path where it has none. */
function listedAs(pathname: string): string {
  return REFUSED.map(([path]) => path).find((path) => pathname.endsWith(path)) ?? pathname;
}
