import { Bindgen } from "./bindgen.ts";
import { taggedCopy } from "./tagged-png.ts";

/** The calls of @jsquash/png's module. */
interface Calls {
  encode(result: number, data: number, length: number, width: number, height: number, bitDepth: number): void;
}

/** The png crate: encodes RGBA. */
export class SquooshPng {
  readonly #bindgen: Bindgen<Calls>;

  constructor(module: WebAssembly.Module) {
    this.#bindgen = new Bindgen<Calls>(module);
  }

  get memoryBytes(): number {
    return this.#bindgen.memoryBytes;
  }

  encode(data: Uint8Array, width: number, height: number, dpi: number | undefined): Uint8Array<ArrayBuffer> {
    const { calls } = this.#bindgen;
    return this.#bindgen.result(
      (result) => calls.encode(result, this.#bindgen.pass(data), data.length, width, height, 8),
      (file) => taggedCopy(file, dpi),
    );
  }
}
