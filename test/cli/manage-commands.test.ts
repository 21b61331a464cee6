import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { makeTool, type Tool } from "../support/cli.ts";
import { type SaveServer, startSaveServer } from "../support/save-server.ts";

interface Asked {
  readonly method: string | undefined;
  readonly url: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Buffer;
}

let tool: Tool;
beforeAll(() => {
  tool = makeTool();
});
afterAll(() => tool.remove());

const running: SaveServer[] = [];
afterEach(async () => {
  for (const server of running.splice(0)) await server.stop();
});

/** A server whose managing routes answer as a test says. */
async function server(answer: (asked: Asked) => { readonly status: number; readonly body: unknown }) {
  const asked: Asked[] = [];
  const started = await startSaveServer({
    listed: false,
    others: ({ method, url = "", headers }, body) => {
      asked.push({ method, url, headers, body });
      const { status, body: told } = answer({ method, url, headers, body });
      return { status, body: typeof told === "string" ? told : JSON.stringify(told) };
    },
  });
  running.push(started);
  return { url: started.url, asked };
}

const REFUSED = { status: 403, body: { error: "tokenWrong", title: "x", message: "Saving needs the header" } };

describe("fixative doctor", () => {
  const check = (name: string, ok: boolean, mend?: string) => ({ name, ok, says: `${name} was looked at`, mend });

  test("All is well: 0.", async () => {
    const { url } = await server(() => ({
      status: 200,
      body: { version: "0.1.0", checks: [check("token", true), check("SavePath", true)] },
    }));
    const { code, stdout } = await tool.run(["doctor", "--server", url]);
    expect(code).toBe(0);
    expect(stdout).toBe(
      `fixative 0.1.0 at ${url}/\nok    token     token was looked at\nok    SavePath  SavePath was looked at\nAll is well.\n`,
    );
  });

  test("What failed is said, with what to mend: 1.", async () => {
    const checks = [check("token", true), check("folder", false, "make it by: npx wrangler …")];
    const { url } = await server(() => ({ status: 200, body: { version: "9.0.0", checks } }));
    const { code, stdout } = await tool.run(["doctor", "--server", url]);
    expect(code).toBe(1);
    expect(stdout).toContain("This tool is of version");
    expect(stdout).toContain("fail  folder  folder was looked at\n");
    expect(stdout).toContain("→ make it by: npx wrangler …\n");
    expect(stdout).toContain("1 of 2 checks failed.");
  });

  test.each([
    ["a page", { status: 200, body: "<html>" }, "no fixative"],
    ["other JSON", { status: 200, body: { ok: true } }, "no fixative"],
    ["checks that are none", { status: 200, body: { version: "1", checks: [{ name: 5 }] } }, "no fixative"],
    ["404", { status: 404, body: "not found" }, "no fixative"],
    ["a refusal", REFUSED, "FIXATIVE_TOKEN"],
  ])("Where %s answers, it says so: 1.", async (_, answer, says) => {
    const { url } = await server(() => answer);
    const { code, stderr } = await tool.run(["doctor", "--server", url]);
    expect(code).toBe(1);
    expect(stderr).toContain(says);
  });

  test("Where nothing answers, it says so: 1.", async () => {
    const gone = await startSaveServer();
    await gone.stop();
    const { code, stderr } = await tool.run(["doctor", "--server", gone.url]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/ does not answer: .*ECONNREFUSED/);
  });
});

describe("fixative ls", () => {
  const pages = [
    {
      objects: [
        {
          key: "a.jpg",
          size: 1234,
          uploaded: "2026-11-22T14:03:11.000Z",
          etag: "e",
          type: "image/jpeg",
          width: 40,
          height: 30,
        },
      ],
      cursor: "next",
    },
    {
      objects: [
        { key: "shoes/b\u001b.png", size: 5, uploaded: "2026-11-22T14:03:12.000Z", etag: "f", type: "image/png" },
      ],
    },
  ];

  test("lists all pages, and no control character of a key.", async () => {
    const { url, asked } = await server(({ url: path }) => ({
      status: 200,
      body: path.includes("cursor=next") ? pages[1] : pages[0],
    }));
    const { code, stdout } = await tool.run(["ls", "shoes/", "--server", url, "--token", "secret"]);
    expect(code).toBe(0);
    expect(stdout).toBe(
      "1234  2026-11-22T14:03:11.000Z  image/jpeg  40 × 30  a.jpg\n5  2026-11-22T14:03:12.000Z  image/png    shoes/b\\x1b.png\n",
    );
    expect(asked.map(({ url: path, headers }) => [path, headers.authorization])).toEqual([
      ["/is/sources?prefix=shoes%2F", "Bearer secret"],
      ["/is/sources?prefix=shoes%2F&cursor=next", "Bearer secret"],
    ]);
  });

  test("lists what was saved, where that is asked for; a refusal is said: 1.", async () => {
    const { url, asked } = await server(() => REFUSED);
    const { code, stdout, stderr } = await tool.run(["ls", "--saved", "--server", url]);
    expect([code, stdout, stderr]).toEqual([1, "", "tokenWrong: Saving needs the header\n"]);
    expect(asked[0]?.url).toBe("/is/content?prefix=");
  });

  test("A cursor that does not move ends the list.", async () => {
    const { url, asked } = await server(() => ({ status: 200, body: pages[0] }));
    expect((await tool.run(["ls", "--server", url])).code).toBe(0);
    expect(asked).toHaveLength(2);
  });
});

describe("fixative put", () => {
  const PUT = { status: 201, body: { key: "k", size: 3, etag: "e", type: "image/png", width: 4, height: 5 } };
  const file = (name: string) => {
    writeFileSync(join(tool.folder, name), `bytes of ${name}`);
    return name;
  };

  test("puts each file under its name, behind the prefix, byte for byte.", async () => {
    const { url, asked } = await server(() => PUT);
    const { code, stdout } = await tool.run([
      "put",
      file("a b.png"),
      file("c.jpg"),
      "--prefix",
      "shoes/",
      "--server",
      url,
    ]);
    expect([code, stdout]).toEqual([
      0,
      "shoes/a b.png  image/png  4 × 5  3 bytes\nshoes/c.jpg  image/png  4 × 5  3 bytes\n",
    ]);
    expect(asked.map(({ method, url: path, body }) => [method, path, `${body}`])).toEqual([
      ["PUT", "/is/sources/shoes/a%20b.png", "bytes of a b.png"],
      ["PUT", "/is/sources/shoes/c.jpg", "bytes of c.jpg"],
    ]);
  });

  test("puts one under a key, and replaces nothing where that is asked for.", async () => {
    const { url, asked } = await server(() => PUT);
    expect((await tool.run(["put", file("a.png"), "--key", "x/y.png", "--new", "--server", url])).code).toBe(0);
    expect(asked[0]).toMatchObject({ url: "/is/sources/x/y.png", headers: { "if-none-match": "*" } });
  });

  test("says which could not be put, and puts the others: 1.", async () => {
    const refused = { status: 403, body: { error: "sourceFormat", message: "not a picture" } };
    const { url, asked } = await server(({ url: path }) => (path.endsWith("bad.txt") ? refused : PUT));
    const { code, stderr } = await tool.run(["put", "nowhere.png", file("bad.txt"), file("good.png"), "--server", url]);
    expect([code, stderr]).toEqual([1, "nowhere.png: cannot be read\nbad.txt: sourceFormat: not a picture\n"]);
    expect(asked).toHaveLength(2);
  });

  test("puts nothing where two would have one key.", async () => {
    const { url, asked } = await server(() => PUT);
    expect((await tool.run(["put", "x/a.png", "y/a.png", "--server", url])).code).toBe(2);
    expect((await tool.run(["put", "a.png", "b.png", "--key", "k", "--server", url])).code).toBe(2);
    expect(asked).toEqual([]);
  });
});
