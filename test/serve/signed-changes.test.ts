import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { handle } from "../../src/serve/handle.ts";
import { notedBucket } from "../support/doubles.ts";
import { saveable, signedSite } from "../support/refusing.ts";
import { signed } from "../support/signing.ts";
import { buckets, properties, visit } from "../support/site.ts";

/** What of a signed URL is signed begins behind this. */
const SCHEME = "https://";
const calls: string[] = [];
const guarded = signedSite({}, { saves: notedBucket(buckets.SAVES, calls) });
let right = "";

beforeAll(async () => {
  await saveable();
  right = `${SCHEME}pictures.example/is/image/${await signed("quarters?wid=9&fmt=png&req=saveToFile&name=a.png")}`;
});

/** What a server sees of a URL, be it spelled this way or that; undefined where it is none. */
function seen(url: string): string | undefined {
  const parsed = URL.parse(url);
  return parsed === null ? undefined : parsed.host + parsed.pathname + parsed.search;
}

/** Sends a URL that is not the right one: it may be a picture's by now, but nothing is saved, nor is a bucket written to. */
async function refuses(url: string): Promise<void> {
  calls.length = 0;
  const reply = await handle({ ...visit(""), request: new Request(url) }, guarded);
  if (reply.headers.get("Content-Type")?.startsWith("image/")) await reply.arrayBuffer();
  else expect(await properties(reply)).not.toMatchObject({ status: "done" });
  expect(calls).toEqual([]);
}

/** One change at a place: left out, twice, the next character, the other case. */
const CHANGES: Readonly<Record<string, (character: string) => string>> = {
  "left out": () => "",
  doubled: (character) => character + character,
  "the next one": (character) => String.fromCharCode(character.charCodeAt(0) + 1),
  "in the other case": (character) =>
    character === character.toLowerCase() ? character.toUpperCase() : character.toLowerCase(),
};

describe("any one-character change of a signed URL is refused and saves nothing", () => {
  test("the URL as it is saves", async () => {
    const reply = await handle({ ...visit(""), request: new Request(right) }, guarded);
    expect(await properties(reply)).toMatchObject({ status: "done" });
    expect(calls).toContain("put");
  });

  test.each(Object.keys(CHANGES))("%s, at every place of host, path, Q, expires and sig", async (change) => {
    const path = right.indexOf("/", SCHEME.length);
    for (let at = SCHEME.length; at < right.length; at++) {
      const changed = right.slice(0, at) + (CHANGES[change]?.(right[at] ?? "") ?? "") + right.slice(at + 1);
      // Digits and signs have no case, and a host means the same in any.
      if (changed === right || (change === "in the other case" && at < path)) continue;
      expect([undefined, seen(right)]).not.toContain(seen(changed));
      await refuses(changed);
    }
  });

  test("any character, put in or put in the place of another", async () => {
    const character = fc.oneof(fc.string({ minLength: 1, maxLength: 1 }), fc.constantFrom(..."&=?%#/.;:@+ \\\u00e9"));
    const place = fc.integer({ min: SCHEME.length, max: right.length });
    await fc.assert(
      fc.asyncProperty(place, fc.constantFrom(0, 1), character, async (at, replaced, put) => {
        const changed = right.slice(0, at) + put + right.slice(at + replaced);
        fc.pre(seen(changed) !== undefined && seen(changed) !== seen(right));
        await refuses(changed);
      }),
      { numRuns: 500 },
    );
  });
});
