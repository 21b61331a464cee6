import { expect, test } from "vitest";
import type { Plan } from "../../src/plan/plan.ts";
import { pngOf, quarters } from "../support/charts.ts";
import { ask, buckets, properties, savedKeys } from "../support/site.ts";

type Planned = Plan & { readonly ignored?: readonly string[] };

async function planned(modifiers: string): Promise<Planned> {
  await buckets.SOURCES.put("quarters.png", pngOf(quarters(100, 60)));
  const reply = await ask(`quarters?${modifiers}&req=plan`);
  expect([reply.status, reply.headers.get("Content-Type")]).toEqual([200, "application/json; charset=utf-8"]);
  expect(reply.headers.get("Cache-Control")).toBe("no-cache, no-store");
  return reply.json();
}

test("req=plan says what would be done, and what it would hold at most", async () => {
  const plan = await planned("crop=10,10,50,50&wid=25&op_blur=4&fmt=png");
  expect(plan.composite).toEqual({ width: 50, height: 50 });
  expect(plan.size).toEqual({ width: 25, height: 25 });
  expect(plan.drawing?.resample).toMatchObject({ window: { x: 10, y: 10, width: 50, height: 50 } });
  // Half the size, half the radius, of which half is the deviation. The source may be transparent: it is laid on white.
  expect(plan.steps).toMatchObject([{ step: "blur", sigma: { x: 1, y: 1 } }, { step: "fill" }]);
  expect(plan.output).toMatchObject({ encoder: "png" });
  expect(plan.peak.raster).toBe(25 * 25 * 4);
  expect(plan.peak.total).toBeGreaterThan(plan.peak.raster + plan.peak.encoder);
});

test("the reply that is then asked for has the planned size", async () => {
  const { size } = await planned("rotate=30&extend=1,2,3,4&fmt=png-alpha");
  await buckets.SAVES.put("renditions/", new Uint8Array());
  const saved = await properties(
    await ask("quarters?rotate=30&extend=1,2,3,4&fmt=png-alpha&req=saveToFile&name=planned.png"),
  );
  expect([saved.width, saved.height]).toEqual([`${size.width}`, `${size.height}`]);
});

test("it names what is not built, decodes nothing and saves nothing", async () => {
  const before = await savedKeys();
  // A header is all that there is of this picture.
  await buckets.SOURCES.put("head.png", pngOf(quarters(100, 60)).subarray(0, 60));
  const reply = await ask("head?wid=10&op_grow=3&name=x.png&req=plan");
  expect(((await reply.json()) as Planned).ignored).toEqual(["op_grow"]);
  expect((await ask("head?wid=10")).status).toBe(403);
  expect(await savedKeys()).toEqual(before);
});

test("a HEAD has no body, and what is refused is refused in words", async () => {
  const head = await ask("head?wid=10&req=plan", { method: "HEAD" });
  expect([head.status, await head.text()]).toEqual([200, ""]);
  const refused = await ask("quarters?op_usm=9&req=plan");
  expect(refused.status).toBe(403);
  expect(await refused.text()).toContain('op_usm: wants amount (a number 0..5), got "9"');
  expect((await ask("nowhere?req=plan")).status).toBe(403);
});
