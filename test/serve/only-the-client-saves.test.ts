import { beforeAll, describe, expect, test } from "vitest";
import { CARRIAGE_NAMES, CARRIAGES, type Carriage } from "../support/carriages.ts";
import { pngOf, quarters } from "../support/charts.ts";
import { counting } from "../support/counting.ts";
import { ask, buckets, properties, savedKeys, site } from "../support/site.ts";

beforeAll(async () => {
  await buckets.SOURCES.put("q", pngOf(quarters(4, 4)));
});

/** What the answer says, where the bucket was not even looked at. */
async function refused(query: string, macros: Readonly<Record<string, string>>): Promise<string> {
  const { bucket: saves, calls } = counting(buckets.SAVES);
  const on = site({ Macros: JSON.stringify(macros), CreateFolders: "1" }, { saves });
  const reply = await ask(`q?${query}`, {}, on);
  expect([reply.status, calls]).toEqual([403, []]);
  return (await reply.text()).replaceAll("\\", "");
}

/** Everything that counts only where the client wrote it, in every spelling that means it. */
const SAVES = [
  ...["req=saveToFile", "REQ=SAVETOFILE", "req=savetofile", "%72eq=save%54o%46ile", "Req=%73aveToFile"],
  ...["req=saveToFile,text", "req=saveToFile,x", "req=saveToFile%2Cx", "req=saveToFile,", "req=saveToFile%20"],
  ...["name=evil.jpg", "NAME=evil.jpg", "n%61me=evil.jpg", "name=", "timeout=5", "timeout=x"],
  ...["expires=1795360000", `sig=${"0".repeat(64)}`],
];

/** Where something may stand that the client has not written: what a client asks for, and the macros that there are. */
const PLACES: readonly (readonly [
  where: string,
  got: string,
  client: (save: string) => string,
  macros: (save: string) => Readonly<Record<string, string>>,
])[] = [
  ["in a macro", "a macro", () => "wid=2&$m$", (save) => ({ m: save })],
  ["in a macro that another one calls", "a macro", () => "$outer$", (save) => ({ m: save, outer: "wid=2&$m$" })],
  ["in a macro, behind an entity", "a macro", () => "$m$", (save) => ({ m: `wid=2&amp;${save}` })],
  [
    "in a macro, overridden by the client",
    "a macro",
    () => "$m$&req=img&name=a.jpg&timeout=9",
    (save) => ({ m: save }),
  ],
  ["in a macro, beside a save", "a macro", () => "req=saveToFile&name=a.jpg&$m$", (save) => ({ m: save })],
  ["in a nested request", "a nested request", (save) => `layer=0&src=is{q?${save}}`, () => ({})],
  ["in one in parentheses", "a nested request", (save) => `layer=0&src=is(q?${save})`, () => ({})],
  ["in one that is a mask", "a nested request", (save) => `layer=0&mask=is{q?${save}}`, () => ({})],
  ["in one inside of another", "a nested request", (save) => `src=is{q?src=is{q?mask=is{q?${save}}}}`, () => ({})],
  ["in one of a macro", "a nested request", () => "$m$", (save) => ({ m: `layer=0&src=is{q?${save}}` })],
  ["in a macro that one calls", "a macro", () => "src=is{q?$m$}", (save) => ({ m: save })],
  ["in one that a variable brings", "a nested request", (save) => `$x={q?${save}}&src=is$x$`, () => ({})],
  [
    "in a variable that opens a bracket in one",
    "a nested request",
    (save) => `$x={&${save}&}&src=is{q?a=1$x$}`,
    () => ({}),
  ],
  ["in one beside a save", "a nested request", (save) => `req=saveToFile&name=a.jpg&src=is{q?${save}}`, () => ({})],
];

// Source: save-contract "The request": "an innocent image URL must never write".
describe.each(PLACES)("%s", (_where, got, client, macros) => {
  test.each(SAVES)("%s is refused with a problem, and nothing is looked at", async (save) => {
    const says = await refused(client(save), macros(save));
    expect(says).toContain(`wants to stand in the client's own modifiers, outside of nested requests, got "${got}"`);
  });
});

describe("what takes variables may not become a save by one", () => {
  test.each([
    ["of a macro", "$m$&req=$t$&name=a.jpg", { m: "$t=saveToFile" }],
    ["of a macro, for a part of it", "$m$&req=save$t$&name=a.jpg", { m: "$t=ToFile" }],
    ["of a macro, encoded", "$m$&req=$t$&name=a.jpg", { m: "$t=save%54oFile%2Ctext" }],
    ["that is empty", "$m$&req=saveTo$t$File&name=a.jpg", { m: "$t=" }],
    ["of the client", "$t=saveToFile&req=$t$&name=a.jpg", {}],
  ])("%s", async (_, query, macros) => {
    const says = await refused(query, macros as Record<string, string>);
    expect(says).toContain('req: wants saveToFile to be written out, got "a variable"');
  });

  test("another type may", async () => {
    const on = site({ Macros: JSON.stringify({ m: "$t=plan" }) });
    const reply = await ask("q?$m$&req=$t$", {}, on);
    expect(reply.headers.get("Content-Type")).toContain("application/json");
    await reply.text();
  });

  test("name and timeout take none, whoever has defined them", async () => {
    const on = site({ Macros: JSON.stringify({ m: "$n=evil&$t=5000" }), CreateFolders: "1" });
    const saved = await properties(await ask("q?$m$&req=saveToFile&name=$n$.jpg", {}, on));
    expect(saved).toMatchObject({ status: "done", name: "$n$.jpg" });
    await buckets.SAVES.delete("renditions/$n$.jpg");
    const says = await refused("$m$&req=saveToFile&name=a.jpg&timeout=$t$", { m: "$t=5000" });
    expect(says).toContain('timeout: wants a whole number of at least 1, got "$t$"');
  });
});

describe("a save is known by what the request means, never by its text", () => {
  test.each([
    "note=req%3DsaveToFile%26name%3Da.jpg",
    "note=req=saveToFile&name=a.jpg",
    ".req=saveToFile&name=a.jpg",
    "$req=saveToFile&name=a.jpg",
    "req%00=saveToFile&name=a.jpg",
    "xreq=saveToFile&name=a.jpg",
    "req=saveToFile&name=a.jpg&req=img",
    "req=saveToFile&name=../a.jpg&REQ=img,",
    "layer=0&effect=1&src=is{q?req=saveToFile&name=a.jpg}",
    "layer=0&src=is{q?req=saveToFile&name=a.jpg}&src=q",
  ])("%s is a picture, to prefetching browsers and to those without a token as well", async (query) => {
    const { bucket: saves, calls } = counting(buckets.SAVES);
    const on = site({ SaveAccess: "token", CreateFolders: "1" }, { saves });
    const reply = await ask(`q?${query}`, { headers: { "Sec-Purpose": "prefetch" } }, on);
    expect([reply.headers.get("Content-Type"), calls]).toEqual(["image/jpeg", []]);
    await reply.arrayBuffer();
  });

  /** A save in other words; the last one of several `req=` counts. */
  const SPELLINGS = [
    ["req=saveToFile", "name=a.jpg"],
    ["REQ=SAVETOFILE", "NAME=a.jpg"],
    ["%72%65%71=%73aveToFile", "n%61me=%61.jpg"],
    ["req=img", "name=b.jpg", "req=saveToFile", "name=a.jpg"],
    ["", "?req=saveToFile", "amp;name=a.jpg"],
    ["wid=2?req=saveToFile", "name=a.jpg"],
    [".x", "name=a.jpg", "req=saveToFile,"],
  ];

  describe.each(SPELLINGS.map((modifiers) => [modifiers.join(" "), modifiers] as const))("%s", (_, modifiers) => {
    const carried = (carriage: Carriage, vars = {}, parts = {}) => {
      const { query, init, vars: own } = CARRIAGES[carriage](modifiers);
      return { query, init, on: site({ ...own, ...vars }, parts) };
    };

    test.each(CARRIAGE_NAMES)("is a save by %s: refused without the token, done with it", async (carriage) => {
      await buckets.SAVES.put("renditions/", "");
      const { query, init, on } = carried(carriage, { SaveAccess: "token" }, { saveToken: "secret" });
      const before = await savedKeys();
      const answer = await properties(await ask(`q${query}`, init, on));
      expect([answer.error, await savedKeys()]).toEqual(["tokenWrong", before]);

      const headers = { ...init.headers, Authorization: "Bearer secret" };
      const done = await properties(await ask(`q${query}`, { ...init, headers }, on));
      expect(done).toMatchObject({ status: "done", name: "a.jpg" });
      await buckets.SAVES.delete("renditions/a.jpg");
    });

    test.each(["query", "entities", "obfuscated", "locked"] as const)(
      "by %s takes no method but GET and POST",
      async (carriage) => {
        const { bucket: saves, calls } = counting(buckets.SAVES);
        const { query, on } = carried(carriage, { CreateFolders: "1" }, { saves });
        for (const method of ["HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"]) {
          const reply = await ask(`q${query}`, { method }, on);
          expect([method, reply.status, reply.headers.get("Allow"), calls]).toEqual([method, 405, "GET, POST", []]);
          await reply.text();
        }
      },
    );
  });

  test("of a query and a form, the last one counts", async () => {
    await buckets.SAVES.put("renditions/", "");
    const before = await savedKeys();
    const form = (body: string) => ({
      method: "POST",
      body,
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
    });
    const shown = await ask("q?req=saveToFile&name=a.jpg", form("req=img"));
    expect([shown.headers.get("Content-Type"), await savedKeys()]).toEqual(["image/jpeg", before]);
    await shown.arrayBuffer();
    const saved = await properties(await ask("q?req=img&name=b.jpg", form("req=saveToFile&name=a.jpg")));
    expect(saved).toMatchObject({ status: "done", name: "a.jpg" });
    await buckets.SAVES.delete("renditions/a.jpg");
  });

  test("a form is that of a POST: other methods carry nothing that saves", async () => {
    const before = await savedKeys();
    const body = "req=saveToFile&name=a.jpg";
    for (const method of ["PUT", "PATCH", "DELETE"]) {
      const headers = { "Content-Type": "application/x-www-form-urlencoded" };
      expect((await ask("q", { method, body, headers }, site({ CreateFolders: "1" }))).status).toBe(405);
    }
    expect(await savedKeys()).toEqual(before);
  });
});
