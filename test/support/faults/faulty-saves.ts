import { bucketWith } from "../doubles.ts";
import type { Ask, Question } from "./faulty-asking.ts";
import { SOMEBODY_ELSES } from "./saved.ts";
import type { Scene } from "./scene.ts";
import { takingBytes } from "./taking-bytes.ts";

/** How a put goes. */
export interface PutFault {
  /**
   * When the bucket says its word: having taken nothing, half of the bytes, all of them; or all but the last one, which is
   * while the deadline is looked at one final time, or when some time has passed behind that.
   */
  readonly after: "nothing" | "half" | "all but one" | "all";
  /** Its word; `truth` is what a bucket without faults would say of what it has. */
  readonly says: Error | "truth" | "null" | "silence" | "written" | "less is written";
  /** Throws instead of rejecting. */
  readonly atOnce?: true;
  /** Milliseconds before its word. */
  readonly takesMs?: number;
  /** When the object comes to be there, if at all: with the word, when the key has been looked at, or behind the answer. */
  readonly stores?: "with its word" | "after a look" | "after the answer";
  /** Stores what it has by then, be it less than all. */
  readonly storesPart?: true;
  /** Cancels the body before its word. */
  readonly cancels?: true;
  /** Takes what else comes when it has said its word, and stores it when that is all. */
  readonly readsOn?: true;
  /** When somebody else writes to the same key: before its bytes are looked at, or when they were stored. */
  readonly somebodyElse?: "before" | "behind";
}

/** What became of a put. */
export interface PutLog {
  readonly saveId: string | undefined;
  readonly digest: string;
  /** Bytes that the bucket took. */
  taken: Uint8Array;
  /** Whether the object was there at some time. */
  stored: boolean;
  /** Whether it came to be there only when the visit was over. */
  storedLate: boolean;
  said: string;
}

/**
 * @param puts one fault a put; the later ones are without
 * @param length of the bytes that are going to be put
 */
export function faultySaves(
  bucket: R2Bucket,
  puts: readonly PutFault[],
  ask: Ask,
  length: number,
  scene: Scene,
): { readonly saves: R2Bucket; readonly log: readonly PutLog[]; settle(): Promise<void> } {
  const log: PutLog[] = [];
  const afterLook: (() => Promise<void>)[] = [];
  const afterAnswer: (() => Promise<void>)[] = [];
  let isOver = false;
  const questionOf = (key: string): Question => {
    if (key.endsWith("/")) return "folder marker";
    if (!key.startsWith("renditions/")) return "sample";
    return log.length === 0 ? "condition" : "look";
  };
  const head = (key: string) => {
    const question = questionOf(key);
    return ask(question, async () => {
      const object = await bucket.head(key);
      if (question === "look") for (const store of afterLook.splice(0)) await store();
      return object;
    });
  };
  const list = (options: R2ListOptions) => ask("folder list", () => bucket.list(options));

  const put = (key: string, body: ReadableStream<Uint8Array>, options: R2PutOptions) => {
    const fault = puts[log.length];
    const entry: PutLog = {
      saveId: options.customMetadata?.["save-id"],
      digest: [...new Uint8Array(options.sha256 as ArrayBuffer)].join(),
      ...{ taken: new Uint8Array(), stored: false, storedLate: false, said: "nothing" },
    };
    log.push(entry);
    if (fault?.atOnce && fault.says instanceof Error) {
      entry.said = fault.says.message;
      throw fault.says;
    }
    return scene.call("put", () =>
      fault === undefined ? truePut(key, body, options, entry) : faultyPut(key, body, options, fault, entry),
    );
  };

  async function truePut(key: string, body: ReadableStream, options: R2PutOptions, entry: PutLog) {
    const object = await bucket.put(key, body, options);
    entry.stored = object !== null;
    entry.said = object === null ? "null" : "written";
    await scene.reach("put answered");
    return object;
  }

  async function faultyPut(
    key: string,
    body: ReadableStream<Uint8Array>,
    options: R2PutOptions,
    fault: PutFault,
    entry: PutLog,
  ): Promise<R2Object | null> {
    const take = takingBytes(body, length, entry);
    const store = async (): Promise<R2Object | null> => {
      const { sha256: _, onlyIf: __, ...unchecked } = options;
      const isAll = entry.taken.length === length;
      if (!isAll && !fault.storesPart) throw new Error("put: the body was shorter than its length (10013)");
      const object = await bucket.put(key, entry.taken, isAll ? options : unchecked);
      entry.stored ||= object !== null;
      return object;
    };
    const elses = () => bucket.put(key, SOMEBODY_ELSES);
    const storeLate = async () => {
      entry.storedLate = (await store()) !== null && isOver;
    };

    const { promise: said, resolve: saysItsWord } = Promise.withResolvers<void>();
    const isInLook = fault.after === "all but one" && fault.takesMs === undefined;
    const look = isInLook ? scene.nextBreath(said) : undefined;
    await take({ nothing: 0, half: length >> 1, "all but one": length - 1, all: length }[fault.after]);
    await look;
    await scene.reach(`put has ${fault.after}`);
    if (fault.cancels) await take.cancel();
    if (fault.somebodyElse === "before") await elses();
    let object: R2Object | null = null;
    if (fault.stores === "with its word") object = await store();
    if (fault.stores === "after a look") afterLook.push(storeLate);
    if (fault.stores === "after the answer") afterAnswer.push(storeLate);
    if (fault.somebodyElse === "behind") await elses();
    if (fault.readsOn)
      scene.background.push(
        take(length)
          .then(storeLate)
          .catch(() => {}),
      );
    await scene.pass(fault.takesMs ?? 0);
    await scene.reach("put says its word");
    saysItsWord();
    entry.said = fault.says instanceof Error ? fault.says.message : fault.says;
    if (fault.says === "silence") return scene.silence(true);
    if (fault.says instanceof Error) throw fault.says;
    if (fault.says === "null") return null;
    if (fault.says === "truth") return object;
    return object ?? invented(key, fault.says === "written" ? length : length - 1);
  }

  return {
    saves: bucketWith(bucket, { head, list, put }),
    log,
    async settle() {
      isOver = true;
      await scene.rest();
      for (const store of [...afterLook, ...afterAnswer]) await store();
      await Promise.all(scene.background);
    },
  };
}

/** What a bucket says of an object that is not there. */
function invented(key: string, size: number): R2Object {
  const said: Partial<R2Object> = { key, size, etag: "0".repeat(32), version: "none", uploaded: new Date() };
  return said as R2Object;
}
