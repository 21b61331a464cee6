import { afterAll, beforeAll, expect, test } from "vitest";
import { seed } from "../../scripts/local/seed.ts";
import { LOCAL_VARS, type LocalWorker } from "../../scripts/local/worker.ts";
import { ask } from "../support/ask.ts";
import { textOf } from "../support/commands-of.ts";
import { startBundled } from "../support/local.ts";
import { doneOf } from "../support/save.ts";

let worker: LocalWorker;
beforeAll(async () => {
  worker = await startBundled({ vars: { ...LOCAL_VARS, Macros: '{"pdp":"wid=600&qlt=85"}' } });
  await seed(worker);
});
afterAll(() => worker?.stop());

test("What ARCHITECTURE.md says of its request is so: decoded at a quarter, one raster, MozJPEG.", async () => {
  const [, path = ""] = /^GET (\/is\/image\/\S+)$/m.exec(textOf("ARCHITECTURE.md")) ?? [];
  expect(path).toContain("req=saveToFile");
  const planned = await ask(worker.url, `${path}&req=plan`);
  const plan = JSON.parse(planned.body.toString());
  expect(plan).toMatchObject({ size: { width: 800, height: 600 }, streams: false, drawing: { decode: { shrink: 4 } } });
  expect(plan.steps).toHaveLength(1);
  expect(doneOf(await ask(worker.url, path))).toMatchObject({ name: "hero.jpg", width: 800, height: 600 });
  const saved = await worker.saves.head("renditions/hero.jpg");
  expect(saved?.customMetadata?.encoding).toBe("mozjpeg");
});
