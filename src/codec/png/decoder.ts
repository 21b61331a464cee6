import { Fault } from "../../faults.ts";
import { blockBytes, type Kernels } from "../../pixels/kernels.ts";
import { type Strip, type SumStrip, WITHOUT_ROWS } from "../../pixels/strip.ts";
import type { Decoding } from "../../plan/craft.ts";
import type { SourceFacts } from "../../plan/facts.ts";
import { turned } from "../../plan/orientation.ts";
import type { DecoderMaker } from "../decoder.ts";
import { Adam7Rows, adam7Assembly, adam7Boxes, adam7Needs } from "./adam7.ts";
import { COLOUR_TYPES, pixelBits, pixelBytes, rowBytes } from "./colours.ts";
import { Datastream } from "./datastream.ts";
import { Expansion, expansionBytes } from "./expansion.ts";
import type { PngColours, PngHeader } from "./header.ts";
import { InflatedScanlines, inflatedAtOnce } from "./inflated-scanlines.ts";
import { Inflation, inflationBytes } from "./inflation.ts";
import type { PngRows } from "./png-rows.ts";
import { SequentialRows, stripBytes } from "./sequential-rows.ts";
import { Unfiltering, unfilteringBytes } from "./unfiltering.ts";

/**
 * PNG: every colour type and depth, decoded row by row in memory that depends on its width alone; of an interlaced one,
 * half of the wanted pixels are held beside that, or sums of them. Source: PNG (Third Edition).
 *
 * What is damaged is refused, whatever was decoded before: every checksum up to the end of the file is looked at before
 * the last row is given away, but for that of a zlib stream that goes on for long behind it. What is missing, because the file ends before its end, is nothing, with a warning.
 */
export const pngDecoding: DecoderMaker = {
  blockingMsPerMegapixel: 0,
  shrinks: [1],
  isWhole: false,
  mostPixels: (facts, bytes) => Math.floor((bytes * MOST_INFLATED * 8) / pixelBits(headerOf(facts))),
  memory(facts, _bytes, decoding) {
    const header = headerOf(facts);
    const rows = rowsNeed(header, decoding);
    const kernels = [
      inflationBytes(inflatedAtOnce(header)),
      unfilteringBytes(rowBytes(header, header.size.width)),
      expansionBytes(header, rows.columns),
      rows.kernels,
    ];
    return { kernels: kernels.reduce((sum, bytes) => sum + blockBytes(bytes), 0), beside: rows.beside };
  },
  addsUp: (facts, decoding) => headerOf(facts).interlaced && adam7Boxes(decoding) !== undefined,
  make(kernels, facts, bytes, decoding) {
    const picture = new PngPicture(kernels, facts, decoding);
    let came = 0;
    return {
      get warnings() {
        return picture.warnings;
      },
      get steps() {
        return picture.steps;
      },
      push(chunk) {
        came += chunk.length;
        if (came > bytes) throw new Fault("sourceChanged", "it became longer");
        picture.datastream.give(chunk);
      },
      end() {
        if (came < bytes) throw new Fault("storage", `${came} of ${bytes} bytes came`);
        picture.datastream.end();
      },
      pull: () => picture.pull(),
      release: () => picture.release(),
    };
  },
};

/** Bytes that one compressed byte becomes at most: two bits stand for 258 of them. Source: RFC 1951, 3.2.5. */
const MOST_INFLATED = 1032;

/** What reading a chunk counts as, beside its bytes. */
const STEPS_A_CHUNK = 4;
/** Work in which no row comes about is told of after so many steps. */
const STEPS_A_PAUSE = 20_000;

/** A picture on its way: room for it is reserved by the facts, before its header is there. */
class PngPicture {
  readonly datastream: Datastream;
  readonly #kernels: Kernels;
  readonly #facts: SourceFacts;
  readonly #decoding: Decoding;
  readonly #header: PngHeader;
  readonly #scanlines: InflatedScanlines;
  #rows: PngRows | undefined;
  /** The strip with the last row, while not all behind it has been checked. */
  #withheld: Strip | SumStrip | undefined;
  /** Steps at the last strip. */
  #told = 0;

  constructor(kernels: Kernels, facts: SourceFacts, decoding: Decoding) {
    const header = headerOf(facts);
    const inflation = new Inflation(kernels, inflatedAtOnce(header));
    const unfiltering = new Unfiltering(kernels, rowBytes(header, header.size.width), pixelBytes(header));
    this.datastream = new Datastream(kernels, inflation.stage);
    this.#kernels = kernels;
    this.#facts = facts;
    this.#decoding = decoding;
    this.#header = header;
    this.#scanlines = new InflatedScanlines(header, this.datastream, inflation, unfiltering);
  }

  get warnings(): readonly string[] {
    const missing = this.#rows?.warnings ?? [];
    const { missingEnd } = this.#scanlines;
    const end = missing.length === 0 && missingEnd !== undefined ? [missingEnd] : [];
    return [...this.datastream.warnings, ...missing, ...end];
  }

  get steps(): number {
    return this.datastream.chunks * STEPS_A_CHUNK + this.#scanlines.steps + (this.#rows?.steps ?? 0);
  }

  pull(): Strip | SumStrip | undefined {
    const strip = this.#next();
    const worked = this.steps - this.#told;
    if (strip === undefined && worked < STEPS_A_PAUSE) return undefined;
    this.#told = this.steps;
    return strip ?? WITHOUT_ROWS;
  }

  release(): void {
    this.#rows?.release?.();
  }

  #next(): Strip | SumStrip | undefined {
    this.#rows ??= this.#begin();
    this.#withheld ??= this.#rows?.pull();
    const strip = this.#withheld;
    if (strip === undefined) return undefined;
    const isLast = strip.rows > 0 && this.#rows?.hasAllRows;
    if (isLast && !this.#scanlines.finish()) return undefined;
    this.#withheld = undefined;
    return strip;
  }

  /** The header is there, and all that stands before the image data. */
  #begin(): PngRows | undefined {
    const colours = this.datastream.readPreamble();
    if (colours === undefined) return undefined;
    if (!agrees(colours, this.#facts)) throw new Fault("sourceChanged", "its header is another one");
    const kernels = this.#kernels;
    const decoding = this.#decoding;
    const { wanted } = decoding;
    const picture = { size: this.#header.size, wanted, alpha: this.#facts.alpha };
    const expansion = new Expansion(kernels, colours, rowsNeed(this.#header, decoding).columns);
    if (this.#header.interlaced) {
      return new Adam7Rows(picture, this.#scanlines, expansion, adam7Assembly(kernels, picture, decoding));
    }
    return new SequentialRows(kernels, picture, this.#scanlines, expansion, kernels.reserve(stripBytes(wanted)));
  }
}

/** What the rows take of the kernels and beside them, and how many pixels of each are expanded. */
function rowsNeed({ interlaced }: PngHeader, decoding: Decoding): ReturnType<typeof adam7Needs> {
  const { wanted } = decoding;
  return interlaced ? adam7Needs(decoding) : { kernels: stripBytes(wanted), beside: 0, columns: wanted.width };
}

/** The header, as far as the facts tell it. */
function headerOf(facts: SourceFacts): PngHeader {
  if (facts.png === undefined) throw new TypeError(`facts of a ${facts.format}`);
  return { size: turned(facts.size, facts.orientation), ...facts.png };
}

function agrees({ header, transparency }: PngColours, facts: SourceFacts): boolean {
  const said = headerOf(facts);
  return (
    header.size.width === said.size.width &&
    header.size.height === said.size.height &&
    header.colourType === said.colourType &&
    header.depth === said.depth &&
    header.interlaced === said.interlaced &&
    (COLOUR_TYPES[header.colourType].alpha || transparency !== undefined) === facts.alpha
  );
}
