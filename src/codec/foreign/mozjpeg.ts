import mozjpegEncoder from "@jsquash/jpeg/codec/enc/mozjpeg_enc.js";
import { defaultOptions } from "@jsquash/jpeg/meta.js";
import { Fault } from "../../faults.ts";
import { pixelCount } from "../../plan/size.ts";
import type { Encoder } from "../encoder.ts";
import { Reusable, SMALL_ENOUGH } from "./reusable.ts";

/** What emscripten's factories take and give, as far as it is used here; the package's own types need a DOM. */
type Factory<Calls> = (overrides: {
  readonly noInitialRun: boolean;
  readonly instantiateWasm: (
    imports: WebAssembly.Imports,
    done: (instance: WebAssembly.Instance) => void,
  ) => WebAssembly.Exports;
  readonly print: () => void;
  readonly printErr: () => void;
}) => Promise<Calls & { readonly HEAPU8: Uint8Array }>;

interface EncoderCalls {
  encode(data: Uint8Array, width: number, height: number, options: typeof defaultOptions): Uint8Array | null;
}

/** Measured at 125 ms a megapixel; rounded up for slower machines. */
const ENCODE_MS = 150;

/** libjpeg's limit. */
const MAX_SIDE = 65_500;
const MAX_PIXELS = 16_000_000;
/** Bytes of memory, measured: what it begins with, and a pixel, with chroma at half resolution and at full. */
const FRESH_BYTES = 17_000_000;
const BYTES_A_PIXEL = { half: 20, full: 28 };

export function mozjpegEncoding(module: WebAssembly.Module): Encoder<"jpeg"> {
  const codec = reusable(mozjpegEncoder as unknown as Factory<EncoderCalls>, module);
  return {
    limits: { maxSide: MAX_SIDE, maxPixels: MAX_PIXELS },
    blockingMsPerMegapixel: ENCODE_MS,
    memory: (size, { fullChroma }) =>
      Math.max(FRESH_BYTES, pixelCount(size) * (fullChroma ? BYTES_A_PIXEL.full : BYTES_A_PIXEL.half)),
    async encode({ size, data }, { quality, fullChroma }) {
      const options = { ...defaultOptions, quality, auto_subsample: false, chroma_subsample: fullChroma ? 1 : 2 };
      const file = await codec.use(({ calls }) => calls.encode(data, size.width, size.height, options));
      if (file === null) throw new Fault("internal", "the JPEG encoder gave nothing");
      return file as Uint8Array<ArrayBuffer>;
    },
  };
}

function reusable<Calls>(factory: Factory<Calls>, module: WebAssembly.Module) {
  return new Reusable(async () => {
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
  }, SMALL_ENOUGH);
}
