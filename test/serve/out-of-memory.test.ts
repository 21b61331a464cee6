import { beforeAll, expect, test } from "vitest";
import { MODULES } from "../../src/modules.ts";
import { engineOf } from "../../src/render/engine.ts";
import { pngOf, quarters } from "../support/charts.ts";
import { ask, buckets, site } from "../support/site.ts";
import { StuntedPool } from "../support/stunted-pool.ts";

beforeAll(async () => {
  await buckets.SOURCES.put("quarters.png", pngOf(quarters(40, 24)));
});

// Decoder, resampler, steps and encoder, of plans that stream and of others.
test.each([
  ["fmt=jpeg", 40],
  ["fmt=pjpeg", 60],
  ["fmt=png", 30],
  ["fmt=png8", 20],
  ["fmt=jpeg&op_blur=2", 40],
  ["fmt=png&rotate=20", 30],
])(
  "memory that does not grow is a picture above the budget, whichever block of %s it is for",
  async (modifiers, most) => {
    const pool = new StuntedPool(MODULES.kernels);
    const on = site({}, { engine: { ...engineOf(MODULES), kernels: pool } });
    const path = `quarters?wid=20&${modifiers}`;
    const asked = async (left: number) => {
      pool.left = left;
      const reply = await ask(path, {}, on);
      return { status: reply.status, file: new Uint8Array(await reply.arrayBuffer()) };
    };
    const whole = await asked(Number.POSITIVE_INFINITY);
    expect(whole.status).toBe(200);
    let refused = 0;
    for (let left = 0; ; left++) {
      const { status, file } = await asked(left);
      if (status === 200) break;
      const text = new TextDecoder().decode(file);
      expect([status, text]).toEqual([403, expect.stringContaining("takes more memory than MemoryBudget allows")]);
      refused++;
      expect(await asked(Number.POSITIVE_INFINITY), `after ${left} blocks`).toEqual(whole);
    }
    expect(refused).toBeGreaterThan(most);
    expect(pool.idle).toBe(1);
  },
);
