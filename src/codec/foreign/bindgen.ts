/** What wasm-bindgen exports of every module beside its own calls, as far as it is used here. */
interface Exports {
  readonly memory: WebAssembly.Memory;
  __wbindgen_malloc(length: number, alignment: number): number;
  __wbindgen_free(address: number, length: number, alignment: number): void;
  __wbindgen_add_to_stack_pointer(by: number): number;
}

/** Where a result stands: its address and its length, 32 bits each. */
const RESULT_BYTES = 16;

/**
 * An instance of a module that wasm-bindgen made. The packages' own JavaScript keeps one instance for good and needs globals
 * that Workers lack; binding the module ourselves gives a fresh instance after a throw, and one copy less.
 */
export class Bindgen<Calls> {
  readonly calls: Calls;
  readonly #exports: Exports;

  constructor(module: WebAssembly.Module) {
    const throwText = (address = 0, length = 0) => this.#throwText(address, length);
    const absent = () => {
      throw new Error("a part of the codec that is not used");
    };
    // wasm-bindgen ends names in a hash of their signature.
    const imports = WebAssembly.Module.imports(module).map(
      ({ name }) => [name, name.startsWith("__wbindgen_throw") ? throwText : absent] as const,
    );
    const { exports } = new WebAssembly.Instance(module, { wbg: Object.fromEntries(imports) });
    this.#exports = exports as unknown as Exports;
    this.calls = exports as Calls;
  }

  get memoryBytes(): number {
    return this.#exports.memory.buffer.byteLength;
  }

  /** Copies bytes into the codec, which frees them itself. */
  pass(bytes: Uint8Array): number {
    const address = this.#exports.__wbindgen_malloc(bytes.length, 1) >>> 0;
    this.#bytesAt(address, bytes.length).set(bytes);
    return address;
  }

  /** What `copy` makes of the bytes that a call gives; it must not keep them. */
  result<T>(call: (result: number) => void, copy: (bytes: Uint8Array) => T): T {
    const result = this.#exports.__wbindgen_add_to_stack_pointer(-RESULT_BYTES);
    call(result);
    const [address = 0, length = 0] = new Uint32Array(this.#exports.memory.buffer, result, 2);
    const copied = copy(this.#bytesAt(address, length));
    this.#exports.__wbindgen_free(address, length, 1);
    this.#exports.__wbindgen_add_to_stack_pointer(RESULT_BYTES);
    return copied;
  }

  #bytesAt(address: number, length: number): Uint8Array {
    return new Uint8Array(this.#exports.memory.buffer, address >>> 0, length >>> 0);
  }

  #throwText(address: number, length: number): never {
    throw new Error(new TextDecoder().decode(this.#bytesAt(address, length)));
  }
}
