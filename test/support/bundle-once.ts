import { bundleWorker } from "../../scripts/local/bundle.ts";

/** Bundles the Worker before the tests that drive it over HTTP; they read what lies in dist/. */
export function setup(): void {
  bundleWorker();
}
