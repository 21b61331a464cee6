/** Gives memory back at once, not when the collector comes for it: nobody may look at it any more. Twice is as good as once. */
export function release({ buffer }: Uint8Array | Uint8ClampedArray): void {
  if (!(buffer as ArrayBuffer).detached) (buffer as ArrayBuffer).transfer(0);
}
