import { describe, expect, test } from "vitest";
import { premultiplied } from "../oracle/rows.ts";
import { floatsIn, guarded, guardedCopy, MATRIX, roomyKernels } from "../support/guarded.ts";
import { expectNear } from "../support/near.ts";
import { randomBytes } from "../support/random.ts";

const kernels = roomyKernels();

describe("premultiplyRow", () => {
  // The product of two bytes is exact in a float, and the quotient is rounded once: rounding the float64 quotient of
  // the twin to a float gives the same bits.
  test.each(MATRIX)(
    "gives exactly the twin's floats: $count pixels at byte alignment $alignment",
    ({ count, alignment }) => {
      kernels.clear();
      const bytes = randomBytes(count * 4, count * 8 + alignment);
      const from = guardedCopy(kernels, bytes, alignment);
      const to = guarded(kernels, count * 16);

      kernels.run.premultiplyRow(from.address, to.address, count);

      expectNear(floatsIn(to), new Float32Array(premultiplied(bytes)), 0);
      expect(from.bytes, "the source row is left alone").toEqual(bytes);
      expect([from.trespasses(), to.trespasses()]).toEqual([0, 0]);
    },
  );

  test("keeps every opaque colour and every alpha exactly as it was", () => {
    kernels.clear();
    const opaque = Uint8Array.from({ length: 256 * 4 }, (_, at) => (at % 4 === 3 ? 255 : Math.floor(at / 4)));
    const alphas = Uint8Array.from({ length: 256 * 4 }, (_, at) => (at % 4 === 3 ? Math.floor(at / 4) : 99));
    const from = guardedCopy(kernels, Uint8Array.of(...opaque, ...alphas));
    const to = guarded(kernels, 512 * 16);

    kernels.run.premultiplyRow(from.address, to.address, 512);

    const floats = floatsIn(to);
    expect([...floats.subarray(0, 1024)]).toEqual([...opaque]);
    expect(floats.subarray(1024).filter((_, at) => at % 4 === 3)).toEqual(
      Float32Array.from({ length: 256 }, (_, a) => a),
    );
  });

  test("leaves nothing of the colour of a fully transparent pixel", () => {
    kernels.clear();
    const from = guardedCopy(kernels, Uint8Array.of(255, 0, 255, 0));
    const to = guarded(kernels, 16);
    kernels.run.premultiplyRow(from.address, to.address, 1);
    expect([...floatsIn(to)]).toEqual([0, 0, 0, 0]);
  });
});
