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
const SOS = 0xda;
/** A progressive picture has some ten. Every scan costs a pass over all of it, however short it is itself. */
const MOST_SCANS = 100;
/** What libjpeg says of bytes between the last scan and the end: nothing can come behind it. */
const AT_THE_END = /extraneous bytes before marker 0xd9/i;
/** What it says of files that show well nevertheless. */
const HARMLESS = /extraneous bytes|JFIF|Adobe|Inconsistent progression/;

/**
 * Whether a warning means that a part of the picture is missing. libjpeg prints only its first: a harmless one may
 * hide another, so the file must then have an end of its own.
 */
function isDamage(warning: string, file: Uint8Array): boolean {
  if (AT_THE_END.test(warning)) return false;
  return !HARMLESS.test(warning) || !endsItself(file.subarray(0, -EOI.length));
}

function endsItself(file: Uint8Array): boolean {
  const [end = 0, lastScan = 0] = [0xd9, SOS].map((marker) => lastMarker(file, marker));
  return end > lastScan;
}

function lastMarker(file: Uint8Array, marker: number): number {
  let at = file.lastIndexOf(marker);
  while (at > 0 && file[at - 1] !== 0xff) at = file.lastIndexOf(marker, at - 1);
  return at;
}

/** Inside of scans 0xFF is always followed by 0 or a restart marker, so that these bytes are the marker. */
function countMarkers(file: Uint8Array, marker: number): number {
  let count = 0;
  for (let at = file.indexOf(marker, 1); at > 0; at = file.indexOf(marker, at + 1)) if (file[at - 1] === 0xff) count++;
  return count;
}

/** libjpeg's limit. */
const MAX_SIDE = 65_500;
/** Some 20 bytes a pixel: more is out of the question in an isolate. */
const MAX_PIXELS = 16_000_000;

export function mozjpegDecoding(module: WebAssembly.Module): DecoderMaker {
  const codec = reusable(mozjpegDecoder as unknown as Factory<DecoderCalls>, module);
  const decode = async (file: Uint8Array) => {
    const scans = countMarkers(file, SOS);
    if (scans > MOST_SCANS) throw new Fault("sourceUnsupported", `a JPEG of ${scans} scans`);
    return codec.use(({ calls, warnings }) => {
      warnings.length = 0;
      // As it lies in the file: what the header says of its orientation has been read already, and counts.
      const picture = calls.decode(file, false);
      const [warning] = warnings;
      if (picture === null || (warning !== undefined && isDamage(warning, file)))
        throw new Fault("sourceBroken", warning);
      return picture;
    });
  };
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
