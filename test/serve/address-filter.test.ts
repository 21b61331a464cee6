import { beforeEach, describe, expect, test } from "vitest";
import { SAVE, saveable, saveForm } from "../support/refusing.ts";
import { ask, properties, savedKeys, site } from "../support/site.ts";

type Way = () => Promise<Response>;

const office = site({ ClientAddressFilter: "192.0.2.0/24, 2001:db8::/32" });

beforeEach(saveable);

/** The three ways to ask for a save, from an address. */
const ways = (headers: Record<string, string>): [Way, Way, Way] => [
  () => ask(SAVE, { headers }, office),
  () => ask(SAVE, { method: "POST", headers }, office),
  () => ask("quarters", { method: "POST", headers, body: saveForm() }, office),
];

describe("saves, by GET, by POST and by a form (save-contract, Who may save)", () => {
  test.each([
    ["IPv4", "192.0.2.200"],
    ["IPv6", "2001:db8:1::7"],
    ["IPv4 in IPv6", "::ffff:192.0.2.200"],
  ])("from an address that the filter names are done: %s", async (_, address) => {
    for (const save of ways({ "CF-Connecting-IP": address })) {
      expect(await properties(await save())).toMatchObject({ status: "done" });
    }
  });

  test.each([
    ["from another address", { "CF-Connecting-IP": "203.0.113.9" }],
    ["from another IPv6 address", { "CF-Connecting-IP": "2001:db9::7" }],
    ["from nowhere", {}],
    ["from an empty address", { "CF-Connecting-IP": "" }],
    ["from what is no address", { "CF-Connecting-IP": "localhost" }],
    ["from an address in octal", { "CF-Connecting-IP": "0300.0.2.200" }],
    ["from two addresses at once", { "CF-Connecting-IP": "192.0.2.200, 192.0.2.200" }],
    ["with an address of their own making", { "X-Forwarded-For": "192.0.2.200" }],
    ["with others of their own making", { "X-Real-IP": "192.0.2.200", "True-Client-IP": "192.0.2.200" }],
    ["with another beside the right header", { "CF-Connecting-IP": "203.0.113.9", "X-Forwarded-For": "192.0.2.200" }],
  ])("%s are refused, and nothing is written", async (_, headers) => {
    const before = await savedKeys();
    const [byGet, byPost, byForm] = ways(headers as Record<string, string>);
    for (const save of [byGet, byPost]) {
      const reply = await save();
      expect(reply.status).toBe(403);
      expect(await properties(reply)).toMatchObject({ status: "failed", error: "addressRefused" });
    }
    // Of outsiders no form is read: that this is a save is not known.
    const reply = await byForm();
    expect([reply.status, await reply.text()]).toEqual([403, expect.stringMatching(/^Requests from this address/)]);
    expect(await savedKeys()).toEqual(before);
  });

  test("the filter comes on top of SaveAccess: an address is no token, and a token no address", async () => {
    const vars = { SaveAccess: "token", ClientAddressFilter: "192.0.2.0/24" };
    const guarded = site(vars, { saveToken: "correct horse" });
    const errorWith = async (headers: Record<string, string>) =>
      (await properties(await ask(SAVE, { headers }, guarded))).error;
    const inside = { "CF-Connecting-IP": "192.0.2.1" };
    const token = { Authorization: "Bearer correct horse" };
    expect(await errorWith(inside)).toBe("tokenWrong");
    expect(await errorWith({ "CF-Connecting-IP": "203.0.113.9", ...token })).toBe("addressRefused");
    expect(await errorWith({ "CF-Connecting-IP": "203.0.113.9" })).toBe("addressRefused");
    expect(await errorWith({ ...inside, ...token })).toBeUndefined();
  });
});

test("those from elsewhere learn nothing else: neither of the lock nor of what a page of another site may", async () => {
  const vars = { ClientAddressFilter: "192.0.2.0/24", RequestLock: "1", SaveOrigins: "https://shop.example" };
  const locked = site(vars);
  expect(await properties(await ask(`${SAVE}&0000`, {}, locked))).toMatchObject({ error: "addressRefused" });
  const asking = { method: "OPTIONS", headers: { Origin: "https://shop.example" } };
  expect((await ask(SAVE, asking, locked)).status).toBe(403);
});

test("the form of a save from elsewhere is not waited for", async () => {
  const body = new ReadableStream({ pull: () => scheduler.wait(60_000) });
  const init = { method: "POST", body, duplex: "half" } as RequestInit;
  expect(await properties(await ask(SAVE, init, office))).toMatchObject({ error: "addressRefused" });
});

describe("every other request too: others are refused (protocol.md 6.2)", () => {
  test.each(["quarters?wid=9", "quarters?req=plan", "quarters?req=resolve", "quarters?req=validate", "", "nowhere"])(
    "%s",
    async (path) => {
      const outside = await ask(path, { headers: { "CF-Connecting-IP": "203.0.113.9" } }, office);
      expect([outside.status, outside.headers.get("Cache-Control")]).toEqual([403, "no-cache, no-store"]);
      expect(await outside.text()).toMatch(/^Requests from this address are refused/);
      const inside = await ask(path, { headers: { "CF-Connecting-IP": "192.0.2.1" } }, office);
      expect(new TextDecoder().decode(await inside.arrayBuffer())).not.toContain("refused");
    },
  );

  test("what is said of the address stays with the operator", async () => {
    const quiet = site({ ClientAddressFilter: "192.0.2.0/24", ErrorDetail: "0" });
    const headers = { "CF-Connecting-IP": "203.0.113.9" };
    expect(await (await ask("quarters", { headers }, quiet)).text()).toBe("Requests from this address are refused\n");
    const told = await (await ask("quarters", { headers }, office)).text();
    expect(told).toBe('Requests from this address are refused: CF-Connecting-IP is "203.0.113.9"\n');
  });
});

test("without a filter no address is looked at", async () => {
  for (const ClientAddressFilter of ["", " "]) {
    const headers = { "CF-Connecting-IP": "nonsense" };
    expect(await properties(await ask(SAVE, { headers }, site({ ClientAddressFilter })))).toMatchObject({
      status: "done",
    });
  }
});

test("a filter that cannot be understood is a broken setting, which names what came", () => {
  expect(() => site({ ClientAddressFilter: "192.0.2.0/24, 0177.0.0.1" })).toThrow(
    'ClientAddressFilter: wants addresses or ranges a.b.c.d/0..32 or x:x::x/0..128, separated by commas or spaces, got "0177.0.0.1"',
  );
  expect(() => site({ ClientAddressFilter: "," })).toThrow("ClientAddressFilter: wants");
});
