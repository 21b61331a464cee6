import { beforeEach, describe, expect, test } from "vitest";
import { PIECE_BYTES } from "../../src/plan/delivery.ts";
import { handle } from "../../src/serve/handle.ts";
import { pngOf, quarters } from "../support/charts.ts";
import { engineOfPieces } from "../support/engine-of-pieces.ts";
import { cut, fileOf, isSame, MIB, type Pieces } from "../support/long-files.ts";
import { buckets, site, visit } from "../support/site.ts";

const LONG = fileOf(11 * MIB + 7);
const PATH = "quarters.png?wid=20&fmt=png";

beforeEach(async () => {
  await buckets.SOURCES.put("quarters.png", pngOf(quarters(100, 60)));
});

interface Asking {
  readonly pieces?: Pieces;
  readonly path?: string;
  readonly init?: RequestInit;
  readonly vars?: Readonly<Record<string, string>>;
}

/** Asks for a picture whose file is of these pieces; what was made of it, handed to `waitUntil`, and logged. */
async function asked({ pieces = cut(LONG, MIB), path = PATH, init = {}, vars = {} }: Asking = {}) {
  const noted = { made: 0, ended: false, held: [] as number[] };
  function* counted() {
    try {
      for (const piece of pieces()) {
        noted.made++;
        noted.held.push(engine.gate.heldBytes);
        yield piece;
      }
    } finally {
      noted.ended = true;
    }
  }
  const { engine } = site();
  const lines: Record<string, unknown>[] = [];
  const kept: Promise<unknown>[] = [];
  const hangUp = new AbortController();
  const on = site(vars, {
    engine: engineOfPieces(engine, counted),
    telemetry: { log: (line) => lines.push(JSON.parse(line)), saveEvents: undefined },
  });
  const visited = visit(path, init, { hungUp: hangUp.signal, keepAlive: (work) => void kept.push(work) });
  const reply = await handle(visited, on);
  return { reply, noted, lines, kept, hangUp, gate: engine.gate, etag: reply.headers.get("ETag") ?? "" };
}

const bytesOf = async (reply: Response) => new Uint8Array(await reply.arrayBuffer());

/** All that was lent is there again. */
async function givenBack({ kept, gate, noted }: Awaited<ReturnType<typeof asked>>): Promise<void> {
  await Promise.all(kept);
  expect([gate.leases, noted.ended]).toEqual([0, true]);
}

describe("a reply of no more than a piece", () => {
  test.each([
    ["many pieces that are one together", cut(fileOf(PIECE_BYTES), MIB)],
    ["one piece, whatever its length", cut(LONG, LONG.length)],
  ])("is whole: %s", async (_, pieces) => {
    const made = await asked({ pieces });
    const body = await bytesOf(made.reply);
    expect(made.reply.headers.get("Content-Length")).toBe(`${body.length}`);
    const md5 = Buffer.from(await crypto.subtle.digest("MD5", body)).toString("hex");
    expect(made.etag).toMatch(new RegExp(`^"${md5}-[0-9a-f]{8}"$`));
    expect(made.kept).toEqual([]);
    await givenBack(made);
  });
});

describe("a longer reply", () => {
  test("is a stream of all its bytes, without a length", async () => {
    const made = await asked();
    const { headers, status } = made.reply;
    expect([status, headers.get("Content-Type"), headers.get("Content-Length")]).toEqual([200, "image/png", null]);
    expect(headers.get("X-Content-Type-Options")).toBe("nosniff");
    expect(isSame(await bytesOf(made.reply), LONG)).toBe(true);
    expect(made.kept).toHaveLength(1);
    expect(made.lines).toEqual([]);
    await givenBack(made);
  });

  test("is made as it is taken", async () => {
    const made = await asked();
    const reader = (made.reply.body as ReadableStream<Uint8Array>).getReader();
    // What is held before it is known to be long, and the next one.
    const held = PIECE_BYTES / MIB + 1;
    expect(made.noted.made).toBe(held);
    let bytes = 0;
    for (let done = false; !done; ) {
      const read = await reader.read();
      bytes += read.value?.length ?? 0;
      expect(made.noted.made).toBeLessThanOrEqual(Math.max(held, Math.ceil(bytes / MIB) + 2));
      done = read.done;
    }
    expect(bytes).toBe(LONG.length);
    await givenBack(made);
  });

  test("holds less room as soon as it is known to be long, and less again when what was held is taken", async () => {
    const made = await asked();
    const [atFirst = 0, ...begun] = made.noted.held;
    expect(begun).toEqual(begun.map(() => atFirst));
    expect(made.gate.heldBytes).toBe(atFirst - PIECE_BYTES);
    await bytesOf(made.reply);
    expect(made.noted.held[begun.length + 1]).toBe(atFirst - 2 * PIECE_BYTES);
    await givenBack(made);
  });

  test("has the same tag every time, another for another source or request, and all tags have one form", async () => {
    const tagOf = async (asking: Asking = {}) => {
      const made = await asked({ ...asking, init: { method: "HEAD" } });
      await Promise.all(made.kept);
      return made.etag;
    };
    const etag = await tagOf();
    expect(etag).toMatch(/^"[0-9a-f]{32}-[0-9a-f]{8}"$/);
    expect(await tagOf()).toBe(etag);
    const other = await tagOf({ path: "quarters.png?wid=21&fmt=png" });
    expect(other.slice(-10)).not.toBe(etag.slice(-10));
    await buckets.SOURCES.put("quarters.png", pngOf(quarters(100, 62)));
    const changed = await tagOf();
    expect([changed.slice(0, 33) === etag.slice(0, 33), changed.slice(-10)]).toEqual([false, etag.slice(-10)]);
  });

  test("is 304 to whoever has it, and nothing is made of it; not when its source has changed", async () => {
    const first = await asked();
    await bytesOf(first.reply);
    const init = { headers: { "If-None-Match": `"else", ${first.etag}` } };
    const again = await asked({ init });
    expect([again.reply.status, again.etag, again.noted.made]).toEqual([304, first.etag, 0]);
    await buckets.SOURCES.put("quarters.png", pngOf(quarters(100, 62)));
    const changed = await asked({ init });
    expect(changed.reply.status).toBe(200);
    await bytesOf(changed.reply);
    await givenBack(changed);
  });

  test("that never expires is 304 by its tag without a look", async () => {
    const vars = { Expiration: "-1" };
    const first = await asked({ vars });
    await bytesOf(first.reply);
    await buckets.SOURCES.delete("quarters.png");
    const again = await asked({ vars, init: { headers: { "If-None-Match": first.etag } } });
    expect([again.reply.status, again.etag]).toEqual([304, first.etag]);
  });

  test("to a HEAD has no length and no body, and is not made any further", async () => {
    const made = await asked({ init: { method: "HEAD" } });
    expect([made.reply.status, made.reply.headers.get("Content-Length"), made.reply.body]).toEqual([200, null, null]);
    expect(made.noted.made).toBe(PIECE_BYTES / MIB + 1);
    await givenBack(made);
  });
});

// A part of a file is never taken for the whole.
describe("a longer reply that breaks off", () => {
  test("because making it fails ends with an error, and is logged", async () => {
    function* failing() {
      yield* cut(LONG.subarray(0, 8 * MIB), MIB)();
      throw new Error("made to fail");
    }
    const made = await asked({ pieces: failing });
    expect(made.reply.status).toBe(200);
    await expect(bytesOf(made.reply)).rejects.toThrow();
    await givenBack(made);
    expect(made.lines).toEqual([{ event: "reply", path: "/is/image/quarters.png", error: "internal" }]);
  });

  test("because its client takes it too slowly ends with the deadline, and an error", async () => {
    const made = await asked({ vars: { ImageTimeout: "1500" } });
    const reader = (made.reply.body as ReadableStream<Uint8Array>).getReader();
    await reader.read();
    // Nothing more is taken until it is over.
    await givenBack(made);
    await expect(
      (async () => {
        while (!(await reader.read()).done);
      })(),
    ).rejects.toThrow();
    expect(made.lines).toMatchObject([{ event: "reply", error: "imageTimeout" }]);
    expect(made.noted.made).toBeLessThan(12);
  });

  test.each(["hangs up", "takes no more"])("because its client %s is given up, and is nobody's fault", async (how) => {
    const made = await asked();
    const reader = (made.reply.body as ReadableStream<Uint8Array>).getReader();
    await reader.read();
    if (how === "hangs up") made.hangUp.abort();
    else await reader.cancel();
    await givenBack(made);
    expect(made.lines).toEqual([]);
    expect(made.noted.made).toBeLessThan(12);
  });

  test("before it is long is an error with a status", async () => {
    function* failing() {
      yield* cut(LONG.subarray(0, 3 * MIB), MIB)();
      throw new Error("made to fail");
    }
    const made = await asked({ pieces: failing });
    expect(made.reply.status).toBe(500);
    expect(made.kept).toEqual([]);
    await givenBack(made);
  });
});

test("a long error image is a stream too, which nobody keeps", async () => {
  const made = await asked({ path: "quarters.png?wid=oops", vars: { ErrorImage: "quarters" } });
  const { status, headers } = made.reply;
  expect([status, headers.get("ETag"), headers.get("Cache-Control")]).toEqual([200, null, "no-cache, no-store"]);
  expect(headers.get("Content-Length")).toBeNull();
  expect(isSame(await bytesOf(made.reply), LONG)).toBe(true);
  expect(made.kept).toHaveLength(1);
  await givenBack(made);
});
