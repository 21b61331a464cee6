import type { Kernels } from "../../pixels/kernels.ts";
import { broken } from "./broken.ts";
import { ChunkStream } from "./chunk-stream.ts";
import type { Chunk } from "./chunks.ts";
import type { PngColours, PngHeader } from "./header.ts";
import { readIhdr } from "./ihdr.ts";
import { STAGE_BYTES } from "./inflation.ts";
import { ChunkOrder } from "./order.ts";

/** Chunks whose content is kept until the image data begins. */
const KEPT: ReadonlySet<string> = new Set(["IHDR", "PLTE", "tRNS"]);

/**
 * A PNG datastream: what stands before the image data, those data, and what stands behind, each as its bytes come.
 *
 * Text, profiles and the like are passed over, however long they are: nothing of them is held, or inflated. All that goes
 * through, image data apart, goes through the stage, on which nothing else lies then.
 */
export class Datastream {
  readonly #kernels: Kernels;
  readonly #stage: number;
  readonly #chunks: ChunkStream;
  readonly #order = new ChunkOrder();
  /** What has begun and not been gone through. */
  #chunk: Chunk | undefined;
  #keeps = false;
  readonly #kept = new Map<string, Uint8Array>();
  #header: PngHeader | undefined;
  #state: "preamble" | "data" | "rest" | "whole" | "cut" = "preamble";

  /** @param stage address of `STAGE_BYTES` */
  constructor(kernels: Kernels, stage: number) {
    this.#kernels = kernels;
    this.#stage = stage;
    this.#chunks = new ChunkStream(kernels);
  }

  give(bytes: Uint8Array): void {
    this.#chunks.give(bytes);
  }

  end(): void {
    this.#chunks.end();
  }

  /** Chunks that have come. */
  get chunks(): number {
    return this.#chunks.count;
  }

  /** Whether the file has ended before its end. */
  get isCut(): boolean {
    return this.#state === "cut";
  }

  /** Whether no more image data will come. */
  get hasAllData(): boolean {
    return this.#state !== "preamble" && this.#state !== "data";
  }

  /** What was wrong with chunks that mean pixels and did not count. */
  get warnings(): readonly string[] {
    const wrong = this.#order.ignored.get("tRNS");
    return wrong === undefined ? [] : [`the PNG has ${wrong}, which does not count`];
  }

  /** Goes on to the image data: what their samples mean, or undefined while bytes are missing. */
  readPreamble(): PngColours | undefined {
    while (this.#passChunk() && this.#beginChunk()) {
      if (this.#chunk?.type !== "IDAT" || this.#header === undefined) continue;
      this.#state = "data";
      return this.#colours(this.#header);
    }
    if (this.#chunks.isOver) throw broken("an end before its image data");
    return undefined;
  }

  /** Puts image data at an address, at most `most` bytes; how many. Fewer where more must come first, or have all come. */
  dataInto(to: number, most: number): number {
    let count = 0;
    while (count < most && this.#state === "data") {
      if (this.#chunks.left > 0) {
        const came = this.#chunks.takeInto(to + count, most - count);
        count += came;
        if (came === 0) break;
      } else if (!this.#beginChunk()) break;
      else if (this.#chunk?.type !== "IDAT") this.#state = "rest";
    }
    if (this.#state === "data" && this.#chunks.isOver) this.#state = "cut";
    return count;
  }

  /** Goes on to the end of the file; false while bytes are missing. Image data that nobody took are passed over, too. */
  readRest(): boolean {
    while (this.#passChunk()) {
      if (this.#chunk?.type === "IEND") {
        this.#state = "whole";
        return true;
      }
      if (!this.#beginChunk()) break;
    }
    if (!this.#chunks.isOver) return false;
    this.#state = "cut";
    return true;
  }

  #beginChunk(): boolean {
    const chunk = this.#chunks.next();
    if (chunk === undefined) return false;
    this.#chunk = chunk;
    this.#keeps = this.#order.begin(chunk) && KEPT.has(chunk.type);
    return true;
  }

  /** Goes through what is left of a chunk: false while bytes are missing. */
  #passChunk(): boolean {
    const chunk = this.#chunk;
    if (chunk === undefined) return true;
    while (this.#chunks.left > 0) {
      const from = this.#keeps ? chunk.length - this.#chunks.left : 0;
      if (this.#chunks.takeInto(this.#stage + from, STAGE_BYTES - from) === 0) return false;
    }
    if (!this.#chunks.close()) return false;
    if (this.#keeps) this.#keep(chunk);
    this.#keeps = false;
    return true;
  }

  #keep({ type, length }: Chunk): void {
    const content = this.#kernels.bytesAt(this.#stage, length).slice();
    this.#kept.set(type, content);
    if (type !== "IHDR") return;
    this.#header = readIhdr(new DataView(content.buffer));
    this.#order.knows(this.#header);
  }

  #colours(header: PngHeader): PngColours {
    const palette = this.#kept.get("PLTE")?.subarray(0, this.#order.colours * 3);
    const transparency = this.#kept.get("tRNS");
    return {
      header,
      ...(palette === undefined || header.colourType !== 3 ? {} : { palette }),
      ...(transparency === undefined ? {} : { transparency }),
    };
  }
}
