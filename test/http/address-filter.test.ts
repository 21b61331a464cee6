import { afterAll, beforeAll, expect, test } from "vitest";
import { LOCAL_VARS, type LocalWorker } from "../../scripts/local/worker.ts";
import { ask, form } from "../support/ask.ts";
import { contentsOf, SAVE_PATH, startBundled } from "../support/local.ts";
import { pngFile, testPattern } from "../support/pixels.ts";
import { doneOf, refusedOf, savePath } from "../support/save.ts";

const PATH = savePath("pattern", "wid=40", "a.jpg");
const FORM = "wid=40&req=saveToFile&name=a.jpg";

let worker: LocalWorker;
beforeAll(async () => {
  const vars = { ...LOCAL_VARS, ClientAddressFilter: "192.0.2.0/24, 2001:db8::/32" };
  worker = await startBundled({ vars });
  await worker.sources.put("pattern.png", pngFile(testPattern(80, 60)));
  await worker.saves.put(`${SAVE_PATH}/`, "");
});
afterAll(() => worker?.stop());

/** The local runtime takes the header as it comes; Cloudflare writes it. */
const from = (address: string) => ({ "CF-Connecting-IP": address });

test.each(["203.0.113.9", "2001:db9::1", "192.0.2.1, 192.0.2.1", "0300.0.2.1"])(
  "A client at %s is refused pictures and saves, and nothing is written.",
  async (address) => {
    const headers = from(address);
    for (const asking of [{ headers }, { headers, method: "POST" }]) {
      expect(refusedOf(await ask(worker.url, PATH, asking)).error).toBe("addressRefused");
    }
    // No form of theirs is read: that this is a save is not known.
    expect((await ask(worker.url, "/is/image/pattern", form(FORM, headers))).status).toBe(403);
    expect((await ask(worker.url, "/is/image/pattern?wid=40", { headers })).status).toBe(403);
    expect([...(await contentsOf(worker.saves)).keys()]).not.toContain(`${SAVE_PATH}/a.jpg`);
  },
);

test("A client of this machine is another one, whatever it says in X-Forwarded-For.", async () => {
  const headers = { "X-Forwarded-For": "192.0.2.1" };
  expect(refusedOf(await ask(worker.url, PATH, { headers })).error).toBe("addressRefused");
});

test.each(["192.0.2.1", "2001:db8::1", "::ffff:192.0.2.1"])(
  "A client at %s is served, and may save.",
  async (address) => {
    const headers = from(address);
    doneOf(await ask(worker.url, PATH, { headers }));
    doneOf(await ask(worker.url, "/is/image/pattern", form(FORM, headers)));
    expect((await ask(worker.url, "/is/image/pattern?wid=40", { headers })).status).toBe(200);
    await worker.saves.delete(`${SAVE_PATH}/a.jpg`);
  },
);
