import { beforeEach, describe, expect, test } from "vitest";
import { notedBucket } from "../../support/doubles.ts";
import { saveable } from "../../support/refusing.ts";
import { buckets, site, siteWith } from "../../support/site.ts";
import { findings } from "./asking.ts";

beforeEach(saveable);

describe("folders (save-contract: folders are not created)", () => {
  test("where it is there, its name is said", async () => {
    const { folders } = await findings(site());
    expect(folders).toEqual({ name: "folders", ok: true, says: "Saves go below renditions/" });
  });

  test("where one is missing, the command that makes it is told, as of every catalog", async () => {
    const on = siteWith({ default: {}, acme: { attributes: { SavePath: "renditions/acme" } } });
    const { folders } = await findings(on);
    expect(folders).toEqual({
      name: "folders",
      ok: false,
      says: "There is no folder renditions/acme/",
      mend: "npx wrangler r2 object put '<bucket of SAVES>/renditions/acme/' --pipe --remote < /dev/null",
    });
  });

  test("a folder with a quote in its name cannot end the quotes of the command", async () => {
    const { folders } = await findings(site({ SavePath: "l'été" }));
    expect(folders?.mend).toContain("'<bucket of SAVES>/l'\\''été/'");
  });

  test("CreateFolders makes them unnecessary", async () => {
    const { folders } = await findings(site({ SavePath: "nowhere", CreateFolders: "1" }));
    expect(folders?.ok).toBe(true);
  });

  test.each([
    ["empty", "", "Saving is switched off"],
    ["no folder", "../above", "a segment that is .."],
  ])("a SavePath that is %s is told with what to set", async (_, SavePath, says) => {
    const { folders } = await findings(site({ SavePath }));
    expect(folders).toMatchObject({ ok: false, says: expect.stringContaining(says) });
    expect(folders?.mend).toContain("SavePath");
  });

  test("a catalog alone may save", async () => {
    const on = siteWith({ default: {}, acme: { attributes: { SavePath: "renditions" } } }, { SavePath: "" });
    expect((await findings(on)).folders).toMatchObject({ ok: true, says: "Saves go below renditions/" });
  });

  test("of many catalogs no more folders are asked for than the platform lets a request ask", async () => {
    const specs = Array.from({ length: 60 }, (_, at) => [`c${at}`, { attributes: { SavePath: `away/${at}` } }]);
    const asked: string[] = [];
    const saves = notedBucket(buckets.SAVES, asked);
    const { folders } = await findings(siteWith({ default: {}, ...Object.fromEntries(specs) }, {}, { saves }));
    expect(folders?.says).toContain("(the first 20 of 61)");
    expect(asked.length).toBeLessThan(50);
  });
});

describe("apart (save-contract: sources are safe from saves)", () => {
  const shared = { saves: buckets.SOURCES };

  test("two buckets are", async () => {
    expect((await findings(site())).apart?.ok).toBe(true);
  });

  test("one bucket without a RootPath is not", async () => {
    const { apart } = await findings(site({}, shared));
    expect(apart).toMatchObject({ ok: false, says: expect.stringContaining("SAVES is the bucket of SOURCES") });
    expect(apart?.mend).toContain("SharedBucket");
  });

  test("one bucket where a catalog saves over sources is not, though the others do not", async () => {
    const vars = { RootPath: "pictures", SavePath: "renditions" };
    expect((await findings(site(vars, shared))).apart?.ok).toBe(true);
    const acme = { attributes: { SavePath: "pictures/acme" } };
    expect((await findings(siteWith({ default: {}, acme }, vars, shared))).apart?.ok).toBe(false);
  });

  test("SharedBucket says that it is meant", async () => {
    expect((await findings(site({ SharedBucket: "1" }, shared))).apart?.ok).toBe(true);
  });
});

describe("access (save-contract: who may save)", () => {
  test("on one's own machine everybody may", async () => {
    for (const origin of ["http://localhost:8787", "http://127.0.0.1:1", "http://[::1]:8787"]) {
      expect((await findings(site(), { origin })).access?.ok).toBe(true);
    }
  });

  test("in public nobody should be let in by everybody's leave", async () => {
    const { access } = await findings(site());
    expect(access).toMatchObject({ ok: false, says: expect.stringContaining("Everybody may save") });
    expect(access?.mend).toContain("SAVE_TOKEN");
  });

  test("but those whom ClientAddressFilter names may be", async () => {
    const init = { headers: { "CF-Connecting-IP": "192.0.2.7" } };
    expect((await findings(site({ ClientAddressFilter: "192.0.2.7" }), { init })).access?.ok).toBe(true);
  });

  test("signed URLs need a key", async () => {
    const init = { headers: { Authorization: "Bearer t" } };
    const signed = (signKey: string | undefined) => site({ SaveAccess: "signed" }, { saveToken: "t", signKey });
    expect((await findings(signed("k"), { init })).access?.ok).toBe(true);
    for (const none of [undefined, ""]) {
      const { access } = await findings(signed(none), { init });
      expect(access).toMatchObject({ ok: false, mend: "npx wrangler secret put SIGN_KEY" });
    }
  });
});

test("the rule for uploads, which no Worker can read, is told as a command for the folder of the saves", async () => {
  const { uploads } = await findings(site({ SaveDirectory: "out" }));
  expect(uploads?.ok).toBe(true);
  expect(uploads?.mend).toContain("abort-uploads 'out/renditions/' --abort-multipart-days 1");
});
