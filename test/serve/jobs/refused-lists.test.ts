import { describe, expect, test } from "vitest";
import { LONGEST_BODY } from "../../../src/serve/jobs/body.ts";
import { LONGEST_URL, MOST_SAVES } from "../../../src/serve/jobs/entries.ts";
import type { Site } from "../../../src/serve/site.ts";
import { siteWith } from "../../support/site.ts";
import { askForSaves, askJobs, bulkSite, notedBulk } from "./bulk-site.ts";

const SAVE = "/is/image/quarters?wid=9&req=saveToFile&name=";
const GOOD = `${SAVE}good.jpg`;

/** How a list was refused, of which nothing may have been queued or remembered. */
async function refused(body: string, of: (noted: ReturnType<typeof notedBulk>) => Site = bulkSite) {
  const noted = notedBulk();
  const reply = await askJobs("", { method: "POST", body }, of(noted));
  expect(noted.calls).toEqual([]);
  expect(noted.asked).toEqual([]);
  return { status: reply.status, ...(await reply.json<{ error: string; message: string }>()) };
}

test.each([
  ["nothing", ""],
  ["no JSON", "[,]"],
  ["no array", '{"url":"/is/image/a"}'],
  ["an empty array", "[]"],
])("%s is no list", async (_, body) => {
  expect(await refused(body)).toMatchObject({ status: 403, error: "jobInvalid" });
});

test.each<[says: string, entry: unknown, why: string]>([
  ["a number", 7, "wants a string"],
  ["null", null, "wants a string"],
  ["an object without a URL", { name: "a.jpg" }, "wants a string"],
  ["an object whose name is no text", { url: GOOD, name: 7 }, "wants a string"],
  ["no URL", "https://", "wants a URL"],
  ["a URL that is too long", `${SAVE}${"a".repeat(LONGEST_URL)}`, `at most ${LONGEST_URL} characters`],
  ["a URL that grows too long as it is escaped", `${SAVE}${"é".repeat(LONGEST_URL / 4)}`, `at most ${LONGEST_URL}`],
  ["a path beside pictures", "/content/a?req=saveToFile&name=a.jpg", "/is/image/<object>"],
  ["a picture that is not to be saved", "/is/image/quarters?wid=9", "wants req=saveToFile"],
  ["what is no save in the end", `${GOOD}&req=img`, "wants req=saveToFile"],
  ["a save without a name", "/is/image/quarters?req=saveToFile", "name: wants a relative path, got nothing"],
  ["a name that climbs", `${SAVE}../a.jpg`, "a segment that is .."],
  ["a name that is absolute", { url: GOOD, name: "/a.jpg" }, "a slash at its beginning"],
  ["half of a surrogate pair in a name", { url: GOOD, name: "\ud800.jpg" }, "U+FFFD"],
  ["a name of no image", `${SAVE}a.html`, "its extension is not an image's"],
  ["a command that cannot be read", `${GOOD}&hei=x`, "hei: wants"],
  ["a macro that there is not", `${GOOD}&$none-such$`, "none-such"],
  ["no object", "/is/image?req=saveToFile&name=a.jpg", "The path names no picture"],
  ["the name of another entry", GOOD, "wants a name of its own, got that of [0]"],
  ["the name of another entry, otherwise composed", "/is/image/x?req=saveToFile&name=good%2Ejpg", "that of [0]"],
])("with %s in it nothing of a list is queued, and the place of it is told", async (_, entry, why) => {
  const { status, error, message } = await refused(JSON.stringify([GOOD, entry]));
  expect([status, error]).toEqual([403, "jobInvalid"]);
  expect(message).toContain("[1]: ");
  expect(message).toContain(why);
  expect(message).not.toContain("[0]: ");
});

test("names are the same in NFC, as R2 has them", async () => {
  const list = [`${SAVE}${encodeURIComponent("é")}`, `${SAVE}${encodeURIComponent("e\u0301")}`];
  expect((await refused(JSON.stringify(list))).message).toContain("[1]: wants a name of its own, got that of [0]");
});

test("ten entries are complained of by name, the others are counted", async () => {
  const { message } = await refused(JSON.stringify(Array.from({ length: 14 }, () => 7)));
  expect(message.match(/\[\d+\]/g)).toEqual(Array.from({ length: 10 }, (_, at) => `[${at}]`));
  expect(message).toMatch(/; and 4 more$/);
});

test("entries are read in the catalogs that their paths name", async () => {
  const attributes = { SavePath: "acme" };
  const specs = {
    acme: { attributes, records: { shoe: { Path: "shoe.jpg" } }, macros: { small: "wid=9" } },
    shut: { attributes: { ...attributes, ClientAddressFilter: "10.0.0.0/8" } },
    torn: { broken: "unreadable" },
    off: { attributes: { SavePath: "" } },
  };
  const list = [
    "/is/image/acme/shoe?$small$&req=saveToFile&name=a.jpg",
    "/is/image/quarters?$small$&req=saveToFile&name=a.jpg",
    "/is/image/shut/shoe?req=saveToFile&name=b.jpg",
    "/is/image/torn/shoe?req=saveToFile&name=c.jpg",
    "/is/image/off/shoe?req=saveToFile&name=d.jpg",
  ];
  const { message } = await refused(JSON.stringify(list), ({ bulk }) => siteWith(specs, {}, { bulk }));
  expect(message.match(/\[\d\]: [^;(]+/g)).toEqual([
    expect.stringMatching(/^\[1\]: .*small/),
    expect.stringMatching(/^\[2\]: Requests from this address are refused/),
    expect.stringMatching(/^\[3\]: The catalog cannot be used/),
    expect.stringMatching(/^\[4\]: Saving is switched off/),
  ]);
});

test("two names of one catalog's folder are not those of another's", async () => {
  const specs = { acme: { attributes: { SavePath: "acme" } }, bolt: { attributes: { SavePath: "bolt" } } };
  const noted = notedBulk();
  const list = ["acme", "bolt"].map((catalog) => `/is/image/${catalog}/x?req=saveToFile&name=a.jpg`);
  expect((await askForSaves(list, siteWith(specs, {}, { bulk: noted.bulk }))).status).toBe(202);
});

describe("how much a list may hold", () => {
  test("so many saves, and no more", async () => {
    const list = Array.from({ length: MOST_SAVES + 1 }, (_, at) => `${at}`);
    expect(await refused(JSON.stringify(list))).toMatchObject({ status: 413, error: "jobTooLarge" });
  });

  test("so many bytes, and no more, however few saves they are", async () => {
    const body = JSON.stringify(GOOD);
    const padded = (bytes: number) => `[${body}${" ".repeat(bytes - body.length - 2)}]`;
    expect(await refused(padded(LONGEST_BODY + 1))).toMatchObject({ status: 413, error: "jobTooLarge" });
    const reply = await askJobs("", { method: "POST", body: padded(LONGEST_BODY) }, bulkSite(notedBulk()));
    expect(reply.status).toBe(202);
  });
});
