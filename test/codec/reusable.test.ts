import { describe, expect, test } from "vitest";
import { Reusable, Shelf } from "../../src/codec/foreign/reusable.ts";
import type { CodecName } from "../../src/plan/craft.ts";
import { collect } from "../support/collector.ts";

interface Fake {
  readonly number: number;
  memoryBytes: number;
}

/** A codec that numbers its instances, each beginning with `bytes` of memory. */
function numbered(bytes = 10, shelf = new Shelf(), name: CodecName = "mozjpegEncoder") {
  let made = 0;
  const codec = new Reusable<Fake>(name, async () => ({ number: ++made, memoryBytes: bytes }), shelf);
  return { codec, shelf, made: () => made };
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

  test("gives pictures that begin at the same time instances of their own, and keeps one of them", async () => {
    const { codec, made } = numbered();
    const numbers = await Promise.all([codec.use(numberOf), codec.use(numberOf), codec.use(numberOf)]);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(numbers).toContain(await codec.use(numberOf));
    expect(made()).toBe(3);
  });

  test("tries again after an instance could not be made", async () => {
    let attempts = 0;
    const make = async () => {
      if (++attempts === 1) throw new Error("no memory");
      return { number: attempts, memoryBytes: 0 };
    };
    const codec = new Reusable<Fake>("squooshPng", make, new Shelf());
    await expect(codec.use(numberOf)).rejects.toThrow("no memory");
    expect(await codec.use(numberOf)).toBe(2);
  });
});

describe("Shelf", () => {
  test("keeps an instance as large as it has become", async () => {
    const { codec, shelf, made } = numbered();
    await codec.use((instance) => {
      instance.memoryBytes = 100_000_000;
    });
    expect([...shelf.idle]).toEqual([["mozjpegEncoder", 100_000_000]]);
    await codec.use(numberOf);
    expect([made(), shelf.heldBytes, shelf.idleBytes]).toEqual([1, 100_000_000, 100_000_000]);
  });

  test("names idle instances of all codecs, that which was used longest ago first", async () => {
    const shelf = new Shelf();
    const one = numbered(400, shelf, "mozjpegEncoder");
    const two = numbered(30, shelf, "webpDecoder");
    await one.codec.use(numberOf);
    await two.codec.use(numberOf);
    await one.codec.use(numberOf);
    expect([...shelf.idle]).toEqual([
      ["webpDecoder", 30],
      ["mozjpegEncoder", 400],
    ]);
    await one.codec.use(() => expect([...shelf.idle]).toEqual([["webpDecoder", 30]]));
    expect(shelf.idleBytes).toBe(430);
  });

  test("has one instance for all who use a codec: for those who decode and those who encode", async () => {
    const shelf = new Shelf();
    const [one, other] = [numbered(10, shelf), numbered(10, shelf)];
    await one.codec.use(numberOf);
    await other.codec.use(numberOf);
    expect([one.made(), other.made()]).toEqual([1, 0]);
  });

  test("drops what it is told to; the next picture has a fresh instance", async () => {
    const { codec, shelf, made } = numbered(400);
    await codec.use(numberOf);
    shelf.drop("mozjpegEncoder");
    expect(shelf.idleBytes).toBe(0);
    await codec.use(numberOf);
    expect([made(), shelf.idleBytes]).toEqual([2, 400]);
  });

  test("counts what was dropped, and what threw as large as it had become, until the collector has it", async () => {
    const { codec, shelf } = numbered(400);
    await codec.use(numberOf);
    shelf.drop("mozjpegEncoder");
    const failing = codec.use((instance) => {
      instance.memoryBytes = 5000;
      throw new Error("in any state");
    });
    await expect(failing).rejects.toThrow();
    expect([shelf.heldBytes, shelf.idleBytes]).toEqual([5400, 0]);
    for (let times = 0; shelf.heldBytes > 0 && times < 200; times++) {
      collect();
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(shelf.heldBytes).toBe(0);
  });
});
