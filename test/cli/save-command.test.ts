import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { cliSaving, writesOf } from "../support/cli-saving.ts";
import { type Behaviour, refusal } from "../support/save-server.ts";

const { tool, server, list, save } = cliSaving();

describe("fixative save", () => {
  test("saves one URL of any host, with its preset and its modifiers, and keeps no journal.", async () => {
    const to = await server();
    const { code, stdout, stderr } = await save(
      to,
      "https://s7d1.scene7.com/is/image/Co/shoe%20red?$Large$&op_usm=1,2",
    );
    expect([code, stdout, stderr]).toEqual([0, "saved  1\n", "1 to save\n"]);
    expect(to.arrivals).toMatchObject([
      { method: "POST", path: "/is/image/Co/shoe%20red?$Large$&op_usm=1,2&req=saveToFile&name=Co/shoe%20red.jpg" },
    ]);
  });

  test("saves a file of URLs, so many at a time, and keeps a journal beside it.", async () => {
    const to = await server({ behave: () => new Promise((resolve) => setTimeout(resolve, 5, "save")) });
    const { code, stdout, stderr } = await save(to, list("many.txt", 250), "--jobs", "3");
    expect([code, stdout]).toEqual([0, "saved  250\n"]);
    expect(stderr).toMatch(/^250 to save\n100 of 250, 0 failed, .*\n200 of 250, 0 failed, .*\n$/);
    expect(writesOf(to)).toEqual(Array(250).fill(1));
    expect(to.mostAtOnce()).toBe(3);
    const lines = readFileSync(join(tool().folder, "many.txt.fixative.jsonl"), "utf8").trim().split("\n");
    expect(lines).toHaveLength(1 + 2 * 250);
    expect(existsSync(join(tool().folder, "many.txt.fixative.jsonl.lock"))).toBe(false);
  });

  test("takes CSV by stdin, with names of its own.", async () => {
    const to = await server();
    const stdin = 'name,url\nspring/a.png,"/is/image/Co/a?size=1,2"\n,/is/image/Co/b\n';
    const { code } = await tool().run(["save", "-", "--server", to.url, "--quiet"], { stdin });
    expect(code).toBe(0);
    expect([...to.writes.keys()].sort()).toEqual(["Co/b.jpg", "spring/a.png"]);
  });

  test("makes names of a pattern, and gives the server a time.", async () => {
    const to = await server();
    await save(to, "/is/image/Co/a?$PDP$&fmt=webp", "--names", "{preset}/{base}-{n}.{ext}", "--timeout", "9000");
    expect(to.arrivals[0]?.path).toMatch(/&name=PDP\/a-1\.webp&timeout=9000$/);
  });

  test("sends the token that it is given, by option or environment.", async () => {
    const to = await server();
    await save(to, "/is/image/a", "--token", "one");
    const env = { FIXATIVE_TOKEN: "two", FIXATIVE_SERVER: to.url };
    await tool().run(["save", "/is/image/a"], { env });
    writeFileSync(join(tool().folder, ".dev.vars"), 'SAVE_TOKEN="three"\n');
    await save(to, "/is/image/a");
    expect(to.arrivals.map(({ headers }) => headers.authorization)).toEqual([
      "Bearer one",
      "Bearer two",
      "Bearer three",
    ]);
  });

  test("sends nothing of a list in which two names are one, and names both lines.", async () => {
    const to = await server();
    writeFileSync(join(tool().folder, "twice.txt"), "/is/image/a?wid=1\n\n/is/image/a?wid=2\n");
    const { code, stderr } = await save(to, "twice.txt");
    expect([code, to.arrivals.length]).toEqual([2, 0]);
    expect(stderr).toBe('line 3: the name "a.jpg" is that of line 1 as well\nNothing was sent.\n');
    expect(existsSync(join(tool().folder, "twice.txt.fixative.jsonl"))).toBe(false);
  });

  test.each([
    [["save"], "from"],
    [["save", "/is/image/a"], "--server"],
    [["save", "nowhere.txt", "--server", "http://localhost:1"], "nowhere.txt cannot be read"],
    [["save", "/is/image/a", "--server", "http://localhost:1", "--jobs", "0"], "--jobs: wants 1 to 64"],
    [["save", "/is/image/a", "--server", "http://localhost:1", "--names", "{x}"], "--names: wants {path}"],
    [["save", "/is/image/a", "--server", "http://localhost:1", "--timeout", "1s"], "--timeout"],
    [["save", "-", "--server", "http://localhost:1"], "the list is empty"],
    [["save", "-", "--server", "http://localhost:1", "--resume"], "--journal"],
    [["save", "/is/image/a", "--bogus"], "--bogus"],
    [["bogus"], "bogus"],
  ])("%j cannot be understood: 2, and nothing is sent.", async (args, says) => {
    const { code, stdout, stderr } = await tool().run(args, { stdin: args.includes("--resume") ? "/is/image/a" : "" });
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(says);
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});

describe("failures", () => {
  test("What is wrong with a picture fails once, the rest is saved, and the table has an example of each: 1.", async () => {
    const to = await server({
      behave: ({ name }) =>
        name === "Co/3.jpg" || name === "Co/5.jpg" ? refusal("sourceMissing", "no such picture") : "save",
    });
    const { code, stdout, stderr } = await save(to, list("some.txt", 9));
    expect(code).toBe(1);
    expect(stdout).toBe("saved   7\nfailed  2\n  sourceMissing  2  line 4: Co/3.jpg: no such picture\n");
    expect(stderr).toContain("line 6: Co/5.jpg: sourceMissing: no such picture\n");
    expect(to.arrivals).toHaveLength(9);
    // Those that failed are tried again by a later run, and no others.
    const again = await save(to, "some.txt", "--resume");
    expect(again.stdout).toContain("saved before  7");
    expect(to.arrivals).toHaveLength(11);
  });

  test("What passes is tried again until it is saved; Retry-After is kept.", async () => {
    const passing: readonly Behaviour[] = [
      refusal("storage"),
      { status: 429, text: "busy", headers: { "Retry-After": "1" } },
      refusal("saveTimeout"),
      "save",
    ];
    const to = await server({ behave: ({ attempt }) => passing[attempt - 1] ?? "save" });
    const { code } = await save(to, "/is/image/a");
    expect([code, writesOf(to)]).toEqual([0, [1]]);
    const [, busy, after] = to.arrivals.map(({ at }) => at);
    // Timers may fire a millisecond early.
    expect((after ?? 0) - (busy ?? 0)).toBeGreaterThanOrEqual(995);
  });

  test("A wrong token ends the list at once, whatever its length.", async () => {
    const to = await server({ behave: () => refusal("tokenWrong", "Saving needs the header") });
    const { code, stdout } = await save(to, list("stranger.txt", 200), "--jobs", "2");
    expect(code).toBe(1);
    expect(to.arrivals.length).toBeLessThanOrEqual(2);
    expect(stdout).toContain("all others would have met the same: Saving needs the header");
  });

  test("A server that is not there is said to be that: 1.", async () => {
    const to = await server();
    await to.stop();
    const { code, stdout, stderr } = await save(to, "/is/image/a", "--retries", "1");
    expect(code).toBe(1);
    expect(stderr).toContain("the server does not answer");
    expect(stdout).toContain("unreachable");
  });

  test("A redirect is not followed: the token is for one server.", async () => {
    const elsewhere = await server();
    const to = await server({ behave: () => ({ status: 307, text: "", headers: { Location: elsewhere.url } }) });
    const { code, stdout } = await save(to, "/is/image/a", "--token", "secret");
    expect([code, elsewhere.arrivals.length]).toEqual([1, 0]);
    expect(stdout).toContain("it redirects");
  });
});
