import { beforeEach, describe, expect, test } from "vitest";
import { MODULES } from "../../../src/modules.ts";
import type { Encoding } from "../../../src/plan/output.ts";
import { Deadline } from "../../../src/render/deadline.ts";
import { type Engine, engineOf } from "../../../src/render/engine.ts";
import { TRIALS, trialPlan, tried } from "../../../src/serve/doctor/trial.ts";
import { pngOf, quarters } from "../../support/charts.ts";
import { saveable } from "../../support/refusing.ts";
import { site } from "../../support/site.ts";
import { findings } from "./asking.ts";

beforeEach(saveable);

type Encoders = Engine["codecs"]["encoders"];

/** An engine with other encoders. */
function engineWith(change: (encoders: Encoders) => Partial<Encoders>): Engine {
  const engine = engineOf(MODULES);
  const encoders = { ...engine.codecs.encoders, ...change(engine.codecs.encoders) };
  return { ...engine, codecs: { ...engine.codecs, encoders } };
}

test("each encoder has a trial, by a request that has the planner choose it", () => {
  const engine = engineOf(MODULES);
  const chosen = TRIALS.map(({ modifiers }) => trialPlan(modifiers, pngOf(quarters(16, 16)), engine).output.encoder);
  const all = Object.keys(engine.codecs.encoders) as Encoding[];
  expect([...new Set(chosen)].sort()).toEqual(all.sort());
});

describe("a trial", () => {
  test.each(TRIALS)("comes back as it was: $name", async (trial) => {
    const deadline = new Deadline(Date.now(), 30_000, "imageTimeout");
    const difference = await tried(trial, engineOf(MODULES), deadline).finally(() => deadline.end());
    expect(difference).toBeLessThanOrEqual(trial.tolerance);
  });

  test("leaves no room taken", async () => {
    const engine = engineOf(MODULES);
    await findings(site({}, { engine }));
    expect([engine.gate.leases, engine.gate.waiting]).toEqual([0, 0]);
  });
});

test("a codec that gives back another picture is named", async () => {
  const engine = engineWith(({ webp }) => {
    if (webp.takes !== "raster") throw new Error("libwebp takes rasters");
    const encode: typeof webp.encode = ({ size, data }, ...rest) =>
      webp.encode({ size, data: data.map((level, at) => (at % 4 === 3 ? level : 255 - level)) }, ...rest);
    return { webp: { ...webp, encode } };
  });
  const { codecs } = await findings(site({}, { engine }));
  expect(codecs).toMatchObject({ ok: false, says: expect.stringMatching(/^WebP: .* by 255$/) });
  expect(codecs).toHaveProperty("mend");
});

test("a codec that throws is not well, and it is tried again the next time", async () => {
  let throws = true;
  const engine = engineWith(({ mozjpeg }) => {
    if (mozjpeg.takes !== "raster") throw new Error("MozJPEG takes rasters");
    const encode: typeof mozjpeg.encode = (...given) => {
      if (throws) throw new Error("unreachable");
      return mozjpeg.encode(...given);
    };
    return { mozjpeg: { ...mozjpeg, encode } };
  });
  expect((await findings(site({}, { engine }))).codecs?.ok).toBe(false);
  throws = false;
  expect((await findings(site({}, { engine }))).codecs?.ok).toBe(true);
});

test("what works is tried once an isolate", async () => {
  let encodes = 0;
  const engine = engineWith(({ mozjpeg }) => {
    if (mozjpeg.takes !== "raster") throw new Error("MozJPEG takes rasters");
    const encode: typeof mozjpeg.encode = (...given) => {
      encodes++;
      return mozjpeg.encode(...given);
    };
    return { mozjpeg: { ...mozjpeg, encode } };
  });
  const first = (await findings(site({}, { engine }))).codecs;
  expect(first?.ok).toBe(true);
  expect((await findings(site({}, { engine }))).codecs).toEqual(first);
  expect(encodes).toBe(1);
});
