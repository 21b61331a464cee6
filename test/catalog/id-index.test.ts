import { describe, expect, test } from "vitest";
import { hashOf, IdIndex, MOST_TRIED } from "../../src/catalog/records/id-index.ts";
import { randomNumbers } from "../support/random.ts";

/** An index of these, with the row that each addition found or undefined. */
function indexOf(ids: readonly string[]) {
  const rows: string[] = [];
  const index = new IdIndex((row) => rows[row] ?? "");
  const found = ids.map((id) => {
    const before = index.add(id);
    if (before === undefined) rows.push(id);
    return before;
  });
  return { index, rows, found };
}

/**
 * `2 ** stages` texts of one hash: of each stage two blocks that lead from the hash so far to the same one (A. Joux, Multicollisions in
 * Iterated Hash Functions, 2004).
 */
function colliding(stages: number): readonly string[] {
  const next = randomNumbers(1);
  let texts = [""];
  for (let stage = 0; stage < stages; stage++) {
    const [prefix = ""] = texts;
    const seen = new Map<number, string>();
    for (;;) {
      const block = Math.floor(next() * 2 ** 32)
        .toString(36)
        .padStart(7, "0");
      const hash = hashOf(prefix + block);
      const other = seen.get(hash);
      if (other !== undefined && other !== block) {
        texts = texts.flatMap((text) => [text + other, text + block]);
        break;
      }
      seen.set(hash, block);
    }
  }
  return texts;
}

describe("the index of ids", () => {
  test("gives rows in their order, finds each, and none else", () => {
    const ids = Array.from({ length: 5000 }, (_, at) => `shoe-${at}`);
    const { index, found } = indexOf(ids);
    expect(found.every((row) => row === undefined)).toBe(true);
    expect(index.size).toBe(5000);
    expect(ids.map((id) => index.find(id))).toEqual(ids.map((_, at) => at));
    expect(["shoe-", "shoe-5000", "", "Shoe-1", "constructor", "__proto__"].map((id) => index.find(id))).toEqual(
      Array(6).fill(undefined),
    );
  });

  test("gives an id that comes again the row that it has", () => {
    const { index, found } = indexOf(["a", "b", "a", "", "constructor", "", "b"]);
    expect(found).toEqual([undefined, undefined, 0, undefined, undefined, 2, 1]);
    expect(index.size).toBe(4);
  });

  test("looks at few slots for each of 50,000 ids, and at no more for one of them than of 500", () => {
    for (const count of [500, 50_000]) {
      const ids = Array.from({ length: count }, (_, at) => `acme/products/${at}-front`);
      const { index } = indexOf(ids);
      index.tried = 0;
      for (const id of ids) index.find(id);
      // Half full at most: expected are less than two, and what is not there takes no more than two.
      expect(index.tried / count).toBeLessThan(2);
    }
  });
});

describe("ids that were made to collide", () => {
  const ids = colliding(16);

  test("have one hash, all 65,536 of them", () => {
    expect(new Set(ids).size).toBe(65_536);
    expect(new Set(ids.map(hashOf)).size).toBe(1);
  });

  test("cost a bounded number of slots each, however many there are, and are all found", () => {
    const { index, found } = indexOf(ids);
    expect(found.every((row) => row === undefined)).toBe(true);
    // Once when it comes, and with the growing of the table, which doubles, less than twice more.
    expect(index.tried).toBeLessThanOrEqual(3 * MOST_TRIED * ids.length);
    index.tried = 0;
    expect(ids.every((id, row) => index.find(id) === row)).toBe(true);
    expect(index.tried).toBeLessThanOrEqual(MOST_TRIED * ids.length);
    expect(index.find(`${ids[0]}x`)).toBeUndefined();
  });

  test("leave those alone that do not", () => {
    const others = Array.from({ length: 1000 }, (_, at) => `shoe-${at}`);
    const { index } = indexOf([...ids, ...others]);
    expect(others.map((id) => index.find(id))).toEqual(others.map((_, at) => ids.length + at));
  });

  test("come again as others do", () => {
    const { index, found } = indexOf([...ids.slice(0, 100), ...ids.slice(0, 100)]);
    expect(found.slice(100)).toEqual(Array.from({ length: 100 }, (_, row) => row));
    expect(index.size).toBe(100);
  });
});
