import { KernelRecord, WORD } from "../../pixels/kernel-record.ts";
import { blockBytes, type Kernels } from "../../pixels/kernels.ts";
import { TOKENS } from "./code-tables.ts";
import { PAGE_BYTES, TOKEN_FIELDS, TOKEN_SINK_BYTES, type TokenField } from "./records.ts";

/** Pages that are reserved at a time: as memory grows. */
export const BATCH_PAGES = 8;

/** Bytes of the arena that the tables of all tokens take, and the record of one stream of them. */
export function tokenTableBytes(): number {
  return blockBytes(TOKENS) + 2 * blockBytes(TOKENS * WORD);
}

export function tokenStreamBytes(): number {
  return blockBytes(TOKEN_SINK_BYTES);
}

/** Pages of tokens for all streams of a picture. */
export class PageSupply {
  readonly #kernels: Kernels;
  #left: number;

  /** @param bytes at most, a multiple of whole batches */
  constructor(kernels: Kernels, bytes: number) {
    this.#kernels = kernels;
    this.#left = Math.floor(bytes / (PAGE_BYTES * BATCH_PAGES));
  }

  /** The address of as many pages as are reserved at a time; undefined where there may be no more. */
  take(): number | undefined {
    if (this.#left === 0) return undefined;
    this.#left--;
    return this.#kernels.reserve(PAGE_BYTES * BATCH_PAGES);
  }
}

/** The tables by which tokens are counted and written: one set, used by one scan after the other. */
export class TokenTables {
  readonly #kernels: Kernels;
  readonly sizes: number;
  readonly counts: number;
  readonly codes: number;

  /** @param sizes bits of the value of each token */
  constructor(kernels: Kernels, sizes: Uint8Array) {
    this.#kernels = kernels;
    this.sizes = kernels.place(sizes);
    this.counts = kernels.reserve(TOKENS * WORD);
    this.codes = kernels.reserve(TOKENS * WORD);
  }

  /** Has tokens counted with these sizes from now on. */
  setSizes(sizes: Uint8Array): void {
    this.#kernels.bytesAt(this.sizes, TOKENS).set(sizes);
  }

  /** How often each token stands in a stream that has been ended. */
  countsOf(stream: TokenStream): Uint32Array<ArrayBuffer> {
    this.#kernels.bytesAt(this.counts, TOKENS * WORD).fill(0);
    const pages = [...stream.pages()];
    for (let index = 0; index < pages.length; index += 2) {
      this.#kernels.run.countTokens(pages[index] ?? 0, pages[index + 1] ?? 0, this.sizes, this.counts);
    }
    return this.#kernels.words.slice(this.counts / WORD, this.counts / WORD + TOKENS) as Uint32Array<ArrayBuffer>;
  }

  /** Has tokens written with these codes from now on. */
  setCodes(codes: Uint32Array): void {
    this.#kernels.words.set(codes, this.codes / WORD);
  }
}

/** The tokens of one scan. */
export class TokenStream {
  readonly #kernels: Kernels;
  readonly #record: KernelRecord<TokenField>;

  constructor(kernels: Kernels) {
    this.#kernels = kernels;
    this.#record = new KernelRecord(kernels, kernels.reserve(TOKEN_SINK_BYTES), TOKEN_FIELDS);
  }

  /** For the kernels. */
  get address(): number {
    return this.#record.address;
  }

  get freePages(): number {
    return this.#record.get("freeCount");
  }

  /** Gives it pages for tokens to come; false where there are none. */
  refill(supply: PageSupply): boolean {
    const batch = supply.take();
    if (batch === undefined) return false;
    let next = this.#record.get("free");
    // The one that lies first is used first.
    for (let page = batch + (BATCH_PAGES - 1) * PAGE_BYTES; page >= batch; page -= PAGE_BYTES) {
      this.#kernels.words[page / WORD] = next;
      next = page;
    }
    this.#record.set({ free: next, freeCount: this.freePages + BATCH_PAGES });
    return true;
  }

  /** Says that no more tokens will come. */
  end(): void {
    this.#kernels.run.endPage(this.address);
  }

  /** Addresses of the pages that hold tokens, in their order. */
  *pages(): Generator<number, void> {
    for (let page = this.#record.get("first"); page !== 0; page = this.#kernels.words[page / WORD] ?? 0) yield page;
  }
}
