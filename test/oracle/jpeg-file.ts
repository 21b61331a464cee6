import { type HuffmanTable, STANDARD_TABLES, ZIGZAG } from "./jpeg-annex-k.ts";
import { ScanBits, type SymbolTable, symbolTable } from "./jpeg-bits.ts";
import { type BlockGrid, decodeScanInto, type Frame, gridOf, type Scanned } from "./jpeg-scan.ts";

/** What a file says, all its scans decoded, before any sample is computed. */
export interface JpegContents {
  readonly frame: Frame;
  /** One a component of the frame. */
  readonly grids: readonly BlockGrid[];
  /** The table of each component, in zigzag order: the one that there was when its first scan began. */
  readonly quantisers: readonly (readonly number[] | undefined)[];
  readonly jfif: boolean;
  /** The transform flag of the Adobe marker, where there is one. */
  readonly adobe: number | undefined;
  readonly warnings: readonly string[];
}

const SOF = [0xc0, 0xc1, 0xc2];
const [DHT, SOI, EOI, SOS, DQT, DRI, APP0, APP14] = [0xc4, 0xd8, 0xd9, 0xda, 0xdb, 0xdd, 0xe0, 0xee];
/** Those without a segment. What is below 0xc0 is reserved, or damage: libjpeg gives up where it has to skip one. */
const isBare = (marker: number) => marker < 0xc0 || (marker >= 0xd0 && marker <= SOI);

/** Reads a whole file. Source: ITU-T T.81, B.2. */
export function readJpeg(file: Uint8Array): JpegContents {
  const reading = new Reading(file);
  const walk = new ScanBits(file, 2);
  for (;;) {
    walk.nextMarker();
    if (walk.marker === EOI) return reading.contents([...walk.warnings, ...(walk.at > file.length ? ["no end"] : [])]);
    if (isBare(walk.marker)) continue;
    const length = ((file[walk.at] ?? 0) << 8) | (file[walk.at + 1] ?? 0);
    const content = [...file.subarray(walk.at + 2, walk.at + length)];
    // A segment that the file ends in says nothing.
    if (content.length !== length - 2) return reading.contents([...walk.warnings, "the file ends in a segment"]);
    walk.at += length;
    if (walk.marker !== SOS) {
      reading.take(walk.marker, content);
      continue;
    }
    const scan = new ScanBits(file, walk.at);
    reading.scan(content, scan);
    walk.warnings.push(...scan.warnings);
    // The marker that ended the scan, if it was met, is the next one.
    walk.at = scan.marker === 0 ? scan.at : scan.at - 2;
  }
}

class Reading {
  readonly #file: Uint8Array;
  readonly #quantisers = new Map<number, readonly number[]>();
  readonly #dc: Map<number, SymbolTable>;
  readonly #ac: Map<number, SymbolTable>;
  readonly #latched: (readonly number[] | undefined)[] = [];
  #restartInterval = 0;
  #frame: Frame | undefined;
  #grids: readonly BlockGrid[] = [];
  #scans = 0;
  readonly #scanned = new Set<number>();
  readonly #withDc = new Set<number>();
  #jfif = false;
  #adobe: number | undefined;

  constructor(file: Uint8Array) {
    this.#file = file;
    this.#dc = new Map(STANDARD_TABLES.dc.map((table, at) => [at, symbolTable(table)]));
    this.#ac = new Map(STANDARD_TABLES.ac.map((table, at) => [at, symbolTable(table)]));
  }

  contents(warnings: readonly string[]): JpegContents {
    if (this.#frame === undefined || this.#scans === 0) throw new Error("a JPEG without a scan");
    return {
      frame: this.#frame,
      grids: this.#grids,
      quantisers: this.#frame.components.map((_, at) => this.#latched[at]),
      jfif: this.#jfif,
      adobe: this.#adobe,
      warnings: [
        ...warnings,
        ...this.#frame.components
          .filter((_, at) => !this.#scanned.has(at))
          .map(({ id }) => `no scan of component ${id}`),
      ],
    };
  }

  take(marker: number, content: readonly number[]): void {
    if (marker === DQT) this.#takeQuantisers(content);
    else if (marker === DHT) this.#takeHuffmanTables(content);
    else if (marker === DRI) this.#restartInterval = be16(content, 0);
    else if (SOF.includes(marker)) this.#takeFrame(marker, content);
    // The colours are settled when the first scan begins.
    else if (marker === APP0 && this.#scans === 0) this.#jfif ||= begins(content, "JFIF\0") && content.length >= 14;
    else if (marker === APP14 && this.#scans === 0 && begins(content, "Adobe") && content.length >= 12) {
      this.#adobe = content[11];
    }
  }

  scan(content: readonly number[], bits: ScanBits): void {
    const frame = this.#frame;
    if (frame === undefined) throw new Error("a scan before the frame");
    this.#scans++;
    const count = content[0] ?? 0;
    const scanned = Array.from({ length: count }, (_, at): Scanned => {
      const [id, tables = 0] = content.slice(1 + at * 2);
      const place = frame.components.findIndex((component) => component.id === id);
      const [component, grid] = [frame.components[place], this.#grids[place]];
      if (component === undefined || grid === undefined) throw new Error(`no component ${id}`);
      this.#scanned.add(place);
      this.#latched[place] ??= this.#quantisers.get(component.quantiser);
      return { component, grid, dc: this.#dc.get(tables >> 4), ac: this.#ac.get(tables & 15) };
    });
    const [from = 0, to = 0, approximation = 0] = content.slice(1 + count * 2);
    const band = frame.progressive
      ? { from, to, high: approximation >> 4, low: approximation & 15 }
      : { from: 0, to: 63, high: 0, low: 0 };
    // Where the DC coefficients come later, or never, libjpeg warns, too.
    for (const { component } of scanned) {
      if (band.from === 0) this.#withDc.add(component.id);
      else if (!this.#withDc.has(component.id)) bits.warnings.push(`no DC of component ${component.id}`);
    }
    decodeScanInto(frame, { scanned, ...band, restartInterval: this.#restartInterval }, bits);
  }

  #takeQuantisers(content: readonly number[]): void {
    for (let at = 0; at < content.length; ) {
      const header = content[at++] ?? 0;
      const bytes = header >> 4 === 0 ? 1 : 2;
      const table = ZIGZAG.map((_, k) => (bytes === 1 ? (content[at + k] ?? 0) : be16(content, at + k * 2)));
      this.#quantisers.set(header & 15, table);
      at += 64 * bytes;
    }
  }

  #takeHuffmanTables(content: readonly number[]): void {
    for (let at = 0; at < content.length; ) {
      const header = content[at++] ?? 0;
      const counts = content.slice(at, at + 16);
      const total = counts.reduce((sum, count) => sum + count, 0);
      const table: HuffmanTable = { counts, symbols: content.slice(at + 16, at + 16 + total) };
      (header >> 4 === 0 ? this.#dc : this.#ac).set(header & 15, symbolTable(table));
      at += 16 + total;
    }
  }

  #takeFrame(marker: number, content: readonly number[]): void {
    if (this.#frame !== undefined) throw new Error("a second frame");
    const components = Array.from({ length: content[5] ?? 0 }, (_, at) => {
      const [id = 0, sampling = 0, quantiser = 0] = content.slice(6 + at * 3);
      return { id, h: sampling >> 4, v: sampling & 15, quantiser };
    });
    const size = { width: be16(content, 3), height: be16(content, 1) || heightAtEnd(this.#file) };
    const frame = { progressive: marker === 0xc2, size, components };
    this.#frame = frame;
    this.#grids = components.map((component) => {
      const { across, down } = gridOf(frame, component);
      return { across, down, blocks: Array.from({ length: across * down }, () => new Int16Array(64)) };
    });
  }
}

/** What the DNL segment behind the first scan says. Source: ITU-T T.81, B.2.5. */
function heightAtEnd(file: Uint8Array): number {
  const at = file.findIndex((_, start) => [0xff, 0xdc, 0, 4].every((byte, offset) => file[start + offset] === byte));
  if (at < 0) throw new Error("a JPEG without a height");
  return be16([...file.subarray(at + 4, at + 6)], 0);
}

function be16(bytes: readonly number[], at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

function begins(content: readonly number[], text: string): boolean {
  return [...text].every((letter, at) => content[at] === letter.charCodeAt(0));
}
