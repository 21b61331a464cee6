import mozjpegDecoder from "@jsquash/jpeg/codec/dec/mozjpeg_dec.js";
import mozjpegEncoder from "@jsquash/jpeg/codec/enc/mozjpeg_enc.js";
import { defaultOptions } from "@jsquash/jpeg/meta.js";
import { Fault } from "../../faults.ts";
import type { DecoderMaker } from "../decoder.ts";
import type { Encoder } from "../encoder.ts";
import { type DecodedPicture, gatheringDecoder } from "./gather.ts";
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

interface DecoderCalls {
  decode(file: Uint8Array, preserveOrientation: boolean): DecodedPicture | null;
}

interface EncoderCalls {
  encode(data: Uint8Array, width: number, height: number, options: typeof defaultOptions): Uint8Array | null;
}

/** Measured at 9 ms a megapixel to decode and 125 to encode; rounded up for slower machines. */
const DECODE_MS = 15;
const ENCODE_MS = 150;
/** libjpeg's limit. */
const MAX_SIDE = 65_500;
/** Some 20 bytes a pixel: more is out of the question in an isolate. */
const MAX_PIXELS = 16_000_000;

/** The picture comes out upright: the codec applies the EXIF orientation. */
export function mozjpegDecoding(module: WebAssembly.Module): DecoderMaker {
  const codec = reusable(mozjpegDecoder as unknown as Factory<DecoderCalls>, module);
  return gatheringDecoder(DECODE_MS, (file) =>
    codec.use(({ calls }) => {
      const picture = calls.decode(file, true);
      if (picture === null) throw new Error("no picture");
      return picture;
    }),
  );
}

export function mozjpegEncoding(module: WebAssembly.Module): Encoder<"jpeg"> {
  const codec = reusable(mozjpegEncoder as unknown as Factory<EncoderCalls>, module);
  return {
    limits: { maxSide: MAX_SIDE, maxPixels: MAX_PIXELS },
    blockingMsPerMegapixel: ENCODE_MS,
    async encode({ size, data }, { quality, fullChroma }) {
      const options = { ...defaultOptions, quality, auto_subsample: false, chroma_subsample: fullChroma ? 1 : 2 };
      // The result is a view of the codec's memory: copied before the codec is used again.
      const file = await codec.use(({ calls }) => calls.encode(data, size.width, size.height, options)?.slice());
      if (file === undefined) throw new Fault("internal", "the JPEG encoder gave nothing");
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
      // What libjpeg says about a damaged file is for its own console; the caller hears of it as a Fault.
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
