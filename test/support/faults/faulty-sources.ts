import { pngOf, quarters } from "../charts.ts";
import { bucketWith } from "../doubles.ts";
import { buckets } from "../site.ts";
import { type Ask, type AskFault, faultyCall } from "./faulty-asking.ts";
import { BYTES, type HandedOut, type Scene } from "./scene.ts";

/** What is read of a source: the stretch that begins it, later ones of its header, or all of it. */
export type Reading = "start" | "header" | "file";

export interface SourceFault {
  readonly key: string;
  readonly reading: Reading;
  readonly call?: AskFault;
  readonly body?: BodyFault;
  /** What is put there just before it is read; undefined deletes what is there. */
  readonly before?: { readonly put: Uint8Array | undefined };
  /** What is put there when the body was handed out. */
  readonly behind?: { readonly put: Uint8Array | undefined };
}

export interface BodyFault {
  /** After so many bytes, or this part of them, it ends. */
  readonly after?: number;
  readonly ends?: "truly" | "with a failure" | "never";
  /** Milliseconds before each piece. */
  readonly pauseMs?: number;
  /** So many bytes more than there should be. */
  readonly longerBy?: number;
  /** Comes instead of what is there. */
  readonly is?: Uint8Array;
}

/** Puts the small picture there that scenarios save, and others. */
export async function putSources(files: Readonly<Record<string, Uint8Array>> = {}): Promise<void> {
  const all = { "picture.png": pngOf(quarters(100, 60)), ...files };
  for (const [key, file] of Object.entries(all)) await buckets.SOURCES.put(key, file);
}

/** Bytes of a piece in which bodies come, as on the platform. */
const PIECE = 4096;

/** A bucket of sources with faults: each one holds for all readings of its kind of its key. */
export function faultySources(bucket: R2Bucket, faults: readonly SourceFault[], ask: Ask, scene: Scene): R2Bucket {
  const failed = new Set<string>();
  const get = (key: string, options: R2GetOptions = {}) => {
    const reading = readingOf(options);
    const name = `${reading} of ${key}`;
    const fault = faults.find((each) => each.key === key && each.reading === reading);
    if (fault?.call?.says instanceof Error) failed.add(key);
    return faultyCall(scene, name, fault?.call, async () => {
      if (fault?.before !== undefined) await change(bucket, key, fault.before.put);
      const object = await bucket.get(key, options);
      if (object === null || !("body" in object)) return object;
      const bytes = new Uint8Array(await object.arrayBuffer());
      if (fault?.behind !== undefined) await change(bucket, key, fault.behind.put);
      const { etag, size, uploaded } = object;
      return { key, etag, size, uploaded, body: bodyOf(bytes, fault?.body ?? {}, name, scene) };
    });
  };
  const head = (key: string) =>
    ask(failed.has(key) ? "length of the source" : "sample of sources", () => bucket.head(key));
  const list = (options: R2ListOptions) => ask("list of sources", () => bucket.list(options));
  return bucketWith(bucket, { get, head, list });
}

async function change(bucket: R2Bucket, key: string, file: Uint8Array | undefined): Promise<void> {
  if (file === undefined) await bucket.delete(key);
  else await bucket.put(key, file);
}

function readingOf({ range }: R2GetOptions): Reading {
  if (range === undefined) return "file";
  return "offset" in range && range.offset === 0 ? "start" : "header";
}

function bodyOf(bytes: Uint8Array, fault: BodyFault, name: string, scene: Scene): ReadableStream<Uint8Array> {
  const all = fault.is ?? lengthened(bytes, fault.longerBy ?? 0);
  const { after = all.length, ends = "truly", pauseMs = 0 } = fault;
  const end = after < 1 ? Math.floor(all.length * after) : Math.min(after, all.length);
  const handedOut: HandedOut = { name: `body of the ${name}`, state: "open" };
  scene.bodies.push(handedOut);
  let at = 0;
  return new ReadableStream(
    {
      // As those of R2: whoever reads may bring a buffer.
      type: "bytes",
      async pull(controller) {
        await scene.reach(`${BYTES} the ${name}`);
        await scene.pass(pauseMs);
        if (handedOut.state !== "open") return;
        if (at < end) {
          const piece = all.slice(at, Math.min(end, at + PIECE));
          at += piece.length;
          controller.enqueue(piece);
        } else if (ends === "never") {
          await scene.silence(false);
        } else if (ends === "with a failure") {
          handedOut.state = "failed";
          controller.error(new Error("Network connection lost."));
        } else {
          handedOut.state = "read to its end";
          controller.close();
          controller.byobRequest?.respond(0);
        }
      },
      cancel() {
        handedOut.state = "cancelled";
      },
    },
    // Without it a stream pulls one piece before anybody asks.
    { highWaterMark: 0 },
  );
}

function lengthened(bytes: Uint8Array, by: number): Uint8Array {
  const longer = new Uint8Array(bytes.length + by);
  longer.set(bytes);
  return longer;
}
