import { release } from "../../pixels/release.ts";
import type { SourceFacts } from "../../plan/facts.ts";
import type { DecoderMaker } from "../decoder.ts";
import { Bindgen } from "./bindgen.ts";
import { type DecodedPicture, type GatheringCosts, gatheringDecoder } from "./gather.ts";
import { checkPngChunks } from "./png-checksums.ts";
import { Reusable, type Shelf } from "./reusable.ts";
import { taggedCopy } from "./tagged-png.ts";

/** The calls of @jsquash/png's module. */
interface Calls {
  decode(file: number, length: number): void;
  encode(result: number, data: number, length: number, width: number, height: number, bitDepth: number): void;
}

/** Measured at 25 ms a megapixel; rounded up for slower machines. */
const DECODE_MS = 40;
/**
 * Bytes of memory for decoding, measured, the file apart: what it has when it decodes, and a pixel, by colour type. What is not four channels
 * already is held in one form and the other; sixteen bits take no more than eight.
 */
const DECODING_BYTES = 1_900_000;
const DECODING_BYTES_A_PIXEL: ReadonlyMap<number | undefined, number> = new Map([
  [0, 6.2],
  [2, 9.2],
  [3, 9.2],
  [4, 6.2],
  [6, 4.2],
]);
const MOST_DECODING_BYTES_A_PIXEL = 9.2;

/** The png crate: decodes every kind of PNG to RGBA, and encodes that. */
export class SquooshPng {
  readonly #bindgen: Bindgen<Calls>;
  #picture: DecodedPicture | undefined;

  constructor(module: WebAssembly.Module) {
    this.#bindgen = new Bindgen<Calls>(module, [
      "__wbg_newwithownedu8clampedarrayandsh",
      (...values) => this.#takePicture(...values),
    ]);
  }

  get memoryBytes(): number {
    return this.#bindgen.memoryBytes;
  }

  /** Gives the memory of the file back, of which it has a copy. */
  decode(file: Uint8Array): DecodedPicture {
    const { length } = file;
    const address = this.#bindgen.pass(file);
    release(file);
    this.#bindgen.calls.decode(address, length);
    const picture = this.#picture;
    this.#picture = undefined;
    if (picture === undefined) throw new Error("no picture");
    return picture;
  }

  encode(data: Uint8Array, width: number, height: number, dpi: number | undefined): Uint8Array<ArrayBuffer> {
    const { calls } = this.#bindgen;
    return this.#bindgen.result(
      (result) => calls.encode(result, this.#bindgen.pass(data), data.length, width, height, 8),
      (file) => taggedCopy(file, dpi),
    );
  }

  #takePicture(address = 0, length = 0, width = 0, height = 0): number {
    const data = this.#bindgen.taken(address, length, (pixels) => pixels.slice());
    this.#picture = { width: width >>> 0, height: height >>> 0, data };
    return 0;
  }
}

/** The picture, beside what the codec has, the file included. */
function beside(pixels: number, fileBytes: number, facts: SourceFacts): number {
  return pixels * 4 + decoderBytes(pixels, fileBytes, facts);
}

function decoderBytes(pixels: number, fileBytes: number, { png }: SourceFacts): number {
  const perPixel = DECODING_BYTES_A_PIXEL.get(png?.colourType) ?? MOST_DECODING_BYTES_A_PIXEL;
  return DECODING_BYTES + Math.ceil(pixels * perPixel) + fileBytes;
}

export function squooshPngDecoding(module: WebAssembly.Module, shelf: Shelf): DecoderMaker {
  const codec = new Reusable("squooshPng", async () => new SquooshPng(module), shelf);
  const uses: GatheringCosts["uses"] = (...about) => ({ codec: "squooshPng", bytes: decoderBytes(...about) });
  return gatheringDecoder({ blockingMsPerMegapixel: DECODE_MS, beside, uses }, async (file) => {
    checkPngChunks(file);
    return codec.use((png) => png.decode(file));
  });
}
