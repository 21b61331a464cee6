import { describe, expect, test, vi } from "vitest";
import { blockBytes, Kernels } from "../../src/pixels/kernels.ts";
import type { Raster } from "../../src/pixels/raster.ts";
import { Deadline } from "../../src/render/deadline.ts";
import { engineOf } from "../../src/render/engine.ts";
import { Stopwatch } from "../../src/render/stopwatch.ts";
import { makePicture } from "../../src/serve/picture.ts";
import { readSettings } from "../../src/settings/settings.ts";
import { memoryBucket } from "../golden/bucket.ts";
import { askedBy } from "../golden/rendering.ts";
import { withoutAny } from "../support/catalogs.ts";
import { pngOf } from "../support/charts.ts";
import { picture } from "../support/pictures.ts";
import { jpegFile } from "../support/pixels.ts";
import { takingRows } from "../support/row-encoders.ts";
import { MODULES } from "../support/wasm-modules.ts";

/** Bytes of the rasters that are there, and the most there were at one time. */
const rasters = vi.hoisted(() => ({ held: 0, most: 0 }));

vi.mock("../../src/pixels/raster.ts", async (original) => {
  const real = await original<typeof import("../../src/pixels/raster.ts")>();
  return {
    ...real,
    filledRaster: (...given: Parameters<typeof real.filledRaster>) => {
      const raster = real.filledRaster(...given);
      rasters.held += raster.data.byteLength;
      rasters.most = Math.max(rasters.most, rasters.held);
      return raster;
    },
    releaseRaster: (raster: Raster) => {
      rasters.held -= raster.data.byteLength;
      real.releaseRaster(raster);
    },
  } satisfies typeof real;
});

const PAGE = 65_536;
const PATIENCE_MS = 60_000;
/** What an instance has before anything is reserved. */
const EMPTY = new Kernels(MODULES.kernels).bytes;
const SIZE = { width: 1100, height: 800 };
const hills = picture(SIZE, (x, y) => [(x * y) % 256, (x + y) % 256, 128, 255 - (Math.floor(x / 20) % 6) * 30]);
const sources = memoryBucket(
  new Map<string, Uint8Array>([
    ["hills.png", pngOf(hills)],
    ["hills.jpg", jpegFile({ ...SIZE, data: hills.data }, 80)],
    ["mask.png", pngOf(picture({ width: 90, height: 70 }, (x) => [x * 2, x * 2, x * 2, 255]))],
  ]),
);

/** What takes memory in its own way. */
const REQUESTS = [
  "",
  "wid=300",
  "wid=37",
  "wid=1",
  "hei=700&fit=fit,1",
  "wid=1400&fit=fit,1",
  "wid=200&hei=700&fit=stretch",
  "scl=1&rect=200,300,256,256",
  "scl=1&rect=-200,-300,900,500&op_blur=20",
  "resMode=bilin&wid=500",
  "crop=100,50,200,700&wid=180",
  "crop=-500,-500,2000,2000&wid=900",
  "size=100,0&wid=900&fit=fit,1",
  "size=1000,0&wid=333&layer=0&op_blur=30",
  "rotate=33",
  "rotate=90&wid=300",
  "rotate=-120&wid=700&hei=200&fit=stretch&fmt=png-alpha",
  "rotate=5&op_usmR=2,30&rect=100,100,300,20",
  "extend=300,20,-100,50&bgColor=ff000080",
  "op_blur=0.5",
  "op_blur=4",
  "op_blur=100",
  "op_blur=100&wid=200",
  "op_sharpen=1",
  "op_usm=1,100&wid=800",
  "op_usmR=1,250,3",
  "op_blur=40&op_usmR=1,60&op_sharpen=1&op_hue=30&op_contrast=20",
  "op_colorize=ff8000&wid=640",
  "op_colorize=ff8000&layer=0&op_colorize=2040ff&rotate=20&layer=comp&wid=500",
  "mask=mask&wid=600",
  "mask=mask&maskUse=invert&rotate=10&bgColor=00ff00",
  "dpr=on,1.5&wid=400&opac=40&color=50",
  "flip=lr&op_invert=1&hei=900&wid=900&fit=fit,1&layer=0&opac=50",
] as const;

/** Bytes that each instance has reserved since it was cleared. */
const reserved = new WeakMap<Kernels, number>();
/** What stood there when a mark was set. */
const marks = new WeakMap<Kernels, Map<number, number>>();

/** What making a picture took, and what its plan said that it would take. */
async function madeOf(url: string, vars: Readonly<Record<string, string>>, takesRows: boolean) {
  const real = engineOf(MODULES);
  const engine = takesRows ? { ...real, codecs: takingRows(real.codecs) } : real;
  const site = { ...withoutAny(readSettings(vars)), sources, engine };
  const { reserve, mark, freeTo } = Kernels.prototype;
  let most = 0;
  vi.spyOn(Kernels.prototype, "reserve").mockImplementation(function (this: Kernels, bytes) {
    const sum = (reserved.get(this) ?? 0) + blockBytes(bytes);
    reserved.set(this, sum);
    most = Math.max(most, sum);
    return reserve.call(this, bytes);
  });
  vi.spyOn(Kernels.prototype, "mark").mockImplementation(function (this: Kernels) {
    const at = mark.call(this);
    marks.set(this, (marks.get(this) ?? new Map<number, number>()).set(at, reserved.get(this) ?? 0));
    return at;
  });
  vi.spyOn(Kernels.prototype, "freeTo").mockImplementation(function (this: Kernels, at) {
    // `clear` frees to where nothing is reserved.
    reserved.set(this, marks.get(this)?.get(at) ?? 0);
    freeTo.call(this, at);
  });
  rasters.held = 0;
  rasters.most = 0;
  const deadline = new Deadline(Date.now(), PATIENCE_MS, "imageTimeout");
  try {
    return await makePicture(askedBy(url), site, { deadline, watch: new Stopwatch() }, async ({ plan, pieces }) => {
      for await (const _ of pieces);
      return {
        streams: plan.streams,
        said: plan.peak,
        kernels: most,
        instances: engine.kernels.heldBytes,
        rasterMost: rasters.most,
        rasterLeft: rasters.held,
      };
    });
  } finally {
    deadline.end();
    vi.restoreAllMocks();
  }
}

describe("a plan tells how much memory it takes", () => {
  const cases = ["hills.jpg", "hills.png"].flatMap((source) =>
    REQUESTS.map((request, at) => ({
      url: `/is/image/${source}?${request}${request.includes("fmt=") ? "" : "&fmt=png"}`,
      vars: { ScaleQuality: at % 2 === 0 ? "fast" : "exact", LinearLight: at % 5 === 0 ? "1" : "0" },
    })),
  );

  test.each(
    cases.flatMap((one) => [
      { ...one, takesRows: false },
      { ...one, takesRows: true },
    ]),
  )("$url, to an encoder of rows: $takesRows", async ({ url, vars, takesRows }) => {
    const { said, kernels, instances, rasterMost, rasterLeft } = await madeOf(url, vars, takesRows);
    // Rasters are counted to the byte; of kernel memory a plan may say more than it takes, but not twice as much.
    expect(rasterMost).toBe(said.raster);
    expect(kernels).toBeLessThanOrEqual(said.kernels);
    expect(kernels).toBeGreaterThan(said.kernels / 2);
    expect(instances).toBeLessThanOrEqual(EMPTY + said.kernels + PAGE);
    expect(rasterLeft).toBe(0);
  });
});
