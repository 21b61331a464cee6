import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "../../scripts/local/bundle.ts";
import { peersIn } from "../../scripts/local/peers.ts";

const BENCH = `## Renditions

### 12 MP

| decoded and resampled | → 400 px | → 800 px | dB |
| --- | --- | --- | --- |
| sharp | 1.0 ×21 | 35.0 ×18 | 38.8 |
| ours in workerd | 2.0; 0.74 (0.73–0.77) ×21 | 30.0; 0.86 (0.86–0.87) ×18 | 38.7 |

| decoded, resampled and encoded | → 400 px | → 800 px |
| --- | --- | --- |
| sharp | 3.0 ×14 | 48.6 ×7 |

### 12 MP progressive

| decoded and resampled | → 800 px |
| --- | --- |
| @jsquash | 593.1; 5.27 (5.27–5.27) ×1 |
`;

test("The medians at 800 pixels are taken, each from its own section and table.", () => {
  const { head, rows } = peersIn(BENCH);
  expect(head.slice(0, 3)).toEqual(["milliseconds; × sharp", "JPEG, 12 MP", "progressive, 12 MP"]);
  expect(rows).toEqual([
    ["fixative, in workerd", "30.0; 0.86", "–", "–", "–", "–"],
    ["sharp, native", "35.0", "–", "–", "–", "48.6"],
    ["wasm-image-optimization", "–", "–", "–", "–", "–"],
    ["@jsquash", "–", "593.1; 5.27", "–", "–", "–"],
    ["@cf-wasm/photon", "–", "–", "–", "–", "–"],
  ]);
});

test("docs/bench.md has ours and sharp's in every column.", () => {
  const { rows } = peersIn(readFileSync(join(ROOT, "docs/bench.md"), "utf8"));
  for (const row of rows.slice(0, 2)) expect(row).not.toContain("–");
});
