/**
 * Slots that are tried for an id. Of the slots at most half are taken, so that 1 of 2^16 ids finds all of its own taken, unless somebody
 * chose them so.
 */
export const MOST_TRIED = 16;
const LEAST_SLOTS = 64;
const FREE = 0;

/** FNV-1a over the UTF-16 units of a text, mixed at the end (MurmurHash3's finalizer) so that its low bits count as well. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/**
 * Which row an id has, of rows numbered from 0: a table of hashes that holds no text, but asks for that of a row.
 *
 * Ids that were made to collide cost no more than others: what finds no slot among `MOST_TRIED` goes into a `Map`, whose hashes nobody
 * outside of the engine can foresee.
 */
export class IdIndex {
  /** Slots that have been looked at since it began. */
  tried = 0;
  readonly #idOf: (row: number) => string;
  /** Row + 1, or FREE. */
  #slots = new Uint32Array(LEAST_SLOTS);
  #hashes = new Uint32Array(LEAST_SLOTS / 2);
  #beside = new Map<string, number>();
  #size = 0;

  constructor(idOf: (row: number) => string) {
    this.#idOf = idOf;
  }

  get size(): number {
    return this.#size;
  }

  /** Bytes that it holds: an estimate where texts are in the `Map`. */
  get bytes(): number {
    let beside = 0;
    for (const id of this.#beside.keys()) beside += id.length + 64;
    return this.#slots.byteLength + this.#hashes.byteLength + beside;
  }

  /** The row of an id; undefined where it has none. */
  find(id: string): number | undefined {
    const slot = this.#slotOf(id, hashOf(id));
    if (slot === undefined) return this.#beside.get(id);
    const taken = this.#slots[slot] as number;
    return taken === FREE ? undefined : taken - 1;
  }

  /**
   * Gives an id the next row: the first one row 0, and so on. From here on `idOf` is asked for it.
   *
   * @returns the row that the id has already, in which case it gets none
   */
  add(id: string): number | undefined {
    if (this.#size * 2 >= this.#slots.length) this.#grow();
    const hash = hashOf(id);
    const slot = this.#slotOf(id, hash);
    const before = slot === undefined ? this.#beside.get(id) : (this.#slots[slot] as number) - 1;
    if (before !== undefined && before >= 0) return before;
    if (slot === undefined) this.#beside.set(id, this.#size);
    else this.#slots[slot] = this.#size + 1;
    this.#hashes[this.#size] = hash;
    this.#size++;
    return undefined;
  }

  /** The slot that an id has, or would get; undefined where it has, or would get, none. */
  #slotOf(id: string, hash: number): number | undefined {
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    // Steps of 1, 2, 3 …: they come by all slots of a power of two, and ids that begin beside each other part.
    for (let step = 1; step <= MOST_TRIED; step++) {
      this.tried++;
      const taken = this.#slots[slot] as number;
      if (taken === FREE) return slot;
      if (this.#hashes[taken - 1] === hash && this.#idOf(taken - 1) === id) return slot;
      slot = (slot + step) & mask;
    }
    return undefined;
  }

  #grow(): void {
    const hashes = this.#hashes;
    this.#slots = new Uint32Array(this.#slots.length * 2);
    this.#hashes = new Uint32Array(this.#slots.length / 2);
    this.#hashes.set(hashes);
    this.#beside = new Map();
    for (let row = 0; row < this.#size; row++) {
      const slot = this.#freeSlot(hashes[row] as number);
      if (slot === undefined) this.#beside.set(this.#idOf(row), row);
      else this.#slots[slot] = row + 1;
    }
  }

  /** The slot for one that has none yet. */
  #freeSlot(hash: number): number | undefined {
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (let step = 1; step <= MOST_TRIED; step++) {
      this.tried++;
      if (this.#slots[slot] === FREE) return slot;
      slot = (slot + step) & mask;
    }
    return undefined;
  }
}
