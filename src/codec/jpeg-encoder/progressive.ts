import { KernelRecord } from "../../pixels/kernel-record.ts";
import type { Kernels } from "../../pixels/kernels.ts";
import { OutOfRoom } from "../encoder.ts";
import type { BitSink } from "./bit-sink.ts";
import { TOKENS } from "./code-tables.ts";
import type { Coding } from "./coding.ts";
import type { Components } from "./components.ts";
import type { Frame } from "./frame.ts";
import { progressiveCodes, progressiveSizes } from "./progressive-codes.ts";
import { SCAN_TOKEN_BYTES, scanTokenBytes } from "./progressive-memory.ts";
import {
  CORRECTION_BYTES,
  PAGES_A_RUN,
  PROGRESSIVE_BYTES,
  PROGRESSIVE_FIELDS,
  type ProgressiveField,
} from "./progressive-records.ts";
import { COMPONENT_BYTES, ROW_DONE, TOKEN_FIELDS, type TokenField } from "./records.ts";
import type { ScanBand, Script } from "./scan-scripts.ts";
import { PageSupply, TokenStream, TokenTables } from "./token-store.ts";

/** A scan, and what there is of its tokens. */
interface Scan {
  readonly band: ScanBand;
  readonly record: KernelRecord<ProgressiveField>;
  readonly stream: TokenStream;
  /** The stream as the kernels see it. */
  readonly pages: KernelRecord<TokenField>;
}

/**
 * Several scans: each row of MCUs is coded for all of them while its coefficients are there, into tokens that are held
 * until the last row has come; nothing else is. Each scan has codes of its own that are made for it.
 *
 * `row` throws OutOfRoom where there are more tokens than may be held, at the latest behind the last row.
 */
export class ProgressiveCoding implements Coding {
  readonly head: readonly number[] = [];
  readonly isHeld = true;
  readonly #kernels: Kernels;
  readonly #frame: Frame;
  readonly #components: Components;
  readonly #sink: BitSink;
  readonly #tables: TokenTables;
  readonly #supply: PageSupply;
  readonly #scans: readonly Scan[];
  #row = 0;

  /**
   * @param components with room for the coefficients of a whole row of MCUs
   * @param most       bytes of tokens, where fewer are to be held than may be
   */
  constructor(
    kernels: Kernels,
    frame: Frame,
    components: Components,
    sink: BitSink,
    script: Script,
    most = SCAN_TOKEN_BYTES,
  ) {
    this.#kernels = kernels;
    this.#frame = frame;
    this.#components = components;
    this.#sink = sink;
    this.#tables = new TokenTables(kernels, new Uint8Array(TOKENS));
    this.#supply = new PageSupply(kernels, Math.min(scanTokenBytes(frame, script), most));
    this.#scans = script.map((band) => {
      const record = new KernelRecord(kernels, kernels.reserve(PROGRESSIVE_BYTES), PROGRESSIVE_FIELDS);
      const stream = new TokenStream(kernels);
      const { of, first, last, high, low } = band;
      record.set({
        components: components.address + (of ?? 0) * COMPONENT_BYTES,
        componentCount: of === undefined ? frame.components.length : 1,
        ...{ tokens: stream.address, first, last, high, low, columns: frame.units.width },
        corrections: kernels.reserve(CORRECTION_BYTES),
      });
      return { band, record, stream, pages: new KernelRecord(kernels, stream.address, TOKEN_FIELDS) };
    });
  }

  /** Gives nothing: all of the file comes at the end. */
  row(): readonly Uint8Array<ArrayBuffer>[] {
    const { run } = this.#kernels;
    this.#components.beginRow(this.#row++);
    for (const { address } of this.#components.records) run.transformUnits(address, 0, this.#frame.units.width);
    let before: Scan | undefined;
    for (const scan of this.#scans) {
      if (before !== undefined) handPages(before, scan);
      const { address } = scan.record;
      const code = () => (scan.band.first === 0 ? run.tokenDcRow(address) : run.tokenAcRow(address));
      while (code() !== ROW_DONE) this.#refill(scan);
      before = scan;
    }
    const [first] = this.#scans;
    if (first !== undefined && before !== undefined && before !== first) handPages(before, first);
    if (this.#row === this.#frame.units.height) this.#finishBands();
    return [];
  }

  /** Says what is left to be said of each scan. For that, too, there may be no page, and nothing has been written yet. */
  #finishBands(): void {
    let before: Scan | undefined;
    for (const scan of this.#scans) {
      if (before !== undefined) handPages(before, scan);
      if (scan.record.get("endOfBandRun") > 0 && scan.stream.freePages < PAGES_A_RUN) this.#refill(scan);
      this.#kernels.run.finishBands(scan.record.address);
      scan.stream.end();
      before = scan;
    }
  }

  *end(): Generator<Uint8Array<ArrayBuffer>, void> {
    const { run } = this.#kernels;
    for (const { band, stream } of this.#scans) {
      const sizes = progressiveSizes(band);
      this.#tables.setSizes(sizes);
      const { head, codes } = progressiveCodes(this.#frame, band, this.#tables.countsOf(stream), sizes);
      yield Uint8Array.from(head);
      this.#tables.setCodes(codes);
      for (const page of stream.pages()) {
        run.writeTokens(this.#sink.address, page, this.#tables.codes);
        if (this.#sink.isReady) yield this.#sink.take();
      }
      this.#sink.finish();
      yield this.#sink.take();
    }
  }

  #refill({ stream }: Scan): void {
    if (!stream.refill(this.#supply)) throw new OutOfRoom("the tokens of all scans");
  }
}

/** Pages that wait go from scan to scan: each needs some to begin, and few need many. */
function handPages(from: Scan, to: Scan): void {
  to.pages.set({ free: from.pages.get("free"), freeCount: from.stream.freePages });
  from.pages.set({ free: 0, freeCount: 0 });
}
