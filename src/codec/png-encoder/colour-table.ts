/** At most so many colours. */
export const MOST_COLOURS = 256;

/** Far more places than colours: most colours lie where they are looked for first. A power of two. */
const PLACES = 4096;
const PLACE_BITS = 12;

/**
 * Odd numbers that spread colours over the places. A picture may be made so that its colours meet in one place; no colours
 * meet in one place by all of these.
 */
const SPREADS = [0x9e3779b1, 0x85ebca77, 0xc2b2ae3d, 0x27d4eb2f] as const;
/** So many places are looked at before the colours are spread in another way. */
const MOST_LOOKS = 16;

/** Colours by their number: at most 256, each found in a few steps. A colour is a word of 32 bits, any value. */
export class ColourTable {
  readonly #colours = new Uint32Array(MOST_COLOURS);
  /** The number of the colour of a place and one more; 0 where there is none. */
  #places = new Uint16Array(PLACES);
  #spread = 0;
  #count = 0;

  /** In the order in which they were added. */
  get colours(): Uint32Array {
    return this.#colours.slice(0, this.#count);
  }

  get count(): number {
    return this.#count;
  }

  /** The number of a colour; −1 where it is not there. */
  numberOf(colour: number): number {
    for (let place = this.#firstPlace(colour); ; place = (place + 1) % PLACES) {
      const number = (this.#places[place] ?? 0) - 1;
      if (number < 0 || this.#colours[number] === colour) return number;
    }
  }

  /** Adds a colour that is not there, while there are fewer than 256. */
  add(colour: number): void {
    this.#colours[this.#count++] = colour;
    let looks = this.#place(this.#count - 1);
    while (looks > MOST_LOOKS && this.#spread < SPREADS.length - 1) {
      this.#spread++;
      this.#places = new Uint16Array(PLACES);
      looks = 0;
      for (let number = 0; number < this.#count; number++) looks = Math.max(looks, this.#place(number));
    }
  }

  /** How many places were looked at. */
  #place(number: number): number {
    let looks = 1;
    let place = this.#firstPlace(this.#colours[number] ?? 0);
    for (; this.#places[place] !== 0; looks++) place = (place + 1) % PLACES;
    this.#places[place] = number + 1;
    return looks;
  }

  #firstPlace(colour: number): number {
    return Math.imul(colour, SPREADS[this.#spread] ?? 1) >>> (32 - PLACE_BITS);
  }
}
