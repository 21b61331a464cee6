import { exports } from "cloudflare:workers";
import { beforeAll, describe, expect, test } from "vitest";
import { distance, pixelAt, pngOf, quarters, readJpeg, readPng } from "../support/charts.ts";
import { counting } from "../support/counting.ts";
import { picture } from "../support/pictures.ts";
import { ask, buckets, properties, site } from "../support/site.ts";

beforeAll(async () => {
  await buckets.SOURCES.put("quarters.png", pngOf(quarters(100, 60)));
  await buckets.SOURCES.put("folder/deep é.png", pngOf(quarters(10, 10)));
  await buckets.SOURCES.put(
    "veil.png",
    pngOf(picture({ width: 40, height: 40 }, (x) => [255, 0, 0, x < 20 ? 0 : 128])),
  );
});

async function bytes(reply: Response): Promise<Uint8Array> {
  return new Uint8Array(await reply.arrayBuffer());
}

describe("the picture", () => {
  test("is a JPEG of the asked size, with every colour in its place", async () => {
    const reply = await ask("quarters?wid=50&qlt=95");
    expect(reply.status).toBe(200);
    expect(reply.headers.get("Content-Type")).toBe("image/jpeg");
    const got = readJpeg(await bytes(reply));
    expect(got.size).toEqual({ width: 50, height: 30 });
    expect(distance(pixelAt(got, 10, 6), [255, 0, 0, 255])).toBeLessThan(6);
    expect(distance(pixelAt(got, 40, 6), [0, 255, 0, 255])).toBeLessThan(6);
    expect(distance(pixelAt(got, 10, 24), [0, 0, 255, 255])).toBeLessThan(6);
    expect(distance(pixelAt(got, 40, 24), [255, 255, 255, 255])).toBeLessThan(6);
  });

  test("has bars of bgc where the view is larger", async () => {
    const got = readPng(await bytes(await ask("quarters?wid=50&hei=50&bgc=10,20,30&fmt=png")));
    expect(got.size).toEqual({ width: 50, height: 50 });
    expect(pixelAt(got, 25, 0)).toEqual([10, 20, 30, 255]);
    expect(pixelAt(got, 25, 9)).toEqual([10, 20, 30, 255]);
    expect(pixelAt(got, 10, 12)).toEqual([255, 0, 0, 255]);
    expect(pixelAt(got, 40, 39)).toEqual([255, 255, 255, 255]);
    expect(pixelAt(got, 25, 40)).toEqual([10, 20, 30, 255]);
  });

  test("has transparent bars in a format with alpha", async () => {
    const got = readPng(await bytes(await ask("quarters?wid=50&hei=50&bgc=10,20,30&fmt=png-alpha")));
    expect(pixelAt(got, 25, 0)).toEqual([0, 0, 0, 0]);
    expect(pixelAt(got, 10, 12)).toEqual([255, 0, 0, 255]);
  });

  test("shows what fit=crop leaves, cut at the centre", async () => {
    const got = readPng(await bytes(await ask("quarters?wid=10&hei=30&fit=crop&fmt=png")));
    expect(got.size).toEqual({ width: 10, height: 30 });
    expect(pixelAt(got, 0, 2)).toEqual([255, 0, 0, 255]);
    expect(pixelAt(got, 9, 27)).toEqual([255, 255, 255, 255]);
  });

  test("at full size is the source, pixel for pixel", async () => {
    const got = readPng(await bytes(await ask("veil?fmt=png-alpha")));
    expect(pixelAt(got, 5, 5)).toEqual([0, 0, 0, 0]);
    expect(pixelAt(got, 30, 5)).toEqual([255, 0, 0, 128]);
  });

  test("shows bgc through what is half transparent, in a format without alpha", async () => {
    const got = readPng(await bytes(await ask("veil?fmt=png&bgc=0,0,255")));
    expect(pixelAt(got, 5, 5)).toEqual([0, 0, 255, 255]);
    expect(pixelAt(got, 30, 5)).toEqual([128, 0, 127, 255]);
  });
});

describe("the object", () => {
  test.each(["quarters", "quarters.png", "folder/deep%20%C3%A9", "folder/deep é.png", "/quarters"])(
    "%s is found",
    async (path) => {
      expect((await ask(path)).status).toBe(200);
    },
  );

  test("is looked up below RootPath, and with DefaultExt first", async () => {
    await buckets.SOURCES.put("root/one.tif", pngOf(quarters(7, 7)));
    await buckets.SOURCES.put("root/one.jpg", pngOf(quarters(9, 9)));
    const reply = await ask("one?fmt=png", {}, site({ RootPath: "root", DefaultExt: ".tif" }));
    expect(readPng(await bytes(reply)).size.width).toBe(7);
    expect((await ask("quarters", {}, site({ RootPath: "root" }))).status).toBe(403);
  });

  test("that is missing is a 403 that names the keys where it was looked for, if ErrorDetail allows", async () => {
    const reply = await ask("nowhere");
    expect(reply.status).toBe(403);
    expect(await reply.text()).toBe(
      'The picture does not exist: looked for "nowhere", "nowhere.jpg", "nowhere.jpeg", "nowhere.png", "nowhere.webp"\n',
    );
    expect(await (await ask("nowhere", {}, site({ ErrorDetail: "0" }))).text()).toBe("The picture does not exist\n");
  });
});

describe("the reply", () => {
  test("is cacheable and has an ETag, which begins with the MD5 of its body", async () => {
    const reply = await ask("quarters?wid=20");
    expect(reply.headers.get("Cache-Control")).toBe("public, max-age=36000");
    expect(new Date(reply.headers.get("Expires") ?? "").getTime()).toBeGreaterThan(Date.now() + 35_000_000);
    const body = await bytes(reply);
    const digest = new Uint8Array(await crypto.subtle.digest("MD5", body));
    const md5 = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    expect(reply.headers.get("ETag")).toMatch(new RegExp(`^"${md5}-[0-9a-f]{8}"$`));
    expect(reply.headers.get("Content-Length")).toBe(String(body.length));
    expect(reply.headers.get("X-Content-Type-Options")).toBe("nosniff");
  });

  test("follows Expiration: 0 expires at once, -1 never", async () => {
    const cacheControl = async (Expiration: string) =>
      (await ask("quarters?wid=20", {}, site({ Expiration }))).headers.get("Cache-Control");
    expect(await cacheControl("0")).toBe("public, max-age=0");
    expect(await cacheControl("0.5")).toBe("public, max-age=1800");
    expect(await cacheControl("-1")).toBe("public, max-age=31536000");
  });

  test("that never expires is 304 to whoever has it, without a look at it", async () => {
    const never = site({ Expiration: "-1" });
    const etag = (await ask("quarters?wid=20", {}, never)).headers.get("ETag") ?? "";
    const { bucket: sources, calls } = counting(buckets.SOURCES);
    const on = site({ Expiration: "-1" }, { sources });
    const reply = await ask("quarters?wid=20", { headers: { "If-None-Match": etag } }, on);
    expect([reply.status, calls]).toEqual([304, []]);
    expect((await ask("quarters?wid=21", { headers: { "If-None-Match": etag } }, on)).status).toBe(200);
  });

  test("to a HEAD has the headers of the GET and no body", async () => {
    const get = await ask("quarters?wid=20");
    const head = await ask("quarters?wid=20", { method: "HEAD" });
    expect(head.status).toBe(200);
    for (const name of ["ETag", "Content-Type", "Content-Length", "Cache-Control"]) {
      expect(head.headers.get(name)).toBe(get.headers.get(name));
    }
    expect(await head.text()).toBe("");
  });

  test("is 304 where the client has it, by any spelling of its ETag", async () => {
    const etag = (await ask("quarters?wid=20")).headers.get("ETag") ?? "";
    for (const header of [etag, `W/${etag}`, `"other", ${etag}`, "*"]) {
      const reply = await ask("quarters?wid=20", { headers: { "If-None-Match": header } });
      expect(reply.status).toBe(304);
      expect(reply.headers.get("ETag")).toBe(etag);
      expect(await reply.text()).toBe("");
    }
    expect((await ask("quarters?wid=20", { headers: { "If-None-Match": '"other"' } })).status).toBe(200);
  });

  test("to a POST is that of its form, whose commands come after those of the URL", async () => {
    const reply = await ask("quarters?wid=50", {
      method: "POST",
      body: new URLSearchParams({ wid: "20", fmt: "png" }),
    });
    expect(readPng(await bytes(reply)).size.width).toBe(20);
  });

  test("of the Worker itself, through its exported handler, is the same", async () => {
    const direct = await ask("quarters?wid=20");
    const whole = await exports.default.fetch("https://pictures.example/is/image/quarters?wid=20");
    expect(whole.status).toBe(200);
    expect(whole.headers.get("ETag")).toBe(direct.headers.get("ETag"));
  });
});

describe("refusals", () => {
  const refused = async (path: string, init: RequestInit = {}) => {
    const reply = await ask(path, init);
    expect(reply.headers.get("Cache-Control")).toBe("no-cache, no-store");
    expect(reply.headers.get("ETag")).toBeNull();
    return { status: reply.status, allow: reply.headers.get("Allow"), text: (await reply.text()).trimEnd() };
  };

  test.each([
    [
      "quarters?wid=abc",
      'The request cannot be understood: wid: wants a number of pixels > 0, got "abc" (at character 4)',
    ],
    [
      "quarters?fit=crop",
      'The request cannot be understood: fit: wants wid or hei beside it, got "neither" (at character 4)',
    ],
    ["quarters?fmt=tif", "This part of the protocol is known but not built yet: fmt=tif"],
    ["quarters?req=props", "This part of the protocol is known but not built yet: req=props"],
    [
      "quarters%3Fwid=3",
      'The path is not the name of a picture: wants an object without a question mark, encoded or not, got "quarters?wid=3"',
    ],
    ["?wid=3", "The path names no picture: /is/image/<object> is wanted"],
  ])("%s is 403: %s", async (path, text) => {
    expect(await refused(path)).toMatchObject({ status: 403, text });
  });

  test("what is wrong with the client's own text is told at every ErrorDetail", async () => {
    const reply = await ask("quarters?wid=abc", {}, site({ ErrorDetail: "0" }));
    expect(await reply.text()).toContain('wid: wants a number of pixels > 0, got "abc"');
  });

  test("another method is 405 with those that are possible", async () => {
    expect(await refused("quarters", { method: "PUT" })).toMatchObject({ status: 405, allow: "GET, HEAD, POST" });
    expect(await refused("quarters", { method: "OPTIONS" })).toMatchObject({ status: 405 });
  });

  test("an empty form of any kind is none", async () => {
    const reply = await ask("quarters?wid=9", { method: "POST", headers: { "Content-Type": "application/json" } });
    expect(reply.status).toBe(200);
    await reply.arrayBuffer();
  });

  test("a form of another kind, or one without end, is 403", async () => {
    expect(await refused("quarters", { method: "POST", body: new FormData() })).toMatchObject({ status: 403 });
    const form = { "Content-Type": "application/x-www-form-urlencoded" };
    const long = await refused("quarters", { method: "POST", headers: form, body: "x".repeat(70_000) });
    expect(long).toMatchObject({ status: 403, text: "The form is larger than 65536 bytes" });
  });

  test("another path is 404", async () => {
    const reply = await exports.default.fetch("https://pictures.example/favicon.ico");
    expect(reply.status).toBe(404);
    await reply.text();
  });
});

test("neither object nor modifiers: the banner", async () => {
  const reply = await ask("");
  expect(reply.status).toBe(200);
  expect(await properties(reply)).toMatchObject({ outcome: "#S7Z OK", copyright: expect.stringContaining("fixative") });
});
