import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LOCAL_VARS, type LocalWorker } from "../../scripts/local/worker.ts";
import { ask } from "../support/ask.ts";
import { startBundled } from "../support/local.ts";

const FILES = [
  ["/", "text/html"],
  ["/playground/main.js", "text/javascript"],
  ["/playground/main.css", "text/css"],
  ["/playground/icon.svg", "image/svg+xml"],
] as const;

describe("where the playground is on", () => {
  let worker: LocalWorker;
  beforeAll(async () => {
    worker = await startBundled({ vars: LOCAL_VARS });
  });
  afterAll(() => worker?.stop());

  test.each(FILES)("%s is answered as %s, and may do no more than the page needs.", async (path, type) => {
    const { status, headers, body } = await ask(worker.url, path);
    expect([status, headers["content-type"]]).toEqual([200, expect.stringContaining(type)]);
    expect(body.length).toBeGreaterThan(100);
    expect(headers["content-security-policy"]).toMatch(/^default-src 'none'; script-src 'self'; /);
    expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
    expect(headers).toMatchObject({ "x-content-type-options": "nosniff", "cache-control": "no-cache" });
  });

  test.each(FILES)("%s is not sent again to who has it, and to a HEAD not at all.", async (path) => {
    const { headers } = await ask(worker.url, path);
    const again = await ask(worker.url, path, { headers: { "If-None-Match": headers.etag ?? "" } });
    expect([again.status, again.body.length]).toEqual([304, 0]);
    const head = await ask(worker.url, path, { method: "HEAD" });
    expect([head.status, head.headers.etag, head.body.length]).toEqual([200, headers.etag, 0]);
  });

  test("The page asks for nothing that is not there.", async () => {
    const { body } = await ask(worker.url, "/");
    const asked = [...body.toString().matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path = ""]) => path);
    expect(asked.sort()).toEqual(
      FILES.map(([path]) => path)
        .filter((path) => path !== "/")
        .sort(),
    );
  });

  test.each(["/playground/no.js", "/index.html", "/main.js", "/playground", "/playground/"])(
    "%s is nothing.",
    async (path) => {
      expect((await ask(worker.url, path)).status).toBe(404);
    },
  );

  test("Only GET and HEAD are answered.", async () => {
    expect((await ask(worker.url, "/", { method: "POST" })).status).toBe(405);
  });

  test("A picture behind a prefix of that name is a picture.", async () => {
    const { status, body } = await ask(worker.url, "/playground/is/image/nothing");
    expect([status, body.toString()]).toEqual([403, expect.stringContaining("does not exist")]);
  });
});

describe("where the playground is off, as it ships", () => {
  let worker: LocalWorker;
  beforeAll(async () => {
    worker = await startBundled({ vars: { ...LOCAL_VARS, Playground: "0" } });
  });
  afterAll(() => worker?.stop());

  test.each([...FILES.map(([path]) => path), "/presets.json", "/index.html", "/main.js"])(
    "%s is answered as any path is that is nobody's.",
    async (path) => {
      const nobodys = await ask(worker.url, "/nobodys");
      const { status, headers, body } = await ask(worker.url, path);
      expect(status).toBe(404);
      expect(headers).not.toHaveProperty("content-security-policy");
      if (path !== "/presets.json") expect(body.toString()).toBe(nobodys.body.toString());
    },
  );
});
