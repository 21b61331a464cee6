import type { Raster } from "../../pixels/raster.ts";
import { Bindgen } from "./bindgen.ts";
import { taggedCopy } from "./tagged-png.ts";

/** The calls of @jsquash/oxipng's module for one thread. Its levels are those of oxipng; flags are 0 or 1. */
interface Calls {
  optimise(
    result: number,
    file: number,
    length: number,
    level: number,
    interlaced: number,
    changesHidden: number,
  ): void;
  optimise_raw(
    result: number,
    data: number,
    length: number,
    width: number,
    height: number,
    level: number,
    interlaced: number,
    changesHidden: number,
  ): void;
}

/** Not interlaced, and colours that cannot be seen stay as they are. */
const PLAIN = [0, 0] as const;

/**
 * oxipng: writes the same pixels in fewer bytes, and chooses by itself whether as gray, in a palette, in how many bits and
 * whether with alpha.
 */
export class Oxipng {
  readonly #bindgen: Bindgen<Calls>;

  constructor(module: WebAssembly.Module) {
    this.#bindgen = new Bindgen<Calls>(module);
  }

  get memoryBytes(): number {
    return this.#bindgen.memoryBytes;
  }

  encode({ size, data }: Raster, level: number, dpi: number | undefined): Uint8Array<ArrayBuffer> {
    const { width, height } = size;
    const { calls } = this.#bindgen;
    return this.#bindgen.result(
      (result) => calls.optimise_raw(result, this.#bindgen.pass(data), data.length, width, height, level, ...PLAIN),
      (file) => taggedCopy(file, dpi),
    );
  }

  /** A file of the same pixels, tagged as it is. */
  optimise(png: Uint8Array, level: number): Uint8Array<ArrayBuffer> {
    const { calls } = this.#bindgen;
    return this.#bindgen.result(
      (result) => calls.optimise(result, this.#bindgen.pass(png), png.length, level, ...PLAIN),
      (file) => file.slice(),
    );
  }
}
