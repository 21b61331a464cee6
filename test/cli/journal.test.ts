import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openJournal } from "../../cli/save/journal.ts";
import { headFor } from "../../cli/save/journal-lines.ts";
import { entryOf } from "../support/saving-list.ts";

const head = (server = "https://pictures.example/", count = 3) =>
  headFor(
    new URL(server),
    Array.from({ length: count }, (_, at) => entryOf(at)),
    1000,
  );
const begun = (index: number) => ({ begun: index, name: `${index}.jpg`, at: 1 });

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fixative-journal-"));
  path = join(folder, "list.txt.fixative.jsonl");
});
afterEach(() => rmSync(folder, { recursive: true }));

const linesOf = () => readFileSync(path, "utf8").split("\n");

async function written(...indices: readonly number[]): Promise<void> {
  const journal = await openJournal(path, head(), false);
  for (const index of indices) await journal.append(begun(index));
  await journal.close();
}

describe("the file of a journal", () => {
  test("A line is in the file when its promise resolves; lines keep their order, however many come at once.", async () => {
    const journal = await openJournal(path, head(), false);
    await journal.append(begun(0));
    expect(linesOf()).toHaveLength(3);
    await Promise.all(Array.from({ length: 500 }, (_, at) => journal.append(begun(at + 1))));
    await journal.close();
    const indices = linesOf()
      .slice(1, -1)
      .map((line) => JSON.parse(line).begun);
    expect(indices).toEqual(Array.from({ length: 501 }, (_, at) => at));
  });

  test("What was cut off in the middle of a line is taken away before anything is written behind it.", async () => {
    await written(0, 1);
    truncateSync(path, readFileSync(path).length - 4);
    const journal = await openJournal(path, head(), true);
    expect([...journal.states.keys()]).toEqual([0]);
    await journal.append(begun(2));
    await journal.close();
    expect(
      linesOf()
        .slice(1, -1)
        .map((line) => JSON.parse(line).begun),
    ).toEqual([0, 2]);
  });

  test("One whose first line was cut off is begun anew.", async () => {
    writeFileSync(path, '{"fixative":1,"ser');
    const journal = await openJournal(path, head(), true);
    await journal.close();
    expect(linesOf()).toEqual([JSON.stringify(head()), ""]);
  });

  test("Without one there is nothing to resume, and one is begun.", async () => {
    const journal = await openJournal(path, head(), true);
    expect(journal.states.size).toBe(0);
    await journal.close();
  });

  test("An earlier one is never gone on with unasked, nor written over.", async () => {
    await written(0);
    const before = readFileSync(path, "utf8");
    await expect(openJournal(path, head(), false)).rejects.toThrow("--resume");
    expect(readFileSync(path, "utf8")).toBe(before);
  });

  test.each([
    ["server", head("https://other.example/"), "another server"],
    ["list", head("https://pictures.example/", 2), "another list"],
  ])("One of another %s is refused.", async (_, other, says) => {
    await written(0);
    await expect(openJournal(path, other, true)).rejects.toThrow(says);
  });

  test("One with a line that is none is refused, and left as it is.", async () => {
    await written(0);
    appendFileSync(path, "what\n");
    const before = readFileSync(path, "utf8");
    await expect(openJournal(path, head(), true)).rejects.toThrow("line 3");
    expect(readFileSync(path, "utf8")).toBe(before);
  });

  test("Two runs never go on with one journal; one that was killed does not hold it.", async () => {
    const journal = await openJournal(path, head(), false);
    await expect(openJournal(path, head(), true)).rejects.toThrow(`process id ${process.pid}`);
    await journal.close();
    expect(existsSync(`${path}.lock`)).toBe(false);
    // Above what Linux gives to a process.
    writeFileSync(`${path}.lock`, "4194305\n");
    await (await openJournal(path, head(), true)).close();
    // Ids come again: this one was another's.
    writeFileSync(`${path}.lock`, `${process.pid}\n`);
    await (await openJournal(path, head(), true)).close();
  });

  test("A file that is no journal is left as it is, also where it has but one line.", async () => {
    writeFileSync(path, "precious, without an end of line");
    await expect(openJournal(path, head(), true)).rejects.toThrow("line 1");
    expect(readFileSync(path, "utf8")).toBe("precious, without an end of line");
  });

  test("Where none can be written, that is said before anything is sent.", async () => {
    await expect(openJournal(join(folder, "nowhere/list.jsonl"), head(), false)).rejects.toThrow("cannot be written");
  });
});
