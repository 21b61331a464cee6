import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import type { LocalWorker } from "../../scripts/local/worker.ts";
import { makeSamples } from "../../scripts/make-samples.ts";
import { type Asking, ask, type Reply } from "../support/ask.ts";
import { SAVE_PATH } from "../support/local.ts";
import { readProperties } from "../support/properties.ts";

/** Requests that are made over and over: of each it is known what comes out when nothing else is going on. */
const REQUESTS = [
  "harbour?wid=800&qlt=85",
  "harbour?wid=240&hei=240&fit=crop&fmt=webp",
  "harbour?rgn=1000,1000,600,400&op_usm=1.2,1,4&fmt=png",
  "harbour?wid=500&rotate=7&op_saturation=-40",
  "harbour?rect=100,80,256,256,0.5&fmt=pjpeg",
  "lantern?hei=600&fmt=png-alpha",
  "lantern?wid=300&op_blur=6&bgc=204060",
  "badge?wid=64&fmt=png-alpha",
  "badge?wid=400&fmt=webp-alpha",
  "badge?wid=100&flip=lr&fmt=png,gray",
];

/** A request, and the files that it makes alone. */
export interface Known {
  readonly request: string;
  readonly type: string;
  /** By SHA-256. */
  readonly shown: string;
  readonly saved: string;
  /** R2's etag of the saved file. */
  readonly etag: string;
  /** ETag of the reply. */
  readonly tag: string;
}

/** The Worker under soak, and what is known of it. */
export class World {
  readonly worker: LocalWorker;
  readonly random: () => number;
  readonly known: readonly Known[];

  private constructor(worker: LocalWorker, random: () => number, known: readonly Known[]) {
    this.worker = worker;
    this.random = random;
    this.known = known;
  }

  /** Puts the sample pictures into its bucket, and makes every request once, one after the other. */
  static async of(worker: LocalWorker, random: () => number): Promise<World> {
    for (const path of await makeSamples()) await worker.sources.put(basename(path), readFileSync(path));
    await worker.saves.put(`${SAVE_PATH}/`, new Uint8Array());
    const known: Known[] = [];
    for (const [index, request] of REQUESTS.entries()) {
      const shown = await ask(worker.url, `/is/image/${request}`);
      const name = `known/${index}`;
      await worker.saves.put(`${SAVE_PATH}/known/`, new Uint8Array());
      const saved = await ask(worker.url, saveOf(written(request), name));
      const file = await fileAt(worker, name);
      if (shown.status !== 200 || saved.status !== 200 || file === undefined)
        throw new Error(`${request}: ${shown.body.subarray(0, 300)} ${saved.body}`);
      const type = shown.headers["content-type"] ?? "";
      const tag = shown.headers.etag ?? "";
      known.push({
        request: written(request),
        type,
        shown: sha256(shown.body),
        saved: file.sha256,
        etag: file.etag,
        tag,
      });
    }
    return new World(worker, random, known);
  }

  ask(path: string, asking?: Asking): Promise<Reply> {
    return ask(this.worker.url, path, asking);
  }

  /** One of a list, by chance. */
  any<T>(list: readonly T[]): T {
    return list[Math.floor(this.random() * list.length)] as T;
  }
}

/** A name's extension would decide about the format: here it is always said. */
const written = (request: string) => (request.includes("fmt=") ? request : `${request}&fmt=jpeg`);

export const saveOf = (request: string, name: string) => `/is/image/${request}&req=saveToFile&name=${name}`;

export const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** What lies under a name, if anything. */
export async function fileAt({ saves }: LocalWorker, name: string) {
  const object = await saves.get(`${SAVE_PATH}/${name}`);
  if (object === null) return undefined;
  const bytes = Buffer.from(await object.arrayBuffer());
  return { sha256: sha256(bytes), etag: object.etag, size: bytes.length, type: object.httpMetadata?.contentType };
}

/** The answer to a save, whose form is held to the contract. */
export function answerOf({ status, body }: Reply): Readonly<Record<string, string>> {
  const { outcome, properties } = readProperties(body.toString("latin1"));
  if (status !== (outcome === "OK" ? 200 : 403)) throw new Error(`${status} ${outcome}`);
  return Object.fromEntries(properties);
}
