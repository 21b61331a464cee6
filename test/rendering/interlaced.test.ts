import { describe, test } from "vitest";
import { rendererOn } from "../golden/rendering.ts";
import { bothWays } from "../support/interlaced-files.ts";
import { expectNearPicture } from "../support/near.ts";
import { noise, ramps } from "../support/pictures.ts";

describe("a request for an interlaced picture has the reply of the same one that is not interlaced", async () => {
  const [opaque, opaqueInterlaced] = await bothWays(ramps({ width: 640, height: 481 }));
  const [clear, clearInterlaced] = await bothWays(noise({ width: 333, height: 500 }, 2, false));
  const sources = new Map([
    ["plain.png", opaque],
    ["interlaced.png", opaqueInterlaced],
    ["plain-alpha.png", clear],
    ["interlaced-alpha.png", clearInterlaced],
  ]);
  const MODES = [{}, { ScaleQuality: "exact" }, { LinearLight: "true" }];
  const renderers = MODES.map((mode) => rendererOn(sources, mode));

  test.each([
    "wid=20",
    "wid=40",
    "wid=7&hei=200&fit=stretch,1",
    "wid=200&hei=5&fit=stretch,1",
    "wid=150",
    "scale=1",
    "crop=101,57,203,200&wid=17",
    "rgn=33,41,40,77&scale=1",
    "crop=50,60,80,90&wid=300",
    "rotate=90&wid=30",
    "maskUse=off&wid=30",
    "maskUse=invert&wid=30",
    "wid=40&resMode=bilin",
    "wid=40&resMode=bicub",
  ])("%s", async (modifiers) => {
    for (const name of ["", "-alpha"]) {
      for (const render of renderers) {
        const [plain, interlaced] = await Promise.all(
          ["plain", "interlaced"].map((kind) => render(`/is/image/${kind}${name}?${modifiers}&fmt=png-alpha`)),
        );
        if (plain === undefined || interlaced === undefined) throw new Error("no pictures");
        expectNearPicture(interlaced, plain, 0);
      }
    }
  });

  test("as a mask too", async () => {
    for (const render of renderers) {
      for (const use of ["norm", "invert"]) {
        const [plain, interlaced] = await Promise.all(
          ["plain", "interlaced"].map((kind) =>
            render(`/is/image/plain?mask=${kind}-alpha&maskUse=${use}&wid=25&fmt=png-alpha`),
          ),
        );
        if (plain === undefined || interlaced === undefined) throw new Error("no pictures");
        expectNearPicture(interlaced, plain, 0);
      }
    }
  });
});
