import { expect, test } from "vitest";
import { STAGES, Stopwatch } from "../../src/render/stopwatch.ts";

function stopped(running = 0) {
  const time = { now: 1000 };
  const watch = new Stopwatch(running, () => time.now);
  const lapAfter = (ms: number, stage: (typeof STAGES)[number]) => {
    time.now += ms;
    watch.lap(stage);
  };
  return { time, watch, lapAfter };
}

test("a lap goes to its stage, and laps of one stage add up", () => {
  const { watch, lapAfter } = stopped();
  lapAfter(5, "read");
  lapAfter(7, "decode");
  lapAfter(11, "read");
  expect([watch.spent("read"), watch.spent("decode"), watch.spent("store")]).toEqual([16, 7, undefined]);
});

test("all stages together are the whole, but for what has had no lap yet", () => {
  const { time, watch, lapAfter } = stopped();
  for (const [place, stage] of STAGES.entries()) lapAfter(place + 1, stage);
  const sum = STAGES.reduce((total, stage) => total + (watch.spent(stage) ?? 0), 0);
  expect(watch.total()).toBe(sum);
  time.now += 3;
  expect(watch.total()).toBe(sum + 3);
});

test("what had passed before it began to run goes to the first lap", () => {
  const { watch, lapAfter } = stopped(40);
  lapAfter(2, "admit");
  lapAfter(3, "place");
  expect([watch.spent("admit"), watch.spent("place"), watch.total()]).toEqual([42, 3, 45]);
});

test("a header shows stages in their order, whatever the order of the laps", () => {
  const { watch, lapAfter } = stopped();
  lapAfter(1.25, "store");
  lapAfter(2, "read");
  expect(watch.serverTiming()).toBe("read;dur=2.0, store;dur=1.3");
});
