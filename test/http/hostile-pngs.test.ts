import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LOCAL_VARS, type LocalWorker } from "../../scripts/local/worker.ts";
import { ask, type Reply } from "../support/ask.ts";
import { contentsOf, SAVE_PATH, startBundled } from "../support/local.ts";
import { pngFile, pngPixels, testPattern } from "../support/pixels.ts";
import { BOMBS, type Bomb, bombFile, WIDEST_INTERLACED } from "../support/png-bombs.ts";
import { answerOf, refusedPictureOf, savePath } from "../support/save.ts";

const PATTERN = testPattern(80, 60);

let worker: LocalWorker;
let good: Buffer;
beforeAll(async () => {
  worker = await startBundled({ vars: LOCAL_VARS });
  await worker.saves.put(`${SAVE_PATH}/`, "");
  await worker.sources.put("good.png", pngFile(PATTERN));
  good = await goodPicture();
});
afterAll(() => worker?.stop());

async function goodPicture(): Promise<Buffer> {
  const { status, body } = await ask(worker.url, "/is/image/good?wid=80&fmt=png");
  expect([status, Buffer.compare(pngPixels(body).data, PATTERN.data)]).toEqual([200, 0]);
  return body;
}

/** Holds that it was refused in a sentence that says why, or is a picture of this width that is warned of where it must be. */
function expectAnswered({ refused, warned }: Bomb, reply: Reply, width: number): void {
  if (refused !== undefined) {
    expect(refusedPictureOf(reply)).toMatch(refused);
    return;
  }
  expect(reply.status, reply.body.toString("latin1", 0, 300)).toBe(200);
  expect(pngPixels(reply.body).width).toBe(width);
  const warning = reply.headers["x-fixative-warning"];
  if (warned === undefined) expect(warning).toBeUndefined();
  else expect(warning).toMatch(warned);
}

describe("Whatever a PNG is meant to cost, it is answered, and the next request is right:", () => {
  test.each(BOMBS)("$what", async (bomb) => {
    await worker.sources.put("bomb.png", bombFile(bomb));
    expectAnswered(bomb, await ask(worker.url, "/is/image/bomb?wid=10&fmt=png"), 10);
    expect((await goodPicture()).equals(good)).toBe(true);

    const before = await contentsOf(worker.saves);
    const answer = answerOf(await ask(worker.url, savePath("bomb", "wid=10", "bomb.jpg")));
    expect(answer.status).toBe(bomb.refused === undefined ? "done" : "failed");
    // Source: save-contract "Two outcomes", 2.
    if (answer.status !== "done") expect(await contentsOf(worker.saves)).toEqual(before);
    await worker.saves.delete(`${SAVE_PATH}/bomb.jpg`);
  });

  test("An interlaced one that would be held larger than fits is refused by the number of its bytes.", async () => {
    await worker.sources.put("bomb.png", bombFile(WIDEST_INTERLACED));
    const said = refusedPictureOf(await ask(worker.url, "/is/image/bomb?wid=8000&fmt=png"));
    expect(said).toMatch(/more memory than MemoryBudget allows: \d{9,} bytes \(source \d{9,}, .*at most 104857600/);
    expect((await goodPicture()).equals(good)).toBe(true);
  });
});
