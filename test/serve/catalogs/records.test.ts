import { beforeAll, describe, expect, test } from "vitest";
import { pixelAt, pngOf, quarters, readPng } from "../../support/charts.ts";
import { picture } from "../../support/pictures.ts";
import { ask, buckets, siteWith } from "../../support/site.ts";

const half = picture({ width: 100, height: 60 }, (x) => [0, 0, 0, x < 50 ? 255 : 0]);
const upper = picture({ width: 100, height: 60 }, (_, y) => (y < 30 ? [255, 255, 255, 255] : [0, 0, 0, 255]));

beforeAll(async () => {
  const files: Readonly<Record<string, Uint8Array>> = {
    "pictures/shoe.png": pngOf(quarters(100, 60)),
    "pictures/half.png": pngOf(half),
    "upper.png": pngOf(upper),
    "pictures/small.png": pngOf(quarters(10, 10)),
    "elsewhere/shoe.png": pngOf(quarters(30, 30)),
  };
  for (const [key, file] of Object.entries(files)) await buckets.SOURCES.put(key, file);
  // As masks are in catalogs: gray, without any transparency.
  const gray = await ask("upper?fmt=png,gray");
  await buckets.SOURCES.put("pictures/gray.png", await gray.arrayBuffer());
});

const PRESETS = Object.fromEntries(
  Array.from({ length: 3 }, (_, at) => [`size${at}`, { Modifier: `wid=${10 + at}&fmt=png` }]),
);

const on = siteWith(
  {
    default: {
      attributes: { RootPath: "pictures" },
      records: { shared: { Path: "small" }, elsewhere: { Path: "/elsewhere/shoe" } },
      macros: { thumb: "wid=20&fmt=png" },
    },
    acme: {
      attributes: { Resolution: "100" },
      macros: { small: "$thumb$&wid=15" },
      records: {
        shoe: { Path: "shoe" },
        absolute: { Path: "/elsewhere/shoe" },
        wide: { Path: "shoe", Modifier: "wid=40&fmt=png", PostModifier: "hei=5&fit=stretch" },
        preset: { Path: "shoe", Modifier: "$small$" },
        anchored: { Path: "shoe", Anchor: "0,0" },
        masked: { Path: "shoe", MaskPath: "gray" },
        misfit: { Path: "shoe", MaskPath: "small" },
        onlyMask: { MaskPath: "gray" },
        fine: { Path: "shoe", Resolution: "200" },
        zero: { Path: "shoe", Resolution: "0" },
        printed: { Path: "shoe", PrintResolution: "150" },
        empty: { Modifier: "wid=10" },
        banner: { Modifier: "layer=0&src=$img$&$img=shoe&layer=comp&wid=25&fmt=png" },
        itself: { Modifier: "layer=0&src=$object$&layer=comp&fmt=png" },
        backdrop: { Path: "small", Modifier: "fmt=png" },
        saver: { Path: "shoe", Modifier: "req=saveToFile&name=evil.png" },
        asker: { Path: "shoe", PostModifier: "req=saveToFile" },
        namer: { Path: "shoe", PostModifier: "name=evil.png" },
        wanderer: { Path: "shoe", Modifier: "src=/bolt/own&template=bolt/own" },
        explainer: { Path: "shoe", PostModifier: "req=validate" },
        ...PRESETS,
      },
    },
    bolt: { records: { own: { Path: "small", Modifier: "fmt=png" }, mask: { Path: "gray" } } },
  },
  { ErrorDetail: "2" },
);

async function raster(path: string) {
  const reply = await ask(path, {}, on);
  if (reply.status !== 200) throw new Error(`${path}: ${await reply.text()}`);
  return readPng(new Uint8Array(await reply.arrayBuffer()));
}
const sizeOf = async (path: string) => (await raster(path)).size;
async function refused(path: string): Promise<string> {
  const reply = await ask(path, {}, on);
  expect([path, reply.status]).toEqual([path, 403]);
  return (await reply.text()).trimEnd();
}

// Source: protocol.md 1.8, 6.4.
describe("a record", () => {
  test("is found by its id, with RootPath before its Path", async () => {
    expect(await sizeOf("acme/shoe?fmt=png")).toEqual({ width: 100, height: 60 });
    expect(await sizeOf("acme/absolute?fmt=png")).toEqual({ width: 30, height: 30 });
    expect(await sizeOf("acme/x?src=shared&fmt=png")).toEqual({ width: 10, height: 10 });
    expect(await sizeOf("acme/x?src=/bolt/own&fmt=png")).toEqual({ width: 10, height: 10 });
  });

  test("begins a request with its Modifier and ends it with its PostModifier", async () => {
    expect(await sizeOf("acme/wide")).toEqual({ width: 40, height: 5 });
    expect(await sizeOf("acme/wide?wid=50&hei=50")).toEqual({ width: 50, height: 5 });
  });

  test("calls macros of its catalog, and these the default catalog's", async () => {
    expect((await sizeOf("acme/preset")).width).toBe(15);
    expect((await sizeOf("acme/shoe?$small$&wid=16")).width).toBe(16);
    expect((await sizeOf("shared?$thumb$")).width).toBe(20);
    expect(await refused("shared?$small$")).toContain('wants the name of a macro, got "small"');
  });

  test("without a Path is no picture", async () => {
    expect(await refused("acme/empty")).toContain("has no picture of its own");
    expect(await sizeOf("acme/empty?src=shoe&fmt=png")).toEqual({ width: 10, height: 6 });
  });

  test("gives its anchor", async () => {
    expect(await (await ask("acme/anchored?req=resolve", {}, on)).text()).toContain("anchor=0,0");
  });

  test("says to what res= relates, else its catalog does, of which 0 is none", async () => {
    expect((await sizeOf("acme/fine?res=50&fmt=png")).width).toBe(25);
    expect((await sizeOf("acme/shoe?res=50&fmt=png")).width).toBe(50);
    expect((await sizeOf("acme/zero?res=50&fmt=png")).width).toBe(50);
    expect((await sizeOf("shared?res=36&fmt=png")).width).toBe(5);
    expect((await sizeOf("bolt/x?src=acme/fine&res=50&fmt=png")).width).toBe(25);
  });

  test("says how large it is to be printed", async () => {
    const { output } = (await (await ask("acme/printed?req=plan", {}, on)).json()) as { output: { dpi?: number } };
    expect(output.dpi).toBe(150);
  });
});

// Source: protocol.md 3.4, A-49.
describe("the mask of a record", () => {
  const at = async (path: string) => {
    const got = await raster(`${path}${path.includes("?") ? "&" : "?"}fmt=png-alpha`);
    return [pixelAt(got, 10, 10)[3], pixelAt(got, 80, 10)[3], pixelAt(got, 10, 50)[3], pixelAt(got, 80, 50)[3]];
  };

  test("is used, unless mask= or maskUse= says otherwise", async () => {
    expect(await at("acme/shoe")).toEqual([255, 255, 255, 255]);
    expect(await at("acme/masked")).toEqual([255, 255, 0, 0]);
    expect(await at("acme/x?src=masked")).toEqual([255, 255, 0, 0]);
    expect(await at("acme/masked?mask=half")).toEqual([255, 0, 255, 0]);
    expect(await at("acme/masked?maskUse=invert")).toEqual([0, 0, 255, 255]);
    expect(await at("acme/masked?maskUse=off")).toEqual([255, 255, 255, 255]);
  });

  test("is of the size of its picture, which one that is asked for need not be", async () => {
    expect(await refused("acme/misfit")).toBe(
      "The mask of the picture's record is not of its size: the picture has 100 × 60, its mask 10 × 10",
    );
    expect(await at("acme/shoe?mask=small")).toEqual([255, 255, 255, 255]);
  });

  test("is what mask= means by a record, which has else its picture as a mask", async () => {
    expect(await at("acme/shoe?mask=onlyMask")).toEqual([255, 255, 0, 0]);
    expect(await at("bolt/x?src=own&mask=mask")).toEqual(await at("bolt/x?src=own&mask=mask&maskUse=norm"));
    expect(await refused("acme/shoe?mask=empty")).toContain("has no picture of its own");
  });
});

// Source: protocol.md 1.8, "Template"; A-24.
describe("a template", () => {
  test("is the body of a request, by template= or by its own path", async () => {
    expect((await sizeOf("acme/banner")).width).toBe(25);
    expect(await sizeOf("acme/shoe?template=banner&$img=/elsewhere")).toEqual({ width: 25, height: 25 });
    expect(await sizeOf("acme/shared?template=itself")).toEqual({ width: 10, height: 10 });
    expect((await sizeOf("acme/wide?template=acme/banner")).width).toBe(25);
  });

  test("with a picture of its own shows it, and not that of the path", async () => {
    expect(await sizeOf("acme/shoe?template=backdrop")).toEqual({ width: 10, height: 10 });
    expect(await refused("acme/shoe?template=empty")).toContain("has no picture of its own");
  });

  test("that does not exist is an error, which req=validate does not look for", async () => {
    expect(await refused("acme/shoe?template=nobody")).toContain("template");
    expect((await ask("acme/shoe?template=nobody&req=validate", {}, on)).status).toBe(200);
  });
});

describe("what no record may do", () => {
  test.each(["saver", "asker", "namer"])("to save: %s", async (id) => {
    const before = await buckets.SAVES.list();
    expect(await refused(`acme/${id}`)).toContain("to stand in the client's own modifiers");
    expect((await buckets.SAVES.list()).objects).toEqual(before.objects);
  });

  test("to save when somebody saves something of it", async () => {
    expect(await refused("acme/namer?req=saveToFile&name=good.png")).toContain("error=badRequest");
    expect(await refused("acme/explainer?req=saveToFile&name=good.png")).toContain("error=badRequest");
    expect(await buckets.SAVES.head("renditions/evil.png")).toBeNull();
    expect(await buckets.SAVES.head("renditions/good.png")).toBeNull();
  });

  test("to choose another main catalog, or another template", async () => {
    expect(await refused("acme/wanderer")).toContain("template");
  });
});

describe("req=resolve", () => {
  const resolved = async (path: string, detail: string) => {
    const { settings } = on;
    const ErrorDetail = Number(detail) as typeof settings.ErrorDetail;
    return (await ask(path, {}, { ...on, settings: { ...settings, ErrorDetail } })).text();
  };

  test("shows the request with all that macros and records say", async () => {
    expect(await resolved("acme/wide?$small$&wid=7&req=resolve", "0")).toBe(
      "acme/wide?fmt=png&wid=7&hei=5&fit=stretch\n",
    );
  });

  test("says from ErrorDetail 2 on where each command came from", async () => {
    const [request, ...origins] = (await resolved("acme/wide?wid=7&req=resolve", "2")).trimEnd().split("\n");
    expect(request).toBe("acme/wide?fmt=png&wid=7&hei=5&fit=stretch");
    expect(origins).toHaveLength(4);
    expect(origins.join("\n")).toContain("the Modifier of acme/wide");
    expect(origins.join("\n")).toContain("catalogs/acme/images.txt, line 4");
    expect(origins.find((line) => line.startsWith("wid=7"))).toContain("the URL");
  });

  test("refuses what cannot be understood", async () => {
    expect(await refused("acme/wide?wid=x&req=resolve")).toContain('wid: wants a number of pixels > 0, got "x"');
  });
});

test("req=validate looks up no records, and knows the macros of the catalog", async () => {
  expect((await ask("acme/saver?$small$&req=validate", {}, on)).status).toBe(200);
  expect((await ask("bolt/own?$small$&req=validate", {}, on)).status).toBe(403);
});
