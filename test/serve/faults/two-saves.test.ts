import { beforeEach, describe, expect, test } from "vitest";
import { bucketWith } from "../../support/doubles.ts";
import { putSources } from "../../support/faults/faulty-sources.ts";
import { KEY, NAME, prepare, stored } from "../../support/faults/saved.ts";
import { ask, buckets, properties, site } from "../../support/site.ts";

beforeEach(async () => {
  await putSources();
  await prepare("nothing");
});

/** Two saves to one key that differ in their bytes: by the width of what they save. */
const WIDTHS = ["50", "40"] as const;
type Width = (typeof WIDTHS)[number];

const pathOf = (width: Width) => `picture.png?wid=${width}&fmt=png&req=saveToFile&name=${NAME}`;

/** A bucket that takes the bytes of both saves before it completes the first one of this order, and then the other. */
function completingIn(order: readonly Width[], then: (width: Width) => Promise<void> = async () => {}): R2Bucket {
  const turns = new Map(order.map((width) => [width, Promise.withResolvers<void>()]));
  const taken = new Set<string>();
  return bucketWith(buckets.SAVES, {
    async put(key: string, body: ReadableStream, options: R2PutOptions) {
      const width = options.customMetadata?.width as Width;
      const bytes = await new Response(body).arrayBuffer();
      // A later attempt does not wait.
      if (taken.has(width)) return buckets.SAVES.put(key, bytes, options);
      taken.add(width);
      if (taken.size === order.length) turns.get(order[0] ?? "50")?.resolve();
      await turns.get(width)?.promise;
      try {
        const object = await buckets.SAVES.put(key, bytes, options);
        await then(width);
        return object;
      } finally {
        turns.get(order[order.indexOf(width) + 1] ?? "50")?.resolve();
      }
    },
  });
}

/** Both saves at once; their answers by their width. */
async function both(saves: R2Bucket, headers: Record<string, string> = {}): Promise<Record<Width, Properties>> {
  const on = site({ SharedBucket: "1" }, { saves });
  const answers = WIDTHS.map(async (width) => properties(await ask(pathOf(width), { method: "POST", headers }, on)));
  const [first = {}, second = {}] = await Promise.all(answers);
  return { "50": first, "40": second };
}

type Properties = Record<string, string>;

/** What each of them saves where the other one does not. */
async function alone(): Promise<Record<Width, string | undefined>> {
  const etags: Partial<Record<Width, string | undefined>> = {};
  for (const width of WIDTHS) {
    await (await ask(pathOf(width), {}, site())).text();
    etags[width] = (await stored(KEY))?.etag;
  }
  await prepare("nothing");
  return { "50": etags["50"], "40": etags["40"] };
}

// Source: save-contract "Two outcomes", 6.
describe("of two saves to one key at once", () => {
  test.each([[["50", "40"]], [["40", "50"]]] as const)(
    "that complete in the order %j each tells of its own bytes, and the last one stays",
    async (order) => {
      const etags = await alone();
      const answers = await both(completingIn(order));
      for (const width of WIDTHS) {
        expect(answers[width]).toMatchObject({ status: "done", width, etag: etags[width] });
      }
      expect((await stored(KEY))?.etag).toBe(etags[order[1]]);
    },
  );

  test.each([[["50", "40"]], [["40", "50"]]] as const)(
    "that expect nothing to be there, and complete in the order %j, the first one is done",
    async (order) => {
      const etags = await alone();
      const answers = await both(completingIn(order), { "If-None-Match": "*" });
      expect(answers[order[0]]).toMatchObject({ status: "done", etag: etags[order[0]] });
      expect(answers[order[1]]).toMatchObject({ status: "failed", error: "saveConflict" });
      expect((await stored(KEY))?.etag).toBe(etags[order[0]]);
    },
  );

  test("the one whose word is lost while the other one completes writes again, and stays", async () => {
    const etags = await alone();
    let isLost = false;
    const saves = completingIn(["50", "40"], async (width) => {
      if (width !== "50" || isLost) return;
      isLost = true;
      throw new Error("Network connection lost.");
    });
    // It looks at the key when the other one is there.
    const head = async (key: string) => {
      const isLook = key === KEY && isLost;
      while (isLook && (await buckets.SAVES.head(key))?.customMetadata?.width !== "40") await scheduler.wait(1);
      return buckets.SAVES.head(key);
    };
    const answers = await both(bucketWith(saves, { head }));
    for (const width of WIDTHS) expect(answers[width]).toMatchObject({ status: "done", width, etag: etags[width] });
    expect((await stored(KEY))?.etag).toBe(etags["50"]);
  });

  test("both are done where nobody orders them, and what stays is whole and one of them", async () => {
    const etags = await alone();
    const answers = await both(buckets.SAVES);
    for (const width of WIDTHS) expect(answers[width]).toMatchObject({ status: "done", width, etag: etags[width] });
    expect(Object.values(etags)).toContain((await stored(KEY))?.etag);
  });
});
