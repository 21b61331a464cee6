import { Fault } from "../../faults.ts";
import { broken } from "./broken.ts";
import { CHUNKS, type Chunk, type ChunkRule, isCritical } from "./chunks.ts";
import { COLOUR_TYPES } from "./colours.ts";
import type { PngHeader } from "./header.ts";
import { IHDR_BYTES } from "./ihdr.ts";

/** Of pictures, and of the further ones of an animation. */
const DATA: ReadonlySet<string> = new Set(["IDAT", "fdAT"]);
/** Pictures have some dozens: a file of nothing else would keep its reader busy. */
const MOST_WITHOUT_DATA = 10_000;

/**
 * Holds chunks against their rules, in the order in which they come.
 *
 * A critical chunk that breaks one makes the file damaged. An ancillary one does not count then, as in libpng: a picture is
 * not refused for what it can be shown without.
 */
export class ChunkOrder {
  readonly #seen = new Set<string>();
  #last = "";
  #withoutData = 0;
  #header: PngHeader | undefined;
  #colours = 0;
  readonly #ignored = new Map<string, string>();

  /** What was wrong with the first chunk of a type that did not count. */
  get ignored(): ReadonlyMap<string, string> {
    return this.#ignored;
  }

  /** Colours of the palette that pixels may refer to. */
  get colours(): number {
    return this.#colours;
  }

  /** Tells what IHDR said, before the next chunk begins. */
  knows(header: PngHeader): void {
    this.#header = header;
  }

  /**
   * The next chunk begins; returns whether it counts, or is passed over.
   *
   * @throws Fault `sourceBroken` for what may not be, `sourceUnsupported` for what cannot be done without and is not known
   */
  begin(chunk: Chunk): boolean {
    const { type, length } = chunk;
    const rule = CHUNKS.get(type);
    if (rule === undefined && isCritical(chunk)) {
      throw new Fault("sourceUnsupported", `the PNG has a critical chunk that is not known: ${placeOf(chunk)}`);
    }
    if ((!DATA.has(type) || length === 0) && ++this.#withoutData > MOST_WITHOUT_DATA) {
      throw broken(`more than ${MOST_WITHOUT_DATA} chunks without image data`);
    }
    if (this.#header === undefined && (type !== "IHDR" || length !== IHDR_BYTES)) {
      throw broken(`no header chunk: ${placeOf(chunk)}`);
    }
    const wrong = rule === undefined ? undefined : (this.#misplaced(type, rule) ?? this.#mismade(chunk, rule));
    if (wrong !== undefined && isCritical(chunk)) throw broken(`${wrong}: ${placeOf(chunk)}`);
    if (wrong !== undefined && !this.#ignored.has(type)) this.#ignored.set(type, `${wrong}: ${placeOf(chunk)}`);
    this.#last = type;
    if (rule === undefined || wrong !== undefined) return false;
    this.#seen.add(type);
    if (type === "PLTE") this.#colours = Math.min(length / 3, 2 ** (this.#header?.depth ?? 0));
    return true;
  }

  #misplaced(type: string, { place }: ChunkRule): string | undefined {
    const hasData = this.#seen.has("IDAT");
    if (place === "data" && hasData && this.#last !== type) return "image data in two places";
    if (place === "data" && this.#lacksPalette()) return "no palette";
    if (place === "last" && !hasData) return "no image data";
    if (place === "before data" && hasData) return "a chunk behind its image data";
    return place !== "data" && this.#seen.has(type) ? "a chunk too many" : undefined;
  }

  #mismade({ length }: Chunk, { lengths }: ChunkRule): string | undefined {
    if (this.#header === undefined) return undefined;
    const allowed = lengths({ header: this.#header, colours: this.#colours });
    if (allowed === undefined) return `a chunk that colour type ${this.#header.colourType} may not have`;
    const [least, most, step] = allowed;
    const fits = length >= least && length <= most && (length - least) % step === 0;
    return fits ? undefined : `a chunk of ${length} bytes`;
  }

  #lacksPalette(): boolean {
    const { colourType } = this.#header ?? {};
    return colourType !== undefined && COLOUR_TYPES[colourType].palette === "needed" && !this.#seen.has("PLTE");
  }
}

function placeOf({ type, at }: Chunk): string {
  return `${type} at byte ${at}`;
}
