import { beforeAll, expect, test } from "vitest";
import { PRIORS } from "../../support/faults/saved.ts";
import { actable } from "../../support/faults/scene.ts";
import { ALL_STAGES, putSourceFiles } from "../../support/faults/source-files.ts";
import { abandon, save, show } from "../../support/faults/visits.ts";

beforeAll(putSourceFiles);

// A visit that the platform cancels is not resumed, not even in its `finally`.
test.each(PRIORS)(
  "over %s, a save that is given up at whatever moment stores nothing and leaves the next ones alone",
  async (prior) => {
    const circumstances = { path: ALL_STAGES, folder: "unmarked" } as const;
    const { moments } = (await save(circumstances, prior)).scene;
    for (const [at, moment] of actable(moments)) {
      if (moment === "put answered") continue;
      const came = await abandon(circumstances, prior, at);
      expect([at, came.at(-1)]).toEqual([at, moment]);
      // To the same key, with the same kernels and codecs.
      expect((await save(circumstances, prior)).code).toBe("done");
    }
    expect((await show({ path: ALL_STAGES })).status).toBe(200);
  },
  60_000,
);
