import { expect, test } from "vitest";
import { streamedReply } from "../../src/serve/streamed-reply.ts";
import { turn } from "../support/faults/clock.ts";
import { Scene } from "../support/faults/scene.ts";
import { onScene } from "../support/faults/visits.ts";

const STALLED = 10_000;
const SHARE = 65_536;

/** Streams a piece of so many shares to a client that does this, by a clock that stands still. */
function streamedTo(shares: number, client: (body: Reader, pass: (ms: number) => Promise<void>) => Promise<void>) {
  const scene = new Scene();
  return onScene(scene, async () => {
    const noted = { ended: false };
    async function* pieces() {
      try {
        yield new Uint8Array(shares * SHARE);
      } finally {
        noted.ended = true;
      }
    }
    const { promise: answered, resolve } = Promise.withResolvers<Response>();
    const streaming = streamedReply(pieces(), {}, resolve, new AbortController());
    const body = (await answered).body as ReadableStream<Uint8Array>;
    const reader = body.getReader({ mode: "byob" });
    await client(reader, async (ms) => {
      await turn();
      scene.clock.block(ms);
      await turn();
    });
    const { fault } = await streaming;
    return { code: fault?.code, reader, noted, timers: scene.clock.pending };
  });
}

type Reader = ReadableStreamBYOBReader;

const read = async (reader: Reader) => (await reader.read(new Uint8Array(SHARE))).value?.length ?? 0;

test("a client that takes nothing for ten seconds is given up like one that is gone, and sees no end", async () => {
  const { code, reader, noted, timers } = await streamedTo(3, async (body, pass) => {
    expect(await read(body)).toBe(SHARE);
    await pass(STALLED - 1);
    await pass(1);
  });
  expect([code, noted.ended, timers]).toEqual(["clientGone", true, 0]);
  await expect(read(reader)).rejects.toThrow();
});

test("a client that takes a share now and then gets all of a piece, however long that takes", async () => {
  let bytes = 0;
  const { code, timers } = await streamedTo(5, async (body, pass) => {
    for (let share = 0; share < 5; share++) {
      await pass(STALLED - 1);
      bytes += await read(body);
    }
    expect(await read(body)).toBe(0);
  });
  expect([code, bytes, timers]).toEqual([undefined, 5 * SHARE, 0]);
});
