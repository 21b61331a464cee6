import { describe, expect, test } from "vitest";
import { Kernels } from "../../src/pixels/kernels.ts";
import { OutOfMemory } from "../../src/pixels/out-of-memory.ts";
import { MODULES } from "../support/wasm-modules.ts";

const PAGE = 65_536;
const freshKernels = () => new Kernels(MODULES.kernels);

describe("the arena", () => {
  test("begins behind what the module itself keeps in memory", () => {
    const kernels = freshKernels();
    expect(kernels.reserve(1)).toBeGreaterThanOrEqual(kernels.run.arenaStart());
  });

  test("gives blocks that do not overlap, each at a multiple of a vector", () => {
    const kernels = freshKernels();
    let end = kernels.run.arenaStart();
    for (const bytes of [1, 0, 15, 16, 17, 4096, 3]) {
      const at = kernels.reserve(bytes);
      expect(at % 16).toBe(0);
      expect(at).toBeGreaterThanOrEqual(end);
      end = at + bytes;
    }
  });

  test("grows by the pages that are missing and no more, up to the last byte", () => {
    const kernels = freshKernels();
    const start = kernels.reserve(0);
    kernels.reserve(PAGE - start);
    expect(kernels.bytes).toBe(PAGE);
    kernels.reserve(1);
    expect(kernels.bytes).toBe(2 * PAGE);
    const large = kernels.reserve(10 * PAGE);
    expect(kernels.bytes).toBe(12 * PAGE);
    expect(kernels.bytesAt(large, 10 * PAGE).length).toBe(10 * PAGE);
  });

  test("gives zeroed blocks, before and after it was cleared, within what was grown too", () => {
    const kernels = freshKernels();
    for (let times = 0; times < 3; times++) {
      const at = kernels.reserve(3 * PAGE);
      expect(kernels.bytesAt(at, 3 * PAGE).every((byte) => byte === 0)).toBe(true);
      kernels.bytesAt(at, 3 * PAGE).fill(0x5e);
      kernels.clear();
    }
    expect(kernels.bytes, "cleared room is used again").toBe(4 * PAGE);
  });

  test("keeps what a block holds when the memory grows", () => {
    const kernels = freshKernels();
    const at = kernels.place(Uint32Array.of(1, 2, 0xffffffff));
    kernels.reserve(20 * PAGE);
    expect(new Uint32Array(kernels.bytesAt(at, 12).slice().buffer)).toEqual(Uint32Array.of(1, 2, 0xffffffff));
  });

  test("places the part of a buffer that a view shows", () => {
    const kernels = freshKernels();
    const at = kernels.place(Float32Array.of(1, 2, 3, 4).subarray(1, 3));
    const next = kernels.place(Float32Array.of(9));
    expect(new Float32Array(kernels.bytesAt(at, 8).slice().buffer)).toEqual(Float32Array.of(2, 3));
    expect(next - at).toBe(16);
  });

  test("is as it was when a block is asked for that memory cannot hold", () => {
    const kernels = freshKernels();
    const before = kernels.reserve(16);
    expect(() => kernels.reserve(2 ** 33)).toThrow(OutOfMemory);
    expect(() => kernels.place({ ...new Uint8Array(), byteLength: 2 ** 33 })).toThrow(OutOfMemory);
    expect(kernels.bytes).toBe(PAGE);
    expect(kernels.reserve(16), "the next block follows the last one that was given").toBe(before + 16);
    kernels.clear();
    expect(kernels.bytesAt(before, 32).every((byte) => byte === 0)).toBe(true);
  });
});

test("instances share no memory", () => {
  const [one, other] = [freshKernels(), freshKernels()];
  const at = one.reserve(64);
  one.bytesAt(at, 64).fill(7);
  expect(other.bytesAt(other.reserve(64), 64).every((byte) => byte === 0)).toBe(true);
});

describe("a mark", () => {
  test("frees what was reserved since, zeroed, and leaves what lies below as it is", () => {
    const kernels = freshKernels();
    const below = kernels.place(Uint8Array.of(1, 2, 3));
    const mark = kernels.mark();
    const above = kernels.reserve(2 * PAGE);
    kernels.bytesAt(above, 2 * PAGE).fill(0x5e);
    kernels.freeTo(mark);
    expect([...kernels.bytesAt(below, 3)]).toEqual([1, 2, 3]);
    expect(kernels.reserve(2 * PAGE)).toBe(above);
    expect(kernels.bytesAt(above, 2 * PAGE).every((byte) => byte === 0)).toBe(true);
  });

  test("of blocks that are gone is refused", () => {
    const kernels = freshKernels();
    kernels.reserve(100);
    const mark = kernels.mark();
    kernels.clear();
    expect(() => kernels.freeTo(mark)).toThrow(RangeError);
  });
});
