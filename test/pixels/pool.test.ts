import { expect, test } from "vitest";
import type { Kernels } from "../../src/pixels/kernels.ts";
import { OutOfMemory } from "../../src/pixels/out-of-memory.ts";
import { KernelPool } from "../../src/pixels/pool.ts";
import { collect } from "../support/collector.ts";
import { lent } from "../support/lending.ts";
import { noise } from "../support/pictures.ts";
import { resample, wholeOf } from "../support/resampling.ts";
import { MODULES } from "../support/wasm-modules.ts";

const PAGE = 65_536;
const MEBIBYTE = 1_048_576;
const SECRET = 0x5e;

const freshPool = () => new KernelPool(MODULES.kernels);
const instanceOf = (pool: KernelPool) => lent(pool, async (kernels) => kernels);

/** Lends `count` instances at once: none is given back before all have been lent. */
async function lendAtOnce(pool: KernelPool, count: number): Promise<readonly Kernels[]> {
  let giveBack = () => {};
  const allLent = new Promise<void>((resolve) => {
    giveBack = resolve;
  });
  const all: Kernels[] = [];
  const renders = Array.from({ length: count }, () =>
    lent(pool, async (kernels) => {
      all.push(kernels);
      if (all.length === count) giveBack();
      await allLent;
    }),
  );
  await Promise.all(renders);
  return all;
}

/** How many bytes of the whole arena, reserved or not, are not zero. */
function leftovers(kernels: Kernels): number {
  const start = kernels.run.arenaStart();
  return kernels.bytesAt(start, kernels.bytes - start).filter((byte) => byte !== 0).length;
}

function writeSecrets(kernels: Kernels): void {
  for (const bytes of [3, 100_000, 17]) kernels.bytesAt(kernels.reserve(bytes), bytes).fill(SECRET);
}

test("an instance is lent again and again, one render after the other", async () => {
  const pool = freshPool();
  const first = await instanceOf(pool);
  expect(await instanceOf(pool)).toBe(first);
  expect(await instanceOf(pool)).toBe(first);
  expect(pool.idle).toBe(1);
});

test("renders at the same time have instances of their own", async () => {
  const all = await lendAtOnce(freshPool(), 6);
  expect(new Set(all).size).toBe(6);
});

test("at most four idle instances are kept", async () => {
  const pool = freshPool();
  const all = await lendAtOnce(pool, 7);
  expect(pool.idle).toBe(4);
  const again = await lendAtOnce(pool, 4);
  expect(again.every((kernels) => all.includes(kernels))).toBe(true);
});

test("a pool gives back what the work returns", async () => {
  expect(await lent(freshPool(), async () => 42)).toBe(42);
});

test("the next render sees only zeros over the whole arena", async () => {
  const pool = freshPool();
  const first = await lent(pool, async (kernels) => {
    writeSecrets(kernels);
    return kernels;
  });
  await lent(pool, async (kernels) => {
    expect(kernels).toBe(first);
    expect(leftovers(kernels)).toBe(0);
  });
});

test("the next render sees only zeros after a real one, cut off in the middle", async () => {
  const pool = freshPool();
  const source = noise({ width: 50, height: 40 }, 1, false);
  const job = { window: wholeOf(source), size: { width: 70, height: 9 }, filter: "sharp2" } as const;
  const whole = lent(pool, async (kernels) => {
    resample(source, job, kernels);
    throw new Error("cut off");
  });
  await expect(whole).rejects.toThrow("cut off");
  await lent(pool, async (kernels) => expect(leftovers(kernels)).toBe(0));
});

test("an instance is kept, zeroed, after an ordinary error, which the caller hears of", async () => {
  const pool = freshPool();
  const first = await instanceOf(pool);
  const error = new RangeError("ordinary");
  const failing = lent(pool, (kernels) => {
    writeSecrets(kernels);
    throw error;
  });
  await expect(failing).rejects.toBe(error);
  await lent(pool, async (kernels) => {
    expect(kernels).toBe(first);
    expect(leftovers(kernels)).toBe(0);
  });
});

test("an instance is dropped after a trap, which the caller hears of", async () => {
  const pool = freshPool();
  const first = await instanceOf(pool);
  // A real one: a row far outside the memory.
  const trapping = lent(pool, async ({ run }) => run.unpremultiplyRow(2 ** 31, 0, 1));
  await expect(trapping).rejects.toBeInstanceOf(WebAssembly.RuntimeError);
  expect(pool.idle).toBe(0);
  expect(await instanceOf(pool)).not.toBe(first);
});

test("an instance is kept at 4 MiB and dropped when it has grown past that", async () => {
  const pool = freshPool();
  const kept = await lent(pool, async (kernels) => {
    kernels.reserve(4 * MEBIBYTE - PAGE);
    expect(kernels.bytes).toBe(4 * MEBIBYTE);
    return kernels;
  });
  expect(pool.idle).toBe(1);
  await lent(pool, async (kernels) => {
    expect(kernels).toBe(kept);
    kernels.reserve(4 * MEBIBYTE);
    expect(kernels.bytes).toBe(4 * MEBIBYTE + PAGE);
  });
  expect(pool.idle).toBe(0);
});

test("an error is heard of as it was when the memory could not grow", async () => {
  const asked = lent(freshPool(), async (kernels) => kernels.reserve(2 ** 33));
  await expect(asked).rejects.toBeInstanceOf(OutOfMemory);
});

test("heldBytes counts idle and lent instances, by the pages they hold", async () => {
  const pool = freshPool();
  expect(pool.heldBytes).toBe(0);
  await lent(pool, async () => expect(pool.heldBytes).toBe(PAGE));
  expect(pool.heldBytes).toBe(PAGE);
  await lendAtOnce(pool, 3);
  expect(pool.heldBytes).toBe(3 * PAGE);
  await lent(pool, async (kernels) => kernels.reserve(MEBIBYTE));
  expect(pool.heldBytes).toBe(3 * PAGE + MEBIBYTE);
});

test("heldBytes counts what a lent instance has grown to, before it is given back", async () => {
  const pool = freshPool();
  await lent(pool, async (kernels) => {
    kernels.reserve(MEBIBYTE);
    expect(pool.heldBytes).toBe(kernels.bytes);
  });
});

test("heldBytes counts a dropped instance until the collector reports it gone", async () => {
  const pool = freshPool();
  await lent(pool, async (kernels) => void kernels.reserve(5 * MEBIBYTE));
  await lent(pool, async ({ run }) => run.unpremultiplyRow(2 ** 31, 0, 1)).catch(() => {});
  expect(pool.idle).toBe(0);
  expect(pool.heldBytes).toBe(5 * MEBIBYTE + PAGE + PAGE);

  for (let times = 0; pool.heldBytes > 0 && times < 200; times++) {
    collect();
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(pool.heldBytes).toBe(0);
});

test("of a lent instance no more than 4 MiB are beyond its claim, as long as that is held", async () => {
  const pool = freshPool();
  const claimed = { isHeld: true };
  async function* work(kernels: Kernels) {
    yield pool.unclaimedBytes;
    kernels.reserve(9 * MEBIBYTE);
    yield pool.unclaimedBytes;
    claimed.isHeld = false;
    yield pool.unclaimedBytes;
    claimed.isHeld = true;
  }
  const unclaimed: number[] = [];
  for await (const bytes of pool.lendTo(work, claimed)) unclaimed.push(bytes);
  expect(unclaimed).toEqual([PAGE, 4 * MEBIBYTE, 9 * MEBIBYTE + PAGE]);
  // Dropped, since it has grown past what is kept: nobody's until the collector has it.
  expect(pool.unclaimedBytes).toBe(9 * MEBIBYTE + PAGE);
});

test("an idle instance is not among the unclaimed bytes, and one that was lent without a claim is in full", async () => {
  const pool = freshPool();
  async function* work(kernels: Kernels) {
    kernels.reserve(3 * MEBIBYTE);
    yield pool.unclaimedBytes;
  }
  for await (const bytes of pool.lendTo(work)) expect(bytes).toBe(3 * MEBIBYTE + PAGE);
  expect([pool.idle, pool.unclaimedBytes]).toEqual([1, 0]);
});

test("idleBytes counts what lies there for the next render, and dropIdle gives it up, one instance at a time", async () => {
  const pool = freshPool();
  await lendAtOnce(pool, 2);
  await lent(pool, async (kernels) => {
    expect(pool.idleBytes).toBe(PAGE);
    kernels.reserve(MEBIBYTE);
  });
  expect(pool.idleBytes).toBe(2 * PAGE + MEBIBYTE);
  const held = pool.heldBytes;
  pool.dropIdle();
  expect(pool.idle).toBe(1);
  pool.dropIdle();
  pool.dropIdle();
  expect([pool.idle, pool.idleBytes, pool.heldBytes]).toEqual([0, 0, held]);
});
