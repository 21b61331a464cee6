import { pixelCount } from "../../plan/size.ts";
import type { DecoderMaker } from "../decoder.ts";
import type { Encoder } from "../encoder.ts";
import { type DecodedPicture, gatheringDecoder } from "./gather.ts";
import { encodeGrayPng, grayPngBytes } from "./gray-png.ts";
import { checkPngChunks } from "./png-checksums.ts";
import { Reusable, type Shelf } from "./reusable.ts";
import { taggedCopy } from "./tagged-png.ts";

/**
 * The exports of @jsquash/png's module that are used. The package's own JavaScript keeps one instance for good and
 * needs a global `ImageData`; binding the module ourselves gives a fresh instance after a throw, and one copy less.
 */
interface Exports {
  readonly memory: WebAssembly.Memory;
  decode(file: number, length: number): void;
  encode(result: number, data: number, length: number, width: number, height: number, bitDepth: number): void;
  __wbindgen_malloc(length: number, alignment: number): number;
  __wbindgen_free(address: number, length: number, alignment: number): void;
  __wbindgen_add_to_stack_pointer(by: number): number;
}

/** Measured at 25 ms a megapixel to decode and 45 to encode; rounded up for slower machines. */
const DECODE_MS = 40;
const ENCODE_MS = 80;
const MAX_PIXELS = 16_000_000;
/** Bytes of memory, measured on noise: what it begins with, and a pixel, with its copy and with the file. */
const FRESH_BYTES = 1_200_000;
const BYTES_A_PIXEL = 31;

class SquooshPng {
  readonly #exports: Exports;
  #picture: DecodedPicture | undefined;

  constructor(module: WebAssembly.Module) {
    this.#exports = new WebAssembly.Instance(module, this.#imports(module)).exports as unknown as Exports;
  }

  get memoryBytes(): number {
    return this.#exports.memory.buffer.byteLength;
  }

  decode(file: Uint8Array): DecodedPicture {
    this.#exports.decode(this.#pass(file), file.length);
    const picture = this.#picture;
    this.#picture = undefined;
    if (picture === undefined) throw new Error("no picture");
    return picture;
  }

  encode(data: Uint8Array, width: number, height: number, dpi: number | undefined): Uint8Array<ArrayBuffer> {
    const { memory, encode, __wbindgen_add_to_stack_pointer: moveStack, __wbindgen_free: free } = this.#exports;
    const result = moveStack(-16);
    encode(result, this.#pass(data), data.length, width, height, 8);
    const [address = 0, length = 0] = new Uint32Array(memory.buffer, result, 2);
    const file = taggedCopy(new Uint8Array(memory.buffer, address, length), dpi);
    free(address, length, 1);
    moveStack(16);
    return file;
  }

  /** Copies bytes into the codec, which frees them itself. */
  #pass(bytes: Uint8Array): number {
    const address = this.#exports.__wbindgen_malloc(bytes.length, 1) >>> 0;
    new Uint8Array(this.#exports.memory.buffer, address, bytes.length).set(bytes);
    return address;
  }

  /** wasm-bindgen ends the names of its imports in a hash of their signature: they are told apart by what comes before. */
  #imports(module: WebAssembly.Module): WebAssembly.Imports {
    const provided: readonly [prefix: string, call: (...values: number[]) => unknown][] = [
      ["__wbg_newwithownedu8clampedarrayandsh", (...values) => this.#takePicture(...values)],
      ["__wbindgen_throw", (address = 0, length = 0) => this.#throwText(address, length)],
    ];
    const absent = () => {
      throw new Error("a part of the PNG codec that is not used");
    };
    const calls = WebAssembly.Module.imports(module).map(
      ({ name }) => [name, provided.find(([prefix]) => name.startsWith(prefix))?.[1] ?? absent] as const,
    );
    return { wbg: Object.fromEntries(calls) };
  }

  #takePicture(address = 0, length = 0, width = 0, height = 0): number {
    const data = new Uint8Array(this.#exports.memory.buffer, address >>> 0, length >>> 0).slice();
    this.#exports.__wbindgen_free(address, length, 1);
    this.#picture = { width: width >>> 0, height: height >>> 0, data };
    return 0;
  }

  #throwText(address: number, length: number): never {
    throw new Error(new TextDecoder().decode(new Uint8Array(this.#exports.memory.buffer, address, length)));
  }
}

/** In the codec and beside it: the file twice, the picture in both. */
function beside(pixels: number, fileBytes: number): number {
  return pixels * 8 + fileBytes * 2;
}

export function squooshPngDecoding(module: WebAssembly.Module, shelf: Shelf): DecoderMaker {
  const codec = new Reusable(async () => new SquooshPng(module), shelf);
  return gatheringDecoder({ blockingMsPerMegapixel: DECODE_MS, beside }, async (file) => {
    checkPngChunks(file);
    return codec.use((png) => png.decode(file));
  });
}

export function squooshPngEncoding(module: WebAssembly.Module, shelf: Shelf): Encoder<"png"> {
  const codec = new Reusable(async () => new SquooshPng(module), shelf);
  return {
    limits: { maxSide: 2 ** 31 - 1, maxPixels: MAX_PIXELS },
    blockingMs: (size) => (pixelCount(size) * ENCODE_MS) / 1e6,
    memory: (size, output) =>
      output.gray ? grayPngBytes(size, output) : FRESH_BYTES + pixelCount(size) * BYTES_A_PIXEL,
    // The crate, as it is bound here, writes RGBA only.
    encode: (raster, output) =>
      output.gray
        ? encodeGrayPng(raster, output)
        : codec.use((png) => png.encode(raster.data, raster.size.width, raster.size.height, output.dpi)),
  };
}
