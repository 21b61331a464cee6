import { describe, expect, test } from "vitest";
import { lightOfLevels } from "../../src/pixels/light.ts";
import { blended } from "../oracle/rows.ts";
import { ALIGNMENTS, floatsIn, guarded, guardedCopy, LENGTHS, roomyKernels, wordsIn } from "../support/guarded.ts";
import { expectNear } from "../support/near.ts";
import { randomBytes } from "../support/random.ts";

const kernels = roomyKernels();
const curve = lightOfLevels();

interface Blending {
  readonly rows: readonly Uint8Array[];
  readonly box: number;
  readonly alignment?: number;
  readonly linear?: boolean;
}

/** The sums after all rows have been added, one call a row. */
function blend({ rows, box, alignment = 0, linear = false }: Blending): Float32Array | Uint32Array {
  kernels.clear();
  const columns = (rows[0]?.length ?? 0) / 4;
  const cells = guarded(kernels, Math.ceil(columns / box) * 16);
  const table = kernels.place(curve);
  for (const [row, bytes] of rows.entries()) {
    const source = guardedCopy(kernels, bytes, alignment);
    if (linear) kernels.run.blendLightRow(source.address, columns, box, table, cells.address, row > 0);
    else kernels.run.blendRow(source.address, columns, box, cells.address, row > 0);
    expect(source.bytes, "the pixels are left alone").toEqual(bytes);
    expect(source.trespasses()).toBe(0);
  }
  expect(cells.trespasses()).toBe(0);
  return linear ? floatsIn(cells) : wordsIn(cells);
}

function twin({ rows, box, linear = false }: Blending): Float64Array {
  const cells = Math.ceil((rows[0]?.length ?? 0) / 4 / box);
  return blended(rows, box, cells, (level) => (linear ? (curve[level] ?? 0) : level));
}

const rowsOf = (count: number, columns: number) =>
  Array.from({ length: count }, (_, row) => randomBytes(columns * 4, columns * 7 + row));

const BOXES = [1, 2, 4, 16, 256];

describe("blendRow", () => {
  test.each(BOXES)("adds up premultiplied boxes of %i columns exactly as the twin does", (box) => {
    for (const count of LENGTHS) {
      for (const alignment of ALIGNMENTS) {
        const blending = { rows: rowsOf(3, count), box, alignment };
        expectNear(blend(blending), twin(blending), 0);
      }
    }
  });

  test("premultiplies every colour with every alpha exactly", () => {
    const all = new Uint8Array(65_536 * 4);
    for (let pixel = 0; pixel < 65_536; pixel++) {
      const [colour, alpha] = [pixel & 255, pixel >> 8];
      all.set([colour, 255 - colour, (colour * 7) & 255, alpha], pixel * 4);
    }
    for (const box of [1, 2]) expectNear(blend({ rows: [all], box }), twin({ rows: [all], box }), 0);
  });

  test("leaves nothing of the colour of fully transparent pixels", () => {
    const rows = [Uint8Array.of(255, 0, 255, 0, 9, 8, 7, 0, 255, 255, 255, 0)];
    for (const box of BOXES) expect(blend({ rows, box }).every((sum) => sum === 0)).toBe(true);
  });

  test("holds the largest sums: 32,768 pixels of white", () => {
    const white = new Uint8Array(1024 * 4).fill(255);
    const blending = { rows: new Array(32).fill(white), box: 1024 };
    expect([...blend(blending)]).toEqual(new Array(4).fill(32_768 * 65_025));
    const noisy = { rows: new Array(64).fill(randomBytes(1024 * 4, 3)), box: 1024 };
    expectNear(blend(noisy), twin(noisy), 0);
  });
});

describe("blendLightRow", () => {
  // A product is rounded once, and each of the sums once.
  test.each(BOXES)("adds up the light of boxes of %i columns as the twin does", (box) => {
    for (const count of LENGTHS) {
      for (const alignment of ALIGNMENTS) {
        const blending = { rows: rowsOf(2, count), box, alignment, linear: true };
        expectNear(blend(blending), twin(blending), 2 * box * (2 * box + 1) * 65_025 * 2 ** -25);
      }
    }
  });

  test("gives white and black exactly, and nothing for what is fully transparent", () => {
    const rows = [Uint8Array.of(255, 255, 255, 255, 0, 0, 0, 255, 255, 255, 255, 0)];
    expect([...blend({ rows, box: 1, linear: true })]).toEqual([
      65_025, 65_025, 65_025, 65_025, 0, 0, 0, 65_025, 0, 0, 0, 0,
    ]);
  });
});
