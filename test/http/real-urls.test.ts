import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ROOT } from "../../scripts/local/bundle.ts";
import { LOCAL_VARS, type LocalWorker } from "../../scripts/local/worker.ts";
import { withoutCatalogs } from "../../src/protocol/catalog-view.ts";
import { readObject } from "../../src/protocol/path.ts";
import { readRequest } from "../../src/protocol/read.ts";
import { sourcesOf } from "../../src/protocol/sources.ts";
import { ask } from "../support/ask.ts";
import { contentsOf, startBundled } from "../support/local.ts";
import { jpegFile, testPattern } from "../support/pixels.ts";
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

/** What is refused although there is a picture: for what it says, or for what is not built yet. */
const NOT_RENDERED: readonly { readonly target: RegExp; readonly why: string }[] = [
  ...REFUSED_EARLY.map(({ target, says }) => ({ target, why: says })),
  { target: /[?&]fmt=avif\b/, why: "no encoder for AVIF is built in" },
  { target: /monitor-alienware-aw3423dw/, why: "4627 × 3470 pixels are more than MaxRenderRgnPixels" },
  // What the third-party encoders would take for these is more memory than there is.
  { target: /hol_213746_02_prod1\?/, why: "a JPEG of 4.5 megapixels" },
  { target: /winter-trail_map_001\?wid=3037/, why: "a JPEG of 6.3 megapixels" },
  { target: /tervisRender\?\$img-src2=.*&size=2717,1750/, why: "a PNG of 4.8 megapixels" },
  { target: /wid=3333&hei=1915&qlt=100,1/, why: "a progressive JPEG of 6.4 megapixels" },
  { target: /wid=4384&hei=2671&qlt=100,1/, why: "a progressive JPEG of 11.7 megapixels" },
];

/** The picture behind every object. */
const STUB = { width: 1200, height: 900 };

/** The objects that a picture is made of. */
function objectsOf(target: string): readonly string[] {
  const url = new URL(target, "https://pictures.example");
  const asked = readRequest(readObject(url.pathname) ?? "", url.search.slice(1), CONTEXT);
  const { picture, mask } = sourcesOf(asked);
  return [picture, mask].flatMap((object) =>
    typeof object === "string" && object !== "" ? [object.replace(/^\/+/, "")] : [],
  );
}

const CONTEXT = { catalogs: withoutCatalogs(new Map()), unknownMacro: "ignore" } as const;

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

    describe("With a picture behind every object", () => {
      beforeAll(async () => {
        const stub = jpegFile(testPattern(STUB.width, STUB.height));
        for (const object of new Set(pictures.flatMap(objectsOf))) await worker.sources.put(object, stub);
      });

      test("At least 85 % are answered with a picture, and the others are those that are listed here.", async () => {
        const refused: string[] = [];
        for (const target of pictures) {
          const reply = await ask(worker.url, target);
          if (reply.status === 200) expect(reply.headers["content-type"]).toMatch(/^image\//);
          else refused.push(target);
        }
        expect(1 - refused.length / pictures.length).toBeGreaterThanOrEqual(0.85);
        const unexpected = refused.filter((target) => !NOT_RENDERED.some(({ target: known }) => known.test(target)));
        expect(unexpected).toEqual([]);
      });
    });

    test.each(others)("%s is outside of /is/image: 404.", async (target) => {
      expect((await ask(worker.url, target)).status).toBe(404);
    });

    test("None of them saved anything.", async () => {
      expect((await contentsOf(worker.saves)).size).toBe(0);
    });
  });
}
