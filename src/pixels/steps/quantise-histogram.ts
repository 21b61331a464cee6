import { type Blocks, SLOT } from "./quantise-blocks.ts";
import type { Colour } from "./quantise-palettes.ts";

/** Multiplies keys so that the upper bits of the product hang on all bits of a key (2^32 divided by the golden ratio). */
const SPREAD = 0x9e3779b1;
/**
 * So many slots are looked at for a colour, at most: more than three times what noise takes that fills the table. A picture
 * may be made so that all its colours belong in a few slots, and each would be looked for among all the others.
 */
const MOST_LOOKS = 512;
/** Cells are made no larger: there are too few of them then to be in one another's way. */
const COARSEST = 5;

/**
 * How often each colour occurs: each for itself while there are few, and in cells of 2, 4, … 32 levels a side as soon as
 * there are too many for the table, or for a part of it. Of a cell the sums are known, so that its mean is exact.
 *
 * What is opaque shares no cell with what is not; what is fully transparent has no colour, and is only seen.
 */
export class Histogram {
  readonly #slots: Uint32Array;
  readonly #scratch: Uint32Array;
  readonly #most: number;
  /** Bits of a hash that do not number a slot. */
  readonly #surplus: number;
  #shift = 0;
  #used = 0;
  #hasTransparent = false;

  constructor({ slots, scratch, mostCells }: Blocks) {
    this.#slots = slots.fill(0);
    this.#scratch = scratch;
    this.#most = mostCells;
    this.#surplus = Math.clz32(slots.length / SLOT) + 1;
  }

  /** Whether every cell is one colour. */
  get isExact(): boolean {
    return this.#shift === 0;
  }

  get cells(): number {
    return this.#used;
  }

  get hasTransparent(): boolean {
    return this.#hasTransparent;
  }

  /** Whether there are pixels of exactly this colour; to be asked of an exact one. */
  has(colour: Colour): boolean {
    return (this.#slots[this.#slotOf(colour) + 1] ?? 0) > 0;
  }

  /** Counts pixels, as words. */
  count(pixels: Uint32Array): void {
    const { length } = pixels;
    for (let at = 0; at < length; ) {
      const pixel = pixels[at] ?? 0;
      const start = at++;
      while (at < length && pixels[at] === pixel) at++;
      if (pixel >>> 24 === 0) this.#hasTransparent = true;
      else this.#add(pixel, at - start);
    }
  }

  /** The cells one after the other: their slots in the table. */
  *places(): Generator<number> {
    for (let at = 0; at < this.#slots.length; at += SLOT) if ((this.#slots[at + 1] ?? 0) > 0) yield at;
  }

  /** How many pixels a cell has, and the mean of a component of them, 0 for red to 3 for alpha. */
  weightAt(place: number): number {
    return this.#slots[place + 1] ?? 0;
  }

  meanAt(place: number, component: number): number {
    const key = this.#slots[place] ?? 0;
    return ((key >>> (component * 8)) & 255) + (this.#slots[place + 2 + component] ?? 0) / this.weightAt(place);
  }

  #add(pixel: number, times: number): void {
    let key = this.#keyOf(pixel);
    let at = this.#slotOf(key);
    while ((this.#slots[at + 1] === 0 && this.#used === this.#most) || this.#isFar(key, at)) {
      this.#coarsen();
      key = this.#keyOf(pixel);
      at = this.#slotOf(key);
    }
    this.#addAt(at, key, times);
    if (this.#shift > 0) this.#addRest(at, key, pixel, times);
  }

  #addAt(at: number, key: number, times: number): void {
    const before = this.#slots[at + 1] ?? 0;
    if (before === 0) this.#used++;
    this.#slots[at] = key;
    this.#slots[at + 1] = before + times;
  }

  /** What the key leaves out of the components: below 32 each, so that the sums of any raster fit in 32 bits. */
  #addRest(at: number, key: number, pixel: number, times: number): void {
    const rest = pixel ^ key;
    for (let component = 0; component < 4; component++) {
      const sum = this.#slots[at + 2 + component] ?? 0;
      this.#slots[at + 2 + component] = sum + ((rest >>> (component * 8)) & 255) * times;
    }
  }

  #keyOf(pixel: number): number {
    const levels = (255 << this.#shift) & 255;
    const mask = Math.imul(levels, 0x01010101);
    return (pixel >>> 24 === 255 ? pixel & (mask | 0xff000000) : pixel & mask) >>> 0;
  }

  /** Where a key is, or would be. */
  #slotOf(key: number): number {
    const slots = this.#slots;
    for (let slot = this.#homeOf(key); ; slot++) {
      const at = slot * SLOT < slots.length ? slot * SLOT : (slot * SLOT) % slots.length;
      if (slots[at + 1] === 0 || slots[at] === key) return at;
    }
  }

  #homeOf(key: number): number {
    return Math.imul(key, SPREAD) >>> this.#surplus;
  }

  /** Whether a key is further from its home than it may be. */
  #isFar(key: number, at: number): boolean {
    const slots = this.#slots.length / SLOT;
    return (at / SLOT - this.#homeOf(key) + slots) % slots > MOST_LOOKS && this.#shift < COARSEST;
  }

  /** Makes the cells twice as large a side, or larger where that still leaves some far from home. */
  #coarsen(): void {
    const slots = this.#slots;
    const old = this.#scratch;
    let end = 0;
    for (const at of this.places()) {
      old.set(slots.subarray(at, at + SLOT), end);
      end += SLOT;
    }
    do {
      slots.fill(0);
      this.#used = 0;
      this.#shift++;
    } while (!this.#addAll(old.subarray(0, end)));
  }

  /** Adds cells of a finer histogram. False as soon as one is far from home. */
  #addAll(old: Uint32Array): boolean {
    const slots = this.#slots;
    for (let from = 0; from < old.length; from += SLOT) {
      const [before = 0, times = 0] = old.subarray(from, from + 2);
      const key = this.#keyOf(before);
      const at = this.#slotOf(key);
      if (this.#isFar(key, at)) return false;
      this.#addAt(at, key, times);
      this.#addRest(at, key, before, times);
      for (let field = 2; field < SLOT; field++)
        slots[at + field] = (slots[at + field] ?? 0) + (old[from + field] ?? 0);
    }
    return true;
  }
}
