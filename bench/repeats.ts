/** A sample lasts at least so long: workerd's clock steps by whole milliseconds. */
const SAMPLE_MS = 20;

/** How often something is done in one sample: `ms` is what it takes once, and may have been too little to be seen. */
export function repeatsOf(ms: number): number {
  return Math.ceil(SAMPLE_MS / Math.max(1, ms));
}
