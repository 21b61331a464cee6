import { describe, expect, test } from "vitest";
import { Reusable, Shelf } from "../../src/codec/foreign/reusable.ts";

const LIMIT = 1000;

interface Fake {
  readonly number: number;
  memoryBytes: number;
}

/** A codec that numbers its instances, each beginning with `bytes` of memory. */
function numbered(bytes = 10, shelf = new Shelf(LIMIT)) {
  let made = 0;
  const codec = new Reusable<Fake>(async () => ({ number: ++made, memoryBytes: bytes }), shelf);
  return { codec, made: () => made };
}

const numberOf = ({ number }: Fake) => number;

describe("Reusable", () => {
  test("makes nothing before its first use, then uses the same instance for every picture", async () => {
    const { codec, made } = numbered();
    expect(made()).toBe(0);
    expect([await codec.use(numberOf), await codec.use(numberOf), await codec.use(numberOf)]).toEqual([1, 1, 1]);
    expect(made()).toBe(1);
  });

  test("makes a fresh one after any throw, which is passed on as it was", async () => {
    const { codec } = numbered();
    for (const [times, thrown] of [
      new Error("ordinary"),
      new WebAssembly.RuntimeError("trap"),
      "a string",
      undefined,
    ].entries()) {
      const failing = codec.use((instance) => {
        expect(instance.number).toBe(times + 1);
        throw thrown;
      });
      await expect(failing).rejects.toBe(thrown);
    }
    expect(await codec.use(numberOf)).toBe(5);
    expect(await codec.use(numberOf)).toBe(5);
  });

  test("keeps an instance that holds exactly the limit, and drops one that grew past it", async () => {
    const { codec } = numbered();
    const grow = (bytes: number) => (instance: Fake) => {
      instance.memoryBytes = bytes;
      return instance.number;
    };
    expect(await codec.use(grow(LIMIT))).toBe(1);
    expect(await codec.use(grow(LIMIT + 1)), "the picture that made it grow still comes out").toBe(1);
    expect(await codec.use(grow(LIMIT))).toBe(2);
    expect(await codec.use(numberOf)).toBe(2);
  });

  test("gives pictures that begin at the same time instances of their own, and keeps one of them", async () => {
    const { codec, made } = numbered();
    const numbers = await Promise.all([codec.use(numberOf), codec.use(numberOf), codec.use(numberOf)]);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(numbers).toContain(await codec.use(numberOf));
    expect(made()).toBe(3);
  });

  test("tries again after an instance could not be made", async () => {
    let attempts = 0;
    const codec = new Reusable<Fake>(async () => {
      if (++attempts === 1) throw new Error("no memory");
      return { number: attempts, memoryBytes: 0 };
    }, new Shelf(LIMIT));
    await expect(codec.use(numberOf)).rejects.toThrow("no memory");
    expect(await codec.use(numberOf)).toBe(2);
  });
});

describe("Shelf", () => {
  test("holds no more than fits, of all codecs together: what was used longest ago makes room", async () => {
    const shelf = new Shelf(LIMIT);
    const [one, two, three] = [numbered(400, shelf), numbered(400, shelf), numbered(400, shelf)];
    await one.codec.use(numberOf);
    await two.codec.use(numberOf);
    await one.codec.use(numberOf);
    expect(shelf.heldBytes).toBe(800);
    await three.codec.use(numberOf);
    expect(shelf.heldBytes).toBe(800);
    await one.codec.use(numberOf);
    expect([one.made(), three.made()]).toEqual([1, 1]);
    await two.codec.use(numberOf);
    expect(two.made()).toBe(2);
  });

  test("counts an instance as large as it has become", async () => {
    const shelf = new Shelf(LIMIT);
    const [one, two] = [numbered(400, shelf), numbered(400, shelf)];
    await one.codec.use(numberOf);
    await two.codec.use((instance) => {
      instance.memoryBytes = 601;
    });
    expect(shelf.heldBytes).toBe(601);
    await one.codec.use(numberOf);
    expect(one.made()).toBe(2);
  });

  test("is not emptied for one that is larger than it", async () => {
    const shelf = new Shelf(LIMIT);
    const [one, two] = [numbered(400, shelf), numbered(LIMIT + 1, shelf)];
    await one.codec.use(numberOf);
    await two.codec.use(numberOf);
    expect(shelf.heldBytes).toBe(400);
  });
});
