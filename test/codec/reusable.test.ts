import { describe, expect, test } from "vitest";
import { Reusable } from "../../src/codec/foreign/reusable.ts";

const LIMIT = 1000;

interface Fake {
  readonly number: number;
  memoryBytes: number;
}

/** A codec that numbers its instances, each beginning with `bytes` of memory. */
function numbered(bytes = 10) {
  let made = 0;
  const codec = new Reusable<Fake>(async () => ({ number: ++made, memoryBytes: bytes }), LIMIT);
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
    }, LIMIT);
    await expect(codec.use(numberOf)).rejects.toThrow("no memory");
    expect(await codec.use(numberOf)).toBe(2);
  });
});
