/** What Workers have and the DOM's types have not. In Node the bench renders without pauses, and never calls it. */
interface Scheduler {
  wait(milliseconds: number, options?: { readonly signal?: AbortSignal }): Promise<void>;
}
