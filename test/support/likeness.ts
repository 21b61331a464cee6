import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { ROOT } from "../../scripts/local/bundle.ts";
import { type Pixels, pngFile } from "./pixels.ts";

export interface Difference {
  /** Largest difference of a sample, 0..255, and the pixel that has it. */
  readonly max: number;
  readonly at: { readonly x: number; readonly y: number };
  /** Mean difference of all samples. */
  readonly mean: number;
}

/** How much two pictures may differ and still be alike. */
export type Tolerance = Pick<Difference, "max" | "mean">;

/** What two pictures of one size differ by. The colour of a pixel that should be fully transparent means nothing. */
export function difference(got: Pixels, want: Pixels): Difference {
  let max = 0;
  let worst = 0;
  let sum = 0;
  for (let at = 0; at < want.data.length; at++) {
    if (at % 4 !== 3 && want.data[at | 3] === 0) continue;
    const by = Math.abs((got.data[at] ?? 0) - (want.data[at] ?? 0));
    sum += by;
    if (by > max) {
      max = by;
      worst = at >> 2;
    }
  }
  const at = { x: worst % want.width, y: Math.floor(worst / want.width) };
  return { max, at, mean: sum / want.data.length };
}

/** Holds that two pictures differ by no more than this; leaves got.png, want.png and diff.png behind where they do. */
export function expectAlike(got: Pixels, want: Pixels, most: Tolerance, name: string): void {
  expect({ width: got.width, height: got.height }).toEqual({ width: want.width, height: want.height });
  const { max, at, mean } = difference(got, want);
  if (max <= most.max && mean <= most.mean) return;
  const folder = join(ROOT, "test-output/http", name.replaceAll(/[^\w.-]/g, "_"));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "got.png"), pngFile(got));
  writeFileSync(join(folder, "want.png"), pngFile(want));
  writeFileSync(join(folder, "diff.png"), pngFile(differencePicture(got, want)));
  expect.fail(`differs by up to ${max} (at ${at.x}, ${at.y}) and ${mean.toFixed(3)} in the mean: see ${folder}`);
}

/** Black where the pictures agree, sixteen times as bright as they differ elsewhere. */
function differencePicture(got: Pixels, want: Pixels): Pixels {
  const data = want.data.map((sample, at) =>
    at % 4 === 3 ? 255 : Math.min(255, 16 * Math.abs(sample - (got.data[at] ?? 0))),
  );
  return { ...want, data };
}
