import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LOCAL_VARS, type LocalWorker } from "../../scripts/local/worker.ts";
import { ask } from "../support/ask.ts";
import { contentsOf, SAVE_PATH, startBundled } from "../support/local.ts";
import { jpegFile, pngFile, testPattern } from "../support/pixels.ts";
import { doneOf, savePath } from "../support/save.ts";

const PNG = pngFile(testPattern(80, 60));

/** The JSON of a reply. */
const json = (body: Buffer) => JSON.parse(body.toString()) as Record<string, unknown>;

describe("a Worker that serves what it saves and takes sources", () => {
  let worker: LocalWorker;
  beforeAll(async () => {
    worker = await startBundled({ vars: { ...LOCAL_VARS, MaxSourceBytes: "3000000" }, quiet: true });
    await worker.saves.put(`${SAVE_PATH}/`, "");
    await worker.saves.put(`${SAVE_PATH}/.provenance/0abc.jpg`, "the server's");
    await worker.saves.put("beside.jpg", "not below SavePath");
  });
  afterAll(() => worker?.stop());

  const put = (path: string, body: Buffer, headers: Record<string, string> = {}) =>
    ask(worker.url, path, { method: "PUT", body, headers: { "Content-Length": String(body.length), ...headers } });

  test("A picture that is put, saved and listed is served as the save has said.", async () => {
    const { status, body } = await put("/is/sources/new/pattern.png", PNG);
    expect([status, json(body)]).toMatchObject([
      201,
      { key: "new/pattern.png", type: "image/png", width: 80, height: 60 },
    ]);
    const saved = doneOf(await ask(worker.url, savePath("new/pattern", "wid=40", "pattern 40.jpg")));

    const file = await ask(worker.url, "/is/content/pattern%2040.jpg");
    const object = await worker.saves.get(`${SAVE_PATH}/pattern 40.jpg`);
    const bytes = Buffer.from((await object?.arrayBuffer()) ?? new ArrayBuffer());
    expect([file.status, file.body.equals(bytes)]).toEqual([200, true]);
    expect(file.headers).toMatchObject({
      "content-length": String(saved.size),
      "content-type": "image/jpeg",
      "cache-control": "public, max-age=60",
      "accept-ranges": "bytes",
      "access-control-allow-origin": "*",
      "x-content-type-options": "nosniff",
      etag: `"${saved.etag}"`,
    });
    expect(file.headers).not.toHaveProperty("transfer-encoding");

    const { objects } = json((await ask(worker.url, "/is/content")).body) as { objects: object[] };
    expect(objects).toEqual([
      expect.objectContaining({ key: "pattern 40.jpg", size: saved.size, etag: saved.etag, width: 40, height: 30 }),
    ]);
  });

  test("HEAD, ranges and conditions come through as they are over HTTP.", async () => {
    const path = "/is/content/long.jpg";
    const long = Buffer.from(Uint8Array.from({ length: 300_000 }, (_, at) => (at * at) % 251));
    await worker.saves.put(`${SAVE_PATH}/long.jpg`, long, { httpMetadata: { contentType: "image/jpeg" } });
    const whole = await ask(worker.url, path);
    const head = await ask(worker.url, path, { method: "HEAD" });
    const { date: _, ...said } = whole.headers;
    expect(head).toMatchObject({ status: 200, headers: said, body: Buffer.alloc(0) });
    expect(whole.headers["content-length"]).toBe("300000");

    const part = await ask(worker.url, path, { headers: { Range: "bytes=100000-199999" } });
    expect([part.status, part.headers["content-range"], part.headers["content-length"]]).toEqual([
      206,
      "bytes 100000-199999/300000",
      "100000",
    ]);
    expect(part.body.equals(long.subarray(100_000, 200_000))).toBe(true);
    const end = await ask(worker.url, path, { headers: { Range: "bytes=-7" } });
    expect(end.body.equals(long.subarray(-7))).toBe(true);
    const beyond = await ask(worker.url, path, { headers: { Range: "bytes=300000-" } });
    expect([beyond.status, beyond.headers["content-range"]]).toEqual([416, "bytes */300000"]);

    const etag = whole.headers.etag ?? "";
    const known = await ask(worker.url, path, { headers: { "If-None-Match": etag } });
    expect([known.status, known.headers.etag, known.body.length]).toEqual([304, etag, 0]);
    const dated = await ask(worker.url, path, {
      headers: { "If-Modified-Since": whole.headers["last-modified"] ?? "" },
    });
    expect(dated.status).toBe(304);
    expect((await ask(worker.url, path, { headers: { "If-Match": '"x"' } })).status).toBe(412);
  });

  // Byte for byte, as no URL parser lets them through. Source: save-contract "Where it goes".
  test.each([
    "/is/content/../content/.provenance/0abc.jpg",
    "/is/content/..%2f..%2fbeside.jpg",
    "/is/content/%2e%2e/%2e%2e/beside.jpg",
    "/is/content/..%5cbeside.jpg",
    "/is/content/%2fbeside.jpg",
    "/is/content//beside.jpg",
    "/is/content/.provenance/0abc.jpg",
    "/is/content/%2eprovenance%2f0abc.jpg",
    "/is/content/a%00.jpg",
    "/is/content/%ff.jpg",
    "/is/content/",
  ])("%s finds nothing.", async (path) => {
    const { status, headers, body } = await ask(worker.url, path);
    expect([status, headers["content-type"]]).toEqual([404, "text/plain; charset=utf-8"]);
    expect(body.toString()).not.toContain("not below SavePath");
    expect(body.toString()).not.toContain("the server's");
  });

  test.each([
    ["a text", Buffer.from("hello, this is no picture"), {}, 403, "sourceFormat"],
    ["nothing", Buffer.alloc(0), {}, 403, "sourceFormat"],
    ["a picture that ends in its header", PNG.subarray(0, 20), {}, 403, "sourceBroken"],
    ["more than MaxSourceBytes", Buffer.alloc(3_000_001), {}, 413, "fileTooLarge"],
  ])("%s is refused, and nothing is there.", async (_, body, headers, status, error) => {
    const reply = await put("/is/sources/refused.png", body, headers);
    expect([reply.status, json(reply.body).error]).toEqual([status, error]);
    expect([...(await contentsOf(worker.sources)).keys()]).not.toContain("refused.png");
  });

  test("A file that is sent in chunks, without its length, is refused in words.", async () => {
    const reply = await ask(worker.url, "/is/sources/chunked.png", {
      method: "PUT",
      body: PNG,
      headers: { "Transfer-Encoding": "chunked" },
    });
    expect([reply.status, json(reply.body).error]).toEqual([411, "lengthMissing"]);
  });

  test("A file of two megabytes comes through whole, and one over what is there does not where it may not.", async () => {
    const large = Buffer.concat([jpegFile(testPattern(640, 480)), Buffer.alloc(2_000_000, 7)]);
    expect((await put("/is/sources/large.jpg", large)).status).toBe(201);
    const object = await worker.sources.get("large.jpg");
    expect(Buffer.from((await object?.arrayBuffer()) ?? new ArrayBuffer()).equals(large)).toBe(true);
    const again = await put("/is/sources/large.jpg", PNG, { "If-None-Match": "*" });
    expect([again.status, json(again.body).error]).toEqual([412, "sourceConflict"]);
    expect((await worker.sources.head("large.jpg"))?.version).toBe(object?.version);
  });

  test("An upload whose connection breaks leaves what was there.", async () => {
    await put("/is/sources/kept.png", PNG);
    const before = await contentsOf(worker.sources);
    const large = Buffer.concat([PNG, Buffer.alloc(1_000_000)]);
    for (const name of ["kept.png", "never.png"]) {
      await new Promise<void>((resolve, reject) => {
        const { hostname, port, host } = worker.url;
        const socket = connect(Number(port), hostname);
        socket.on("error", reject);
        const head = `PUT /is/sources/${name} HTTP/1.1\r\nHost: ${host}\r\nContent-Length: ${large.length}\r\n\r\n`;
        socket.write(head);
        socket.write(large.subarray(0, -1), () => socket.destroy());
        socket.on("close", () => resolve());
      });
    }
    // Asked over the same server: by then it has heard of both.
    expect((await put("/is/sources/after.png", PNG)).status).toBe(201);
    await expect
      .poll(async () => [...(await contentsOf(worker.sources))].filter(([key]) => key !== "after.png"))
      .toEqual([...before]);
  });
});

test("As it ships it serves nothing that was saved, and takes no sources.", async () => {
  const worker = await startBundled({ vars: { SAVE_TOKEN: "a secret" }, quiet: true });
  try {
    await worker.saves.put(`${SAVE_PATH}/a.jpg`, "saved");
    const headers = { Authorization: "Bearer a secret" };
    expect((await ask(worker.url, "/is/content/a.jpg", { headers })).status).toBe(404);
    for (const path of ["/is/content", "/is/sources"]) {
      const reply = await ask(worker.url, path);
      expect([reply.status, json(reply.body).error]).toEqual([403, "tokenWrong"]);
    }
    expect((await ask(worker.url, "/is/sources", { headers })).status).toBe(404);
    const put = { method: "PUT", body: PNG, headers: { ...headers, "Content-Length": String(PNG.length) } };
    expect((await ask(worker.url, "/is/sources/a.png", put)).status).toBe(404);
    expect([...(await contentsOf(worker.sources)).keys()]).toEqual([]);
  } finally {
    await worker.stop();
  }
});
