import type { BoxAxis } from "../../plan/craft.ts";

/** A cell, and how often a pixel is added to it. */
type Share = readonly [cell: number, times: number];

/** The cells along one axis of a part of a picture. */
export class CellAxis {
  readonly #axis: BoxAxis;
  readonly #from: number;
  readonly #end: number;

  /** @param from where the part begins, in pixels of the picture, and of how many it is */
  constructor(axis: BoxAxis, from: number, length: number) {
    this.#axis = axis;
    this.#from = from;
    this.#end = from + length;
  }

  /** The cell in which a pixel lies. */
  cellOf(at: number): number {
    return this.#axis.leading + Math.floor((at - this.#from) / this.#axis.box);
  }

  /** The cells to which a pixel is added beside that: those that repeat it, because it lies at an edge. */
  repeatsOf(at: number): readonly Share[] {
    const { box, cells, leading, trailing } = this.#axis;
    const shares: Share[] = [];
    if (at === this.#from && leading > 0) shares.push([leading - 1, box]);
    if (at !== this.#end - 1) return shares;
    const room = (cells - leading - trailing) * box - (this.#end - this.#from);
    if (room > 0) shares.push([this.cellOf(at), room]);
    if (trailing > 0) shares.push([cells - 1, box]);
    return shares;
  }

  /** All of them. */
  sharesOf(at: number): readonly Share[] {
    return [[this.cellOf(at), 1], ...this.repeatsOf(at)];
  }

  /** The pixels of a cell: half-open. */
  pixelsOf(cell: number): readonly [from: number, end: number] {
    const { box, cells, leading, trailing } = this.#axis;
    if (cell < leading) return [this.#from, this.#from + 1];
    if (cell >= cells - trailing) return [this.#end - 1, this.#end];
    const from = this.#from + (cell - leading) * box;
    return [from, Math.min(from + box, this.#end)];
  }

  /** Cells, from the first one on, that have all their pixels when all before `ready` have come. */
  completeBefore(ready: number): number {
    const { box, cells, leading } = this.#axis;
    if (ready >= this.#end) return cells;
    const whole = Math.floor((ready - this.#from) / box);
    return whole > 0 ? leading + whole : 0;
  }
}
