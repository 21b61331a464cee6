import { Fault } from "../../faults.ts";
import type { Kernels } from "../../pixels/kernels.ts";
import { release } from "../../pixels/release.ts";
import { type Strip, WITHOUT_ROWS } from "../../pixels/strip.ts";
import type { Decoding } from "../../plan/craft.ts";
import type { SourceFacts } from "../../plan/facts.ts";
import { turned } from "../../plan/orientation.ts";
import type { Decoder, DecoderMaker } from "../decoder.ts";
import { broken } from "./broken.ts";
import { ByteSupply, reserveStage, stageBytes } from "./byte-supply.ts";
import { colourModelOf } from "./colour-model.ts";
import type { Frame } from "./frame.ts";
import { type JpegHeader, readHeader } from "./header.ts";
import { layoutOf, type Region, regionOf } from "./layout.ts";
import { coefficientBytes, lockStepRows, scanInStepBytes } from "./lock-step.ts";
import { mostPixelsOf } from "./most-pixels.ts";
import { PixelRows, pixelRowsBytes } from "./pixel-rows.ts";
import type { RowSource } from "./row-source.ts";
import { scanBytes } from "./scan-decoder.ts";
import { MOST_BLOCKS } from "./scan-header.ts";
import { indexScans, MOST_SCANS, type ScanIndex } from "./scan-index.ts";
import { STREAMING_AHEAD, streamedRows } from "./streaming.ts";
import { readWhole, StretchReader } from "./stretch-reader.ts";
import { tablesBytes } from "./table-memory.ts";

/**
 * JPEG: baseline, extended and progressive with Huffman codes, 8 bits, decoded at 1/1 to 1/8 of its size in memory
 * that depends on its width alone. Source: ITU-T T.81.
 *
 * A picture in one scan is decoded as its bytes arrive. One in several (progressive, or with components apart) needs
 * all its compressed bytes first, and is decoded row by row even so. Data that is missing or damaged counts as zero
 * coefficients, as in libjpeg, with a warning.
 */
export const jpegDecoding: DecoderMaker = {
  blockingMsPerMegapixel: 0,
  isWhole: false,
  mostPixels: mostPixelsOf,
  shrinks: [1, 2, 4, 8],
  memory(facts, bytes, { shrink, wanted }) {
    const layout = layoutOf(frameOf(facts), shrink);
    const region = regionOf(layout, wanted);
    const components = layout.planes.length;
    const common = stageBytes() + tablesBytes(components) + pixelRowsBytes(layout, region);
    if (!isWholeFile(facts)) {
      return { kernels: common + scanBytes(components, MOST_BLOCKS, STREAMING_AHEAD), beside: 0 };
    }
    return { kernels: common + MOST_SCANS * scanInStepBytes() + coefficientBytes(layout), beside: bytes };
  },
  make(kernels, facts, bytes, decoding) {
    const picture = (header: JpegHeader) => new JpegRows(kernels, header, facts, decoding);
    return isWholeFile(facts) ? wholeFileDecoder(picture, bytes) : streamingDecoder(picture, bytes);
  },
};

/** A picture whose header has been read, and what its rows come from. */
class JpegRows {
  readonly warnings: string[] = [];
  readonly #kernels: Kernels;
  readonly #header: JpegHeader;
  readonly #layout: ReturnType<typeof layoutOf>;
  readonly #region: Region;
  readonly #pixels: PixelRows;
  readonly #stage: number;
  #indexing: ReturnType<typeof indexScans> | undefined;
  #rows: RowSource | undefined;
  /** Stretches of bytes that were looked through and gave nothing. */
  #pauses = 0;
  /** The row of MCUs that is next, and whether it has been begun. */
  #unit = 0;
  #begun = false;
  #strips: Iterator<Strip, void> | undefined;

  constructor(kernels: Kernels, header: JpegHeader, facts: SourceFacts, { shrink, wanted }: Decoding) {
    const size = turned(facts.size, facts.orientation);
    const { size: said } = header.frame;
    if (said.width !== size.width || (said.height !== 0 && said.height !== size.height))
      throw new Fault("sourceChanged");
    this.#kernels = kernels;
    this.#header = { ...header, frame: { ...header.frame, size } };
    this.#layout = layoutOf(this.#header.frame, shrink);
    this.#region = regionOf(this.#layout, wanted);
    this.#pixels = new PixelRows(kernels, this.#layout, this.#region, colourModelOf(header));
    this.#stage = reserveStage(kernels);
  }

  get steps(): number {
    return (this.#rows?.steps ?? 0) + this.#pauses * STEPS_A_PAUSE;
  }

  /** Rows come as bytes do. */
  stream(): ByteSupply {
    const supply = new ByteSupply(this.#kernels, this.#stage);
    this.#rows = streamedRows(this.#kernels, this.#header, this.#layout, this.#region, this.#pixels.planes, supply);
    return supply;
  }

  /** Rows come from the whole file. */
  index(file: Uint8Array): void {
    this.#indexing = indexScans(file, this.#header);
  }

  #stepInLock(index: ScanIndex): RowSource {
    const { frame } = this.#header;
    if (!index.ended) this.warnings.push("the JPEG ends without an end");
    if (frame.components.some((_, at) => !index.scans.some((scan) => hasDc(scan, at)))) {
      this.warnings.push("a component of the JPEG is missing");
    }
    const { planes } = this.#pixels;
    return lockStepRows(this.#kernels, frame, index, this.#layout, this.#region, planes, this.#stage);
  }

  /** The next strip; undefined while bytes are missing, and behind the last one. */
  pull(): Strip | undefined {
    const indexed = this.#indexing?.next();
    if (indexed !== undefined) {
      if (!indexed.done) return this.#paused();
      this.#indexing = undefined;
      this.#rows = this.#stepInLock(indexed.value);
    }
    const rows = this.#rows;
    for (;;) {
      const strip = this.#strips?.next();
      if (strip?.done === false) return strip.value;
      if (this.#strips !== undefined) this.#endUnit();
      if (rows === undefined || this.#unit >= this.#region.toRow) return undefined;

      const isSeen = this.#unit >= this.#region.fromRow;
      if (!this.#begun) rows.begin(this.#unit, isSeen);
      this.#begun = true;
      const progress = rows.decode();
      if (progress === "waiting") return undefined;
      if (progress === "working") return this.#paused();
      if (rows.incomplete && this.warnings.length === 0)
        this.warnings.push("the JPEG is damaged, or parts of it are missing");
      this.#strips = (isSeen ? this.#pixels.strips(this.#unit) : [])[Symbol.iterator]();
      // Rows of MCUs that nobody sees take their time too.
      if (!isSeen) return WITHOUT_ROWS;
    }
  }

  #paused(): Strip {
    this.#pauses++;
    return WITHOUT_ROWS;
  }

  #endUnit(): void {
    this.#pixels.keepLastRow();
    this.#strips = undefined;
    this.#begun = false;
    this.#unit++;
  }
}

/** What looking through a megabyte counts as. */
const STEPS_A_PAUSE = 50_000;

function hasDc({ header }: { header: JpegHeader["scan"] }, component: number): boolean {
  return header.first === 0 && header.parts.some((part) => part.component === component);
}

function streamingDecoder(begin: (header: JpegHeader) => JpegRows, bytes: number): Decoder {
  const header = new StretchReader(readHeader());
  let rows: JpegRows | undefined;
  let supply: ByteSupply | undefined;
  let came = 0;
  return {
    get warnings() {
      return rows?.warnings ?? [];
    },
    get steps() {
      return rows?.steps ?? 0;
    },
    push(chunk) {
      came += chunk.length;
      if (came > bytes) throw new Fault("sourceChanged", "it became longer");
      if (supply !== undefined) {
        supply.give(chunk);
        return;
      }
      const read = header.push(chunk);
      if (read === undefined) return;
      rows = begin(read.result);
      supply = rows.stream();
      supply.give(read.rest);
    },
    end() {
      if (came < bytes) throw new Fault("storage", `${came} of ${bytes} bytes came`);
      if (supply === undefined) throw broken("an end in its header");
      supply.end();
    },
    pull: () => rows?.pull(),
  };
}

function wholeFileDecoder(begin: (header: JpegHeader) => JpegRows, bytes: number): Decoder {
  const file = new Uint8Array(bytes);
  let came = 0;
  let rows: JpegRows | undefined;
  return {
    get warnings() {
      return rows?.warnings ?? [];
    },
    get steps() {
      return rows?.steps ?? 0;
    },
    push(chunk) {
      if (came + chunk.length > bytes) throw new Fault("sourceChanged", "it became longer");
      file.set(chunk, came);
      came += chunk.length;
    },
    end() {
      if (came < bytes) throw new Fault("storage", `${came} of ${bytes} bytes came`);
      const header = readWhole(readHeader(), file);
      if (header === undefined) throw broken("an end in its header");
      rows = begin(header);
      rows.index(file);
    },
    pull: () => rows?.pull(),
    release: () => release(file),
  };
}

function isWholeFile({ jpeg }: SourceFacts): boolean {
  return jpeg?.wholeFile ?? false;
}

/** As much of the frame as the facts tell, which is all that memory depends on. */
function frameOf(facts: SourceFacts): Frame {
  const sampling = facts.jpeg?.sampling ?? [];
  return {
    progressive: isWholeFile(facts),
    size: turned(facts.size, facts.orientation),
    components: sampling.map((factors, id) => ({ id, ...factors, quantisation: 0 })),
  };
}
