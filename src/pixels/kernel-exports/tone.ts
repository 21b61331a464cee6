/** wasm/kernels/tone; every argument that names a place is a byte address, and a plane is `vectors` of four pixels. */
export interface ToneKernels {
  splitPixels(pixels: number, count: number, planes: number): void;
  levelPlane(plane: number, vectors: number, curve: number): void;
  lumaPlane(planes: number, vectors: number): void;
  rampPlanes(planes: number, vectors: number, red: number, green: number, blue: number): void;
  huePlanes(planes: number, vectors: number, turn: number): void;
  saturatePlanes(planes: number, vectors: number, factor: number): void;
  joinPixels(planes: number, pixels: number, count: number): void;
}
