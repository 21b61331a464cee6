/**
 * `npm run samples`: computes the sample pictures into samples/. All of them come out of mathematics alone, so nothing
 * has to be downloaded, every pixel is the project's own, and the same bytes come out on every machine.
 *
 * A picture that is newer than everything it is made by stays; `--force` makes all of them again.
 */
import { mkdirSync, readdirSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { badge } from "./samples/badge.ts";
import { badgeDisc } from "./samples/badge-disc.ts";
import { harbour } from "./samples/harbour.ts";
import { lantern } from "./samples/lantern.ts";

interface Options {
  /** Makes pictures again that are up to date. */
  readonly force?: boolean;
  readonly log?: (line: string) => void;
}

const SAMPLES = [
  { name: "harbour.jpg", make: harbour },
  { name: "lantern.png", make: lantern },
  { name: "badge.png", make: badge },
  { name: "badge-disc.png", make: badgeDisc },
] as const;

/** What the samples are called, whether or not they have been made. */
export const SAMPLE_NAMES: readonly string[] = SAMPLES.map(({ name }) => name);

const OUTPUT = join(import.meta.dirname, "../samples");
const MAKERS = join(import.meta.dirname, "samples");

/** Makes what is missing or out of date; returns the absolute paths of all samples. */
export async function makeSamples({ force = false, log = () => {} }: Options = {}): Promise<string[]> {
  mkdirSync(OUTPUT, { recursive: true });
  const makersChanged = Math.max(changed(import.meta.filename), ...sources().map(changed));
  const paths: string[] = [];
  for (const { name, make } of SAMPLES) {
    const path = join(OUTPUT, name);
    paths.push(path);
    if (!force && changed(path) > makersChanged) continue;
    const start = performance.now();
    const bytes = await make();
    replace(path, bytes);
    log(`samples/${name}: ${bytes.length} bytes in ${((performance.now() - start) / 1000).toFixed(1)} s`);
  }
  return paths;
}

function sources(): string[] {
  return readdirSync(MAKERS, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => join(MAKERS, path));
}

/** 0 for what is not there. */
function changed(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** Two processes may do this at once, and a third read meanwhile: under its name a file is always whole. */
function replace(path: string, bytes: Uint8Array): void {
  const unfinished = `${path}.${process.pid}.tmp`;
  writeFileSync(unfinished, bytes);
  renameSync(unfinished, path);
}

if (import.meta.main) await makeSamples({ force: process.argv.includes("--force"), log: console.log });
