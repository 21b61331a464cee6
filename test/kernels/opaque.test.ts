import { describe, expect, test } from "vitest";
import { isOpaque } from "../oracle/rows.ts";
import { guarded, MATRIX, roomyKernels } from "../support/guarded.ts";
import { randomBytes } from "../support/random.ts";

const kernels = roomyKernels();

/** Puts rows into memory with `gap` bytes between them, which are anything but 255. */
function areOpaque(rows: readonly Uint8Array[], alignment: number, gap = 12): boolean {
  kernels.clear();
  const columns = (rows[0]?.length ?? 0) / 4;
  const stride = columns * 4 + gap;
  const block = guarded(kernels, rows.length * stride, alignment);
  for (const [row, bytes] of rows.entries()) block.bytes.set(bytes, row * stride);
  return kernels.run.areOpaque(block.address, stride, rows.length, columns) !== 0;
}

function opaqueRow(columns: number, seed: number): Uint8Array {
  return randomBytes(columns * 4, seed).map((value, at) => (at % 4 === 3 ? 255 : value));
}

describe("areOpaque", () => {
  test.each(MATRIX)("is true for opaque rows: $count pixels at alignment $alignment", ({ count, alignment }) => {
    const rows = [opaqueRow(count, 1), opaqueRow(count, 2), opaqueRow(count, 3)];
    expect(areOpaque(rows, alignment)).toBe(true);
    expect(areOpaque(rows.slice(0, 1), alignment)).toBe(true);
    expect(areOpaque([], alignment)).toBe(true);
  });

  test.each(MATRIX)("sees a single alpha of 254 in any place: $count pixels, $alignment", ({ count, alignment }) => {
    const places = Array.from({ length: count }, (_, at) => at).filter((at) => at < 40 || at > count - 20);
    for (const at of places) {
      for (const inRow of [0, 2]) {
        const rows = [opaqueRow(count, 4), opaqueRow(count, 5), opaqueRow(count, 6)];
        rows[inRow]?.set([254], at * 4 + 3);
        expect(rows.every(isOpaque)).toBe(false);
        expect(areOpaque(rows, alignment), `pixel ${at} of row ${inRow}`).toBe(false);
      }
    }
  });

  test("sees every alpha but 255 for what it is", () => {
    for (let alpha = 0; alpha < 256; alpha++) {
      for (const columns of [1, 16, 19]) {
        const row = opaqueRow(columns, alpha);
        row[3] = alpha;
        expect(areOpaque([row], 0)).toBe(alpha === 255);
      }
    }
  });
});
