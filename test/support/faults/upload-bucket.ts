import { bucketWith } from "../doubles.ts";
import { buckets } from "../site.ts";
import { r2Error } from "./r2-errors.ts";
import { KEY, OLD, type Prior } from "./saved.ts";
import type { Scene } from "./scene.ts";

/** What is done with the bucket of a long save. */
export type UploadCall = "create" | "part" | "complete" | "abort" | "look" | "put";

/** How a call goes wrong. */
export interface CallFault {
  /** An error, or nothing, for ever; what is true where absent. */
  readonly says?: Error | "silence";
  /** What was asked for is done nevertheless; "late" when the visit is over. */
  readonly does?: true | "late";
  readonly takesMs?: number;
  /** Throws instead of rejecting. */
  readonly atOnce?: true;
}

/** One a call of its kind; the later ones are without fault. */
export type UploadFaults = Readonly<Partial<Record<UploadCall, readonly (CallFault | undefined)[]>>>;

export interface Kept {
  readonly bytes: Uint8Array;
  readonly etag: string;
  readonly uploaded: Date;
  readonly options: R2MultipartOptions | R2PutOptions;
}

interface Open {
  readonly options: R2MultipartOptions;
  readonly parts: Map<number, { readonly bytes: Uint8Array; readonly etag: string }>;
}

/** A bucket in memory, with uploads as R2 has them. */
export interface UploadBucket {
  readonly saves: R2Bucket;
  readonly objects: ReadonlyMap<string, Kept>;
  /** Uploads that are neither completed nor aborted, by their ids. */
  readonly open: ReadonlyMap<string, unknown>;
  /** Calls in their order, with the numbers of parts. */
  readonly calls: readonly string[];
  /** Changes what goes wrong from here on. */
  faults: UploadFaults;
  /** What is late happens, and everything comes to rest. */
  settle(): Promise<void>;
}

const PART_BYTES = 5 * 1024 * 1024;
const GONE = r2Error("The specified multipart upload does not exist.", 10024);

export function uploadBucket(scene: Scene, faults: UploadFaults, prior: Prior): UploadBucket {
  const objects = new Map<string, Kept>();
  const open = new Map<string, Open>();
  const calls: string[] = [];
  const made = new Map<UploadCall, number>();
  const late: (() => Promise<unknown> | unknown)[] = [];
  let serial = 0;
  const keep = (key: string, bytes: Uint8Array, options: R2PutOptions) => {
    const etag = `etag-${++serial}`;
    objects.set(key, { bytes, etag, uploaded: new Date(Date.now()), options });
    return objectOf(key, objects.get(key));
  };
  if (prior === "an old object") keep(KEY, OLD, {});
  keep("renditions/", new Uint8Array(), {});

  const bucket: UploadBucket = {
    saves: bucketWith(buckets.SAVES, { head, list, put, createMultipartUpload, resumeMultipartUpload }),
    objects,
    open,
    calls,
    faults,
    async settle() {
      await scene.rest();
      // What comes too late for its upload is refused.
      for (const work of late.splice(0)) await (async () => work())().catch(() => {});
    },
  };

  function call<T>(kind: UploadCall, name: string, work: () => Promise<T> | T): Promise<T> {
    const before = made.get(kind) ?? 0;
    made.set(kind, before + 1);
    calls.push(name);
    const fault = bucket.faults[kind]?.[before];
    if (fault?.atOnce && fault.says instanceof Error) throw fault.says;
    return scene.call(name, async () => {
      await scene.pass(fault?.takesMs ?? 0);
      const says = fault?.says;
      if (fault?.does === "late") late.push(work);
      const answer = says === undefined || fault?.does === true ? await work() : undefined;
      if (says === "silence") return scene.silence(true);
      await scene.reach(`${name} answered`);
      if (says instanceof Error) throw says;
      return answer as T;
    });
  }

  function head(key: string) {
    if (key !== KEY) return Promise.resolve(objectOf(key, objects.get(key)));
    return call("look", "look", () => objectOf(key, objects.get(key)));
  }

  async function list() {
    return { objects: [], truncated: false };
  }

  function put(key: string, body: ReadableStream<Uint8Array>, options: R2PutOptions) {
    return call("put", "put", async () => keep(key, new Uint8Array(await new Response(body).arrayBuffer()), options));
  }

  function createMultipartUpload(key: string, options: R2MultipartOptions) {
    return call("create", "create", () => {
      const uploadId = `upload-${++serial}`;
      open.set(uploadId, { options, parts: new Map() });
      return resumeMultipartUpload(key, uploadId);
    });
  }

  function resumeMultipartUpload(key: string, uploadId: string) {
    const found = () => {
      const upload = open.get(uploadId);
      if (upload === undefined) throw GONE;
      return upload;
    };
    return {
      key,
      uploadId,
      uploadPart: (partNumber: number, value: Uint8Array) =>
        call("part", `part ${partNumber}`, () => {
          const etag = `part-${++serial}`;
          found().parts.set(partNumber, { bytes: value.slice(), etag });
          return { partNumber, etag };
        }),
      complete: (parts: R2UploadedPart[]) =>
        call("complete", "complete", () => {
          const { options, parts: sent } = found();
          const bytes = joinedParts(parts, sent);
          open.delete(uploadId);
          return keep(key, bytes, options);
        }),
      abort: () =>
        call("abort", "abort", () => {
          found();
          open.delete(uploadId);
        }),
    };
  }

  return bucket;
}

function joinedParts(parts: readonly R2UploadedPart[], sent: Open["parts"]): Uint8Array {
  const chosen = parts.map(({ partNumber, etag }) => {
    const part = sent.get(partNumber);
    if (part?.etag !== etag) throw r2Error("One or more of the specified parts could not be found.", 10025);
    return part.bytes;
  });
  if (chosen.slice(0, -1).some(({ length }) => length !== PART_BYTES)) {
    throw r2Error("All non-trailing parts must have the same length.", 10048);
  }
  const bytes = new Uint8Array(chosen.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of chosen) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function objectOf(key: string, kept: Kept | undefined): R2Object | null {
  if (kept === undefined) return null;
  const { bytes, etag, uploaded, options } = kept;
  const { customMetadata = {} } = options;
  const object: Partial<R2Object> = { key, etag, size: bytes.length, uploaded, customMetadata, version: etag };
  return object as R2Object;
}
