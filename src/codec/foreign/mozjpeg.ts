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
  readonly printErr: (line: string) => void;
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
/**
 * Put behind every file: one that was cut off then ends inside its data, which libjpeg says, and one that merely lacks
 * its last two bytes is whole.
 */
const EOI = [0xff, 0xd9];
/** What libjpeg says where it filled in what is missing. Its other warnings are about files that show well. */
const DAMAGE = /premature end|bad huffman/i;
/** libjpeg's limit. */
const MAX_SIDE = 65_500;
/** Some 20 bytes a pixel: more is out of the question in an isolate. */
const MAX_PIXELS = 16_000_000;

export function mozjpegDecoding(module: WebAssembly.Module): DecoderMaker {
  const codec = reusable(mozjpegDecoder as unknown as Factory<DecoderCalls>, module);
  const decode = (file: Uint8Array) =>
    codec.use(({ calls, warnings }) => {
      warnings.length = 0;
      // As it lies in the file: what the header says of its orientation has been read already, and counts.
      const picture = calls.decode(file, false);
      const damage = warnings.find((warning) => DAMAGE.test(warning));
      if (picture === null || damage !== undefined) throw new Fault("sourceBroken", damage);
      return picture;
    });
  return gatheringDecoder(DECODE_MS, decode, EOI);
}

export function mozjpegEncoding(module: WebAssembly.Module): Encoder<"jpeg"> {
  const codec = reusable(mozjpegEncoder as unknown as Factory<EncoderCalls>, module);
  return {
    limits: { maxSide: MAX_SIDE, maxPixels: MAX_PIXELS },
    blockingMsPerMegapixel: ENCODE_MS,
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
    const warnings: string[] = [];
    const calls = await factory({
      noInitialRun: true,
      instantiateWasm(imports, done) {
        const instance = new WebAssembly.Instance(module, imports);
        done(instance);
        return instance.exports;
      },
      print: () => {},
      printErr: (warning) => warnings.push(warning),
    });
    return {
      calls,
      /** What libjpeg has said: only ever the first warning about a file. */
      warnings,
      get memoryBytes() {
        return calls.HEAPU8.byteLength;
      },
    };
  }, SMALL_ENOUGH);
}
