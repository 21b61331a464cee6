import { beforeEach, describe, expect, test } from "vitest";
import { pngOf, quarters } from "../support/charts.ts";
import { counting } from "../support/counting.ts";
import { bucketWith } from "../support/doubles.ts";
import { readProperties } from "../support/properties.ts";
import { ask, buckets, properties, savedKeys, site } from "../support/site.ts";

beforeEach(async () => {
  await buckets.SOURCES.put("shop/q", pngOf(quarters(2, 2)));
  const { objects } = await buckets.SAVES.list();
  await buckets.SAVES.delete(objects.map(({ key }) => key));
});

/** What becomes of a save under this name, and what the bucket was asked for. Apart from the sources, that is folders alone. */
async function savedAs(name: string, vars: Readonly<Record<string, string>> = {}) {
  const { bucket: saves, calls } = counting(buckets.SAVES);
  const answer = await properties(
    await ask(`q?req=saveToFile&name=${name}`, {}, site({ RootPath: "shop", ...vars }, { saves })),
  );
  return { became: answer.error ?? answer.status, calls };
}

// Source: save-contract "Where it goes", "Folders are not created".
describe("a folder is there", () => {
  test("by its marker: one head, which is cheap, and no list, which is dear", async () => {
    await buckets.SAVES.put("renditions/spring/", "");
    expect(await savedAs("spring/a.jpg")).toEqual({ became: "done", calls: ["head", "put"] });
  });

  test.each([
    ["an object in it", "renditions/spring/x"],
    ["an object far below it", "renditions/spring/web/small/x.jpg"],
    ["the marker of a folder below it", "renditions/spring/web/"],
  ])("by %s: one list, since there is no marker", async (_, key) => {
    await buckets.SAVES.put(key, "");
    expect(await savedAs("spring/a.jpg")).toEqual({ became: "done", calls: ["head", "list", "put"] });
  });

  test("the deepest covers those above it: theirs are not looked for", async () => {
    await buckets.SAVES.put("renditions/a/b/c/", "");
    expect(await savedAs("a/b/c/d.jpg")).toEqual({ became: "done", calls: ["head", "put"] });
  });

  test("SavePath itself is one", async () => {
    expect((await savedAs("a.jpg")).became).toBe("folderMissing");
    await buckets.SAVES.put("renditions/", "");
    expect(await savedAs("a.jpg")).toEqual({ became: "done", calls: ["head", "put"] });
  });

  test("as R2 spells it: its marker is looked for in NFC", async () => {
    await buckets.SAVES.put("renditions/\u00e9t\u00e9/", "");
    expect((await savedAs("e\u0301te\u0301/a.jpg")).became).toBe("done");
  });
});

describe("a folder is not there", () => {
  test.each([
    ["without anything", "x/y", "spring/a.jpg"],
    ["by an object of the same name", "renditions/spring", "spring/a.jpg"],
    ["by one whose name begins alike", "renditions/springtime/a.jpg", "spring/a.jpg"],
    ["by one whose name it begins", "renditions/spr/a.jpg", "spring/a.jpg"],
    ["by the same in another case", "renditions/Spring/", "spring/a.jpg"],
    ["by the one above it", "renditions/spring/", "spring/web/a.jpg"],
    ["by one of that name elsewhere", "spring/", "spring/a.jpg"],
  ])("%s", async (_, key, name) => {
    await buckets.SAVES.put(key, "");
    const before = await savedKeys();
    expect(await savedAs(name)).toEqual({ became: "folderMissing", calls: ["head", "list"] });
    expect(await savedKeys()).toEqual(before);
  });

  test("and need not be, with CreateFolders: nothing is asked", async () => {
    expect(await savedAs("spring/a.jpg", { CreateFolders: "1" })).toEqual({ became: "done", calls: ["put"] });
    expect(Object.keys(await savedKeys())).toEqual(["renditions/spring/a.jpg"]);
  });

  test("the command that the message prints makes the folder that is missing", async () => {
    const reply = await ask("q?req=saveToFile&name=spring/gr%C3%BCn/a.jpg");
    const message = readProperties(await reply.text()).properties.get("message") ?? "";
    const [, key = ""] = /object put '<bucket of SAVES>\/([^']*)'/.exec(message) ?? [];
    expect(key).toBe("renditions/spring/gr\u00fcn/");
    await buckets.SAVES.put(key, "");
    expect((await savedAs("spring/gr%C3%BCn/a.jpg")).became).toBe("done");
  });

  test("as far as is known, where the bucket fails to say: the save is refused", async () => {
    const fails = async () => {
      throw new Error("list: We encountered an internal error. Please try again. (10001)");
    };
    for (const broken of [{ head: fails }, { list: fails }]) {
      const saves = bucketWith(buckets.SAVES, broken);
      const reply = await ask("q?req=saveToFile&name=a.jpg", {}, site({ RootPath: "shop" }, { saves }));
      expect([reply.status, (await properties(reply)).error]).toEqual([403, "storage"]);
    }
    expect(await savedKeys()).toEqual({});
  });
});
