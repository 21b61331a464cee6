import { type Pipeline, QUALITY, usualOutput } from "../job.ts";
import { loadPeer, peerWasm } from "./load.ts";

interface Picture {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

interface Decoder {
  init(module: WebAssembly.Module): Promise<unknown>;
  default(file: Uint8Array): Promise<Picture>;
}

interface Encoder {
  init(module: WebAssembly.Module): Promise<void>;
  default(picture: Picture, options: { readonly quality: number }): Promise<ArrayBuffer>;
}

interface Resizer {
  initResize(module: WebAssembly.Module): Promise<unknown>;
  default(
    picture: Picture,
    options: { readonly width: number; readonly height: number; readonly linearRGB: boolean },
  ): Promise<Picture>;
}

const PNG_BEGINS = 0x89;

/** The packages make this browser class; Node has none. */
class ImageDataOfNode implements Picture {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;

  constructor(data: Uint8ClampedArray, width: number, height: number) {
    this.data = data;
    this.width = width;
    this.height = height;
  }
}

export async function jsquashPipeline(): Promise<Pipeline> {
  Object.assign(globalThis, { ImageData: ImageDataOfNode });
  const jpeg = await loadPeer<Decoder>("@jsquash/jpeg/decode.js");
  const png = await loadPeer<Decoder>("@jsquash/png/decode.js");
  const encoder = await loadPeer<Encoder>("@jsquash/jpeg/encode.js");
  const resizer = await loadPeer<Resizer>("@jsquash/resize");
  await jpeg.init(peerWasm("@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm"));
  await png.init(peerWasm("@jsquash/png/codec/pkg/squoosh_png_bg.wasm"));
  await encoder.init(peerWasm("@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm"));
  await resizer.initResize(peerWasm("@jsquash/resize/lib/resize/pkg/squoosh_resize_bg.wasm"));
  return async (file, task) => {
    const picture = await (file[0] === PNG_BEGINS ? png : jpeg).default(file);
    // Its default is to work in linear light, which nothing else here does: slower, and another picture.
    const scaled = await resizer.default(picture, { ...task.size, linearRGB: false });
    const bytes = usualOutput(task) === "raster" ? scaled.data : await encoder.default(scaled, { quality: QUALITY });
    return { bytes: new Uint8Array(bytes instanceof ArrayBuffer ? bytes : bytes.buffer) };
  };
}
