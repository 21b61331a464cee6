import { type Pipeline, QUALITY, usualOutput } from "../job.ts";
import { loadPeer } from "./load.ts";

interface PhotonImage {
  get_raw_pixels(): Uint8Array;
  get_bytes_jpeg(quality: number): Uint8Array;
  free(): void;
}

interface Photon {
  readonly PhotonImage: { new_from_byteslice(file: Uint8Array): PhotonImage };
  readonly SamplingFilter: { readonly Lanczos3: number };
  resize(image: PhotonImage, width: number, height: number, filter: number): PhotonImage;
}

export async function photonPipeline(): Promise<Pipeline> {
  const { PhotonImage, SamplingFilter, resize } = await loadPeer<Photon>("@cf-wasm/photon");
  return async (file, task) => {
    const { width, height } = task.size;
    const picture = PhotonImage.new_from_byteslice(file);
    const scaled = resize(picture, width, height, SamplingFilter.Lanczos3);
    const bytes = usualOutput(task) === "raster" ? scaled.get_raw_pixels() : scaled.get_bytes_jpeg(QUALITY);
    picture.free();
    scaled.free();
    return { bytes };
  };
}
