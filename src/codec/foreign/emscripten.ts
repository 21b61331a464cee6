import type { CodecName } from "../../plan/craft.ts";
import { Reusable, type Shelf } from "./reusable.ts";

/** What emscripten's factories take and give, as far as it is used here; the packages' own types need a DOM. */
export type Factory<Calls> = (overrides: {
  readonly noInitialRun: boolean;
  readonly instantiateWasm: (
    imports: WebAssembly.Imports,
    done: (instance: WebAssembly.Instance) => void,
  ) => WebAssembly.Exports;
  readonly print: () => void;
  readonly printErr: () => void;
}) => Promise<Calls & { readonly HEAPU8: Uint8Array }>;

/** A codec that emscripten made, on a module that is compiled already; kept on a shelf while it is idle. */
export function reusableEmscripten<Calls>(
  codec: CodecName,
  factory: Factory<Calls>,
  module: WebAssembly.Module,
  shelf: Shelf,
) {
  return new Reusable(
    codec,
    async () => {
      const calls = await factory({
        noInitialRun: true,
        instantiateWasm(imports, done) {
          const instance = new WebAssembly.Instance(module, imports);
          done(instance);
          return instance.exports;
        },
        print: () => {},
        printErr: () => {},
      });
      return {
        calls,
        get memoryBytes() {
          return calls.HEAPU8.byteLength;
        },
      };
    },
    shelf,
  );
}
