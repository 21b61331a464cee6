import { describe, expect, test } from "vitest";
import { cliSaving, holding, writesOf } from "../support/cli-saving.ts";
import type { Arrival } from "../support/save-server.ts";

const { tool, server, list, save } = cliSaving();

describe("saves whose answer never comes", () => {
  test("None is written twice, none is missing, and none is sent again without a condition.", async () => {
    const to = await server({
      behave: ({ name, attempt }) =>
        attempt > 1 ? "save" : name.endsWith("1.jpg") ? "save silently" : name.endsWith("2.jpg") ? "hang up" : "save",
    });
    const { code, stdout } = await save(to, list("silent.txt", 60));
    expect([code, stdout]).toEqual([0, "saved  60\n"]);
    expect(writesOf(to)).toEqual(Array(60).fill(1));
    const again = to.arrivals.filter(({ attempt }) => attempt > 1);
    expect(again).toHaveLength(12);
    expect(again.every(({ headers }) => headers["if-none-match"] === "*")).toBe(true);
  });

  test("What lay there before is not taken for what was to be saved.", async () => {
    const to = await server({ behave: ({ attempt }) => (attempt === 1 ? "hang up" : "save") });
    to.objects.set("a.jpg", { etag: "old", uploaded: Date.now() - 60_000 });
    const { code } = await save(to, "/is/image/a");
    expect([code, writesOf(to)]).toEqual([0, [1]]);
    expect(to.arrivals.at(-1)?.headers["if-match"]).toBe('"old"');
  });

  test("Where the server does not list what it saved, it is said that this was not seen.", async () => {
    const to = await server({ listed: false, behave: ({ attempt }) => (attempt === 1 ? "save silently" : "save") });
    const { code, stdout } = await save(to, "/is/image/a");
    expect([code, writesOf(to)]).toEqual([1, [1]]);
    expect(stdout).toContain("the server does not show");
  });
});

describe("Ctrl-C", () => {
  test("Those under way are waited for, no more are begun, and --resume saves the rest: none twice, none missing.", async () => {
    const held = holding(5);
    const to = await server({ behave: held.behave });
    const args = ["save", list("stopped.txt", 40), "--server", to.url, "--jobs", "5"];
    const first = tool().start(args);
    await held.held;
    // By way of npx it comes twice: from the terminal, and from npm.
    first.child.kill("SIGINT");
    first.child.kill("SIGINT");
    await first.told("Ctrl-C again ends at once");
    held.release();
    const { code, stdout } = await first.ended;
    expect([code, stdout]).toEqual([130, "saved           5\nnot saved yet  35\n"]);
    expect(to.arrivals).toHaveLength(5);

    const { code: resumed, stdout: table } = await tool().run([...args, "--resume"]);
    expect([resumed, table]).toEqual([0, "saved         35\nsaved before   5\n"]);
    expect(to.writes.size).toBe(40);
    expect(writesOf(to)).toEqual(Array(40).fill(1));
  });

  test("A second one ends at once; what the server saved without a listener is not saved again.", async () => {
    const held = holding(5);
    const to = await server({ behave: held.behave });
    const args = ["save", list("killed.txt", 40), "--server", to.url, "--jobs", "5", "--settle", "0"];
    const first = tool().start(args);
    await held.held;
    first.child.kill("SIGINT");
    await first.told("Ctrl-C again ends at once");
    // One that comes at once is taken for the first.
    const again = setInterval(() => first.child.kill("SIGINT"), 50);
    expect((await first.ended).code).toBe(130);
    clearInterval(again);
    held.release();
    await expect.poll(() => to.writes.size).toBe(5);

    const { code, stdout } = await tool().run([...args, "--resume"]);
    expect([code, stdout]).toEqual([0, "saved  40\n"]);
    expect(writesOf(to)).toEqual(Array(40).fill(1));
  });

  test("Nor is it after kill -9.", async () => {
    const held = holding(12);
    const to = await server({
      behave: ({ name }: Arrival) => (Number(name.slice(3, -4)) < 20 ? "save" : held.behave()),
    });
    const args = ["save", list("shot.txt", 60), "--server", to.url, "--jobs", "12", "--settle", "0"];
    const first = tool().start(args);
    await held.held;
    first.child.kill("SIGKILL");
    await first.ended;
    held.release();
    await expect.poll(() => to.writes.size).toBe(32);

    const { code } = await tool().run([...args, "--resume"]);
    expect(code).toBe(0);
    expect(to.writes.size).toBe(60);
    expect(writesOf(to)).toEqual(Array(60).fill(1));
  });

  test("A list that is done is not begun again by its own journal.", async () => {
    const to = await server();
    await save(to, list("done.txt", 3));
    const again = await save(to, "done.txt");
    expect(again).toMatchObject({ code: 2, stdout: "" });
    expect(again.stderr).toContain("--resume");
    expect((await save(to, "done.txt", "--resume")).code).toBe(0);
    expect(to.arrivals).toHaveLength(3);
    const other = await server();
    expect((await save(other, "done.txt", "--resume")).stderr).toContain("another server");
  });
});
