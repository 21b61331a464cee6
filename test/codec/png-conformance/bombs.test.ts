import { describe, expect, test } from "vitest";
import { Fault } from "../../../src/faults.ts";
import { Kernels } from "../../../src/pixels/kernels.ts";
import type { SourceFacts } from "../../../src/plan/facts.ts";
import type { Rect } from "../../../src/plan/size.ts";
import { refuseSource } from "../../../src/plan/source-limits.ts";
import { readSettings } from "../../../src/settings/settings.ts";
import { BOMBS, type Bomb, bombFile } from "../../support/png-bombs.ts";
import { pngjsPicture } from "../../support/png-oracles.ts";
import { samplePng } from "../../support/png-samples.ts";
import { expectBounded, PNG_DECODER, type PngPicture, type PngRefusal, tryPng } from "../../support/png-trial.ts";
import { sniff } from "../../support/sniffing.ts";
import { MODULES } from "../../support/wasm-modules.ts";

/** As much as is read of a source at a time: src/store/sources.ts. */
const PUSH = 65_536;
const PAGE = 65_536;
/** What a picture of 65,500 pixels across may take, of any kind; a phone's photograph takes less than one of these. */
const MOST_MEMORY = 4 * 1024 * 1024;

const LIMITS = readSettings({});
const AFTER = samplePng({ width: 80, height: 60, depth: 8, colourType: 2 }, 4);

/** All of a small picture; of a large one what comes last. */
function wantedOf({ size }: SourceFacts): Rect {
  const rows = size.width > 1000 ? 4 : size.height;
  return { x: 0, y: size.height - rows, width: size.width, height: rows };
}

async function explode(kernels: Kernels, file: Uint8Array): Promise<PngPicture | PngRefusal> {
  const facts = sniff(file);
  if (facts === "wants more") throw new Fault("sourceBroken", "its header does not end");
  refuseSource({ facts, bytes: file.length }, LIMITS, PNG_DECODER);
  const wanted = wantedOf(facts);
  const told = PNG_DECODER.memory(facts, file.length, { shrink: 1, wanted });
  const [before, start] = [kernels.bytes, kernels.reserve(0)];
  const got = await tryPng(kernels, file, { facts, wanted, pushBytes: () => PUSH });
  expect(kernels.reserve(0) - start, "bytes of the arena").toBeLessThanOrEqual(told.kernels);
  expect(kernels.bytes - before, "bytes of memory").toBeLessThan(told.kernels + PAGE);
  expect(told.kernels + told.beside).toBeLessThan(MOST_MEMORY);
  expectBounded(got.cost, file);
  return got;
}

/** What came of a bomb, at the sniffer, at the limits or at the decoder. */
async function cameOf(kernels: Kernels, bomb: Bomb): Promise<PngPicture | Pick<PngRefusal, "outcome" | "detail">> {
  try {
    return await explode(kernels, bombFile(bomb));
  } catch (cause) {
    if (cause instanceof Fault) return { outcome: "fault", detail: cause.message };
    throw cause;
  }
}

describe("a bomb is a picture or refused, in the memory that was told, in bounded steps, and the next picture is right", () => {
  test.each(BOMBS)("$what", async (bomb) => {
    const kernels = new Kernels(MODULES.kernels);
    const got = await cameOf(kernels, bomb);
    if (bomb.refused !== undefined)
      expect(got).toMatchObject({ outcome: "fault", detail: expect.stringMatching(bomb.refused) });
    else {
      const warnings = bomb.warned === undefined ? [] : [expect.stringMatching(bomb.warned)];
      expect(got).toMatchObject({ outcome: "picture", warnings });
    }
    kernels.clear();
    const after = await tryPng(kernels, AFTER);
    expect(after).toMatchObject({ outcome: "picture", raster: { data: pngjsPicture(AFTER).data } });
  });
});
