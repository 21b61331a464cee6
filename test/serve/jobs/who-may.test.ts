import { describe, expect, test } from "vitest";
import { site } from "../../support/site.ts";
import { askJobs, bulkSite, notedBulk } from "./bulk-site.ts";

const TOKEN = { Authorization: "Bearer correct horse" };
const BODY = JSON.stringify(["/is/image/quarters?wid=9&req=saveToFile&name=a.jpg"]);
const JOB = `/${crypto.randomUUID()}`;

/** Both ways of asking. */
const WAYS = [
  ["a list", "", { method: "POST", body: BODY }],
  ["a job", JOB, {}],
] as const;

describe.each(WAYS)("for %s", (_way, path, init) => {
  test.each<[says: string, vars: Record<string, string>, headers: Record<string, string>, error: string]>([
    ["no token", {}, {}, "tokenWrong"],
    ["another token", {}, { Authorization: "Bearer correct" }, "tokenWrong"],
    ["a token where saves are signed, but another one", { SaveAccess: "signed" }, {}, "tokenWrong"],
    ["a prefetch", {}, { ...TOKEN, Purpose: "prefetch" }, "savePrefetch"],
    ["a page of another site", {}, { ...TOKEN, "Sec-Fetch-Site": "cross-site" }, "saveFromBrowser"],
    ["another address", { ClientAddressFilter: "192.0.2.0/24" }, TOKEN, "addressRefused"],
  ])("%s is refused before anything is read, queued or looked up", async (_, vars, headers, error) => {
    const noted = notedBulk();
    const on = bulkSite(noted, { SaveAccess: "token", ...vars }, { saveToken: "correct horse" });
    const reply = await askJobs(path, { ...init, headers }, on);
    expect(reply.status).toBe(403);
    expect(await reply.json()).toMatchObject({ error });
    expect(noted).toMatchObject({ calls: [], asked: [] });
    expect(reply.headers.has("Access-Control-Allow-Origin")).toBe(false);
  });

  test("who has the token is answered", async () => {
    const on = bulkSite(notedBulk(), { SaveAccess: "token" }, { saveToken: "correct horse" });
    expect([202, 404]).toContain((await askJobs(path, { ...init, headers: TOKEN }, on)).status);
  });

  test("without bindings it is said what to bind, to whoever may know", async () => {
    const reply = await askJobs(path, init, site({ ErrorDetail: "0" }));
    expect(reply.status).toBe(501);
    const { error, message } = await reply.json<{ error: string; message: string }>();
    expect(error).toBe("jobsUnbound");
    for (const binding of ["SAVE_QUEUE", "SAVE_JOBS"]) expect(message).toContain(binding);
    const strangers = site({ SaveAccess: "token" }, { saveToken: "correct horse" });
    expect(await (await askJobs(path, init, strangers)).json()).toMatchObject({ error: "tokenWrong" });
  });
});

test.each([
  ["", "GET", "POST"],
  ["", "HEAD", "POST"],
  ["", "OPTIONS", "POST"],
  [JOB, "POST", "GET, HEAD"],
  [JOB, "DELETE", "GET, HEAD"],
])("/is/save%s takes no %s", async (path, method, allow) => {
  const reply = await askJobs(path, { method }, bulkSite(notedBulk()));
  expect([reply.status, reply.headers.get("Allow")]).toEqual([405, allow]);
});
