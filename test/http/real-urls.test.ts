import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ROOT } from "../../scripts/local/bundle.ts";
import { LOCAL_VARS, type LocalWorker } from "../../scripts/local/worker.ts";
import { ask } from "../support/ask.ts";
import { contentsOf, startBundled } from "../support/local.ts";
import { refusedPictureOf } from "../support/save.ts";

/** URLs that stand in public pages. */
const SAMPLE = join(ROOT, "../shared/urls/public-sample.txt");

/** Path and query as they are written: a URL object would rewrite some of them. */
const targetOf = (url: string) => url.replace(/^https?:\/\/[^/]+/, "");

const targets = existsSync(SAMPLE) ? readFileSync(SAMPLE, "utf8").split("\n").filter(Boolean).map(targetOf) : [];
const pictures = targets.filter((target) => target.includes("/is/image"));
const others = targets.filter((target) => !pictures.includes(target));

/** What is refused before its source is looked for; of everything else there is only no such source. */
const REFUSED_EARLY: readonly { readonly target: RegExp; readonly says: string }[] = [
  {
    target: /[?&]req=(?:userdata|set|imageprops)\b/,
    says: "This part of the protocol is known but not built yet: req=",
  },
  // Not in the protocol: an unknown type is an error (3.1).
  { target: /[?&]req=tile\b/, says: "req: wants type (one of img, saveToFile," },
  // Written by pages that lost a number, or never meant one.
  { target: /wid=undefined/, says: 'wid: wants a number of pixels > 0, got "undefined"' },
  { target: /pscan=need/, says: 'pscan: wants one of auto, 3, 4, 5, got "need"' },
  // Whole numbers are wanted.
  { target: /pos=1372\.01/, says: "pos: wants x (a whole number" },
  // The separator behind the bracket is missing.
  { target: /req=object}\$PDP-LG\$/, says: "src: wants an object" },
  // Forbidden in an object, also encoded (1.1).
  { target: /^[^?]*%3f/i, says: "an object without a question mark, encoded or not" },
];

if (targets.length === 0) {
  test.skip("Real URLs: skipped, since ../shared/urls/public-sample.txt is not there.", () => {});
} else {
  describe("Real URLs", () => {
    let worker: LocalWorker;
    beforeAll(async () => {
      worker = await startBundled({ vars: { ...LOCAL_VARS, UnknownMacro: "ignore" } });
    });
    afterAll(() => worker?.stop());

    test.each(pictures)(
      "%s is refused since there is no such source, or for a reason that is known.",
      async (target) => {
        const known = REFUSED_EARLY.find((row) => row.target.test(target));
        const said = refusedPictureOf(await ask(worker.url, target));
        expect(said).toContain(known?.says ?? "The picture does not exist");
      },
    );

    test.each(others)("%s is outside of /is/image: 404.", async (target) => {
      expect((await ask(worker.url, target)).status).toBe(404);
    });

    test("None of them saved anything.", async () => {
      expect((await contentsOf(worker.saves)).size).toBe(0);
    });
  });
}
