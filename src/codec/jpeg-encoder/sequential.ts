import { KernelRecord } from "../../pixels/kernel-record.ts";
import { blockBytes, type Kernels } from "../../pixels/kernels.ts";
import { type BitSink, bitSinkBytes } from "./bit-sink.ts";
import { directTable, sequentialSizes } from "./code-tables.ts";
import type { Coding } from "./coding.ts";
import { type Components, componentsBytes } from "./components.ts";
import { type Frame, slotCount, unitBlocks } from "./frame.ts";
import {
  NEEDS_PAGES,
  NEEDS_ROOM,
  PAGE_BYTES,
  PAGE_HEADER,
  PAGE_MARGIN,
  ROW_DONE,
  RUN_UNITS,
  SEQUENTIAL_BYTES,
  SEQUENTIAL_FIELDS,
  type SequentialField,
} from "./records.ts";
import { codeSegments, countedCodes, type SlotCodes, standardCodes, tokenCodes } from "./scan-codes.ts";
import { sequentialScan } from "./segments.ts";
import { BATCH_PAGES, PageSupply, TokenStream, TokenTables, tokenStreamBytes, tokenTableBytes } from "./token-store.ts";

/** Bytes of tokens that are held at most: those of a photograph of some twelve megapixels at quality 80. */
export const MOST_TOKEN_BYTES = 8_388_608;

/** Bytes of tokens that a block has at most: 64 of four bytes, an end, and one over. */
const MOST_BLOCK_BYTES = 260;
/** Pages that wait when a run of MCUs begins; wasm/kernels/jpeg-encode/sequential.ts. */
const SEQUENTIAL_RUN_PAGES = 4;

/** Bytes of tokens that a picture has at most, in whole batches of pages; or the limit. */
function tokenBytes(frame: Frame): number {
  const blocks = frame.units.width * frame.units.height * unitBlocks(frame);
  const pages =
    Math.ceil((blocks * MOST_BLOCK_BYTES) / (PAGE_BYTES - PAGE_HEADER - PAGE_MARGIN)) + SEQUENTIAL_RUN_PAGES;
  return Math.min(Math.ceil(pages / BATCH_PAGES) * BATCH_PAGES * PAGE_BYTES, MOST_TOKEN_BYTES);
}

const DIRECT_TABLE_BYTES = 1024;

/** Bytes of the arena that a sequential scan takes at most, with its components and its sink. */
export function sequentialBytes(frame: Frame, huffman: "standard" | "optimised"): number {
  const direct = 2 * slotCount(frame) * blockBytes(DIRECT_TABLE_BYTES) + blockBytes(SEQUENTIAL_BYTES);
  const all = componentsBytes(frame, RUN_UNITS) + bitSinkBytes() + direct;
  return huffman === "standard" ? all : all + tokenTableBytes() + tokenStreamBytes() + tokenBytes(frame);
}

/**
 * One scan with everything: with the codes of the standard in one pass, or with ones that are made for the picture, from
 * tokens that are held until the last row has come.
 *
 * Where there are more tokens than may be held, those that there are are written with the standard's codes, and what
 * follows goes straight into the file.
 */
export class SequentialCoding implements Coding {
  readonly head: readonly number[];
  readonly isHeld = false;
  readonly #kernels: Kernels;
  readonly #frame: Frame;
  readonly #components: Components;
  readonly #sink: BitSink;
  readonly #scan: KernelRecord<SequentialField>;
  #held: HeldTokens | undefined;
  #row = 0;

  /** @param most bytes of tokens, where fewer are to be held than may be */
  constructor(
    kernels: Kernels,
    frame: Frame,
    components: Components,
    sink: BitSink,
    huffman: "standard" | "optimised",
    most = MOST_TOKEN_BYTES,
  ) {
    this.#kernels = kernels;
    this.#frame = frame;
    this.#components = components;
    this.#sink = sink;
    const standard = standardCodes(frame);
    this.head = huffman === "standard" ? this.#headOf(standard) : [];
    const tables = standard.map(({ dc, ac }) => [directTable(dc), directTable(ac)].map((each) => kernels.place(each)));
    for (const [index, { slot }] of frame.components.entries()) {
      const [dc = 0, ac = 0] = tables[slot] ?? [];
      components.records[index]?.set({ dc, ac });
    }
    this.#held = huffman === "standard" ? undefined : heldTokens(kernels, Math.min(tokenBytes(frame), most));
    this.#scan = new KernelRecord(kernels, kernels.reserve(SEQUENTIAL_BYTES), SEQUENTIAL_FIELDS);
    this.#scan.set({
      ...{ components: components.address, componentCount: frame.components.length, columns: frame.units.width },
      ...{ sink: sink.address, tokens: this.#held?.stream.address ?? 0 },
    });
  }

  *row(): Generator<Uint8Array<ArrayBuffer>, void> {
    this.#components.beginRow(this.#row++);
    for (;;) {
      const answer = this.#kernels.run.codeSequentialRow(this.#scan.address);
      if (answer === NEEDS_ROOM || this.#sink.isReady) yield this.#sink.take();
      if (answer === ROW_DONE) return;
      const held = this.#held;
      if (answer === NEEDS_PAGES && held !== undefined && !held.stream.refill(held.supply)) {
        yield* this.#write(held, standardCodes(this.#frame));
        this.#held = undefined;
        this.#scan.put("tokens", 0);
      }
    }
  }

  *end(): Generator<Uint8Array<ArrayBuffer>, void> {
    const held = this.#held;
    if (held !== undefined) {
      held.stream.end();
      yield* this.#write(held, countedCodes(this.#frame, held.tables.countsOf(held.stream)));
    }
    this.#sink.finish();
    yield this.#sink.take();
  }

  /** Writes all tokens with these codes, behind what says which they are. */
  *#write(
    { stream, tables, sizes }: HeldTokens,
    codes: readonly SlotCodes[],
  ): Generator<Uint8Array<ArrayBuffer>, void> {
    stream.end();
    yield Uint8Array.from(this.#headOf(codes));
    tables.setCodes(tokenCodes(codes, sizes));
    for (const page of stream.pages()) {
      this.#kernels.run.writeTokens(this.#sink.address, page, tables.codes);
      if (this.#sink.isReady) yield this.#sink.take();
    }
  }

  #headOf(codes: readonly SlotCodes[]): readonly number[] {
    return [...codeSegments(codes), ...sequentialScan(this.#frame)];
  }
}

interface HeldTokens {
  readonly stream: TokenStream;
  readonly tables: TokenTables;
  readonly supply: PageSupply;
  readonly sizes: Uint8Array;
}

function heldTokens(kernels: Kernels, bytes: number): HeldTokens {
  const sizes = sequentialSizes();
  return {
    stream: new TokenStream(kernels),
    tables: new TokenTables(kernels, sizes),
    supply: new PageSupply(kernels, bytes),
    sizes,
  };
}
