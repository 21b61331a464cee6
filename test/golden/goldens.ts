import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { rgbaPng } from "../../scripts/samples/png.ts";
import type { Raster } from "../../src/pixels/raster.ts";
import { pngPixels } from "../support/pixels.ts";
import { complaintOf, differencePicture, type Tolerance } from "./difference.ts";
import type { Renderer } from "./rendering.ts";

/** A URL, and the picture that it has always had. */
export interface Golden {
  /** `wid/half`: its command, and its name. */
  readonly id: string;
  readonly command: string;
  readonly url: string;
  /** One sentence: what is to be seen, and what would be wrong otherwise. */
  readonly why: string;
  readonly tolerance: Tolerance;
}

/** An entry of `commands/<command>/goldens.json`. */
interface Entry {
  readonly name: string;
  readonly url: string;
  readonly why: string;
  readonly tolerance?: Tolerance;
}

/** The kernels compute alike everywhere; a level at a few places is left to changes that mean to change nothing. */
const TOLERANCE: Tolerance = { mean: 0.01, max: 1 };

const FOLDER = join(import.meta.dirname, "commands");
/** Nothing in there is kept (.gitignore). */
const FAILED = join(import.meta.dirname, "failed");
const ENTRIES = "goldens.json";

/** All of them, by command and in the order in which they are written. */
export function allGoldens(): readonly Golden[] {
  return readdirSync(FOLDER)
    .toSorted()
    .flatMap((command) => {
      const entries = JSON.parse(readFileSync(join(FOLDER, command, ENTRIES), "utf8")) as readonly Entry[];
      return entries.map(({ name, ...entry }) => ({
        tolerance: TOLERANCE,
        ...entry,
        command,
        id: `${command}/${name}`,
      }));
    });
}

/** The ids of all pictures that are there. */
export function allPictures(): readonly string[] {
  return readdirSync(FOLDER, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".png"))
    .map((path) => path.slice(0, -".png".length))
    .toSorted();
}

/** The file of a golden picture: what the URL gives, decoded, as a PNG, whatever it is encoded in. */
export function pictureFile({ id }: Pick<Golden, "id">): string {
  return join(FOLDER, `${id}.png`);
}

/** The picture that is wanted; undefined as long as there is none. */
function wantedPicture(golden: Golden): Raster | undefined {
  if (!existsSync(pictureFile(golden))) return undefined;
  const { width, height, data } = pngPixels(readFileSync(pictureFile(golden)));
  return { size: { width, height }, data: Uint8Array.from(data) };
}

/** What became of a golden picture. */
export interface Outcome {
  readonly golden: Golden;
  readonly got: Raster;
  readonly wanted: Raster | undefined;
  /** Undefined where it is as it was. */
  readonly complaint: string | undefined;
}

export async function outcomeOf(golden: Golden, render: Renderer): Promise<Outcome> {
  const got = await render(golden.url);
  const wanted = wantedPicture(golden);
  const complaint = wanted === undefined ? "has no picture yet" : complaintOf(got, wanted, golden.tolerance);
  return { golden, got, wanted, complaint };
}

/** Leaves what is to be looked at in failed/: what came out, and where it is other than it was; nothing where all is well. */
export function leaveBehind({ golden, got, wanted, complaint }: Outcome): void {
  const file = (kind: string) => join(FAILED, `${golden.id}.${kind}.png`);
  for (const kind of ["got", "diff"]) rmSync(file(kind), { force: true });
  if (complaint === undefined) return;
  writePicture(file("got"), got);
  if (wanted !== undefined) writePicture(file("diff"), differencePicture(got, wanted));
}

export function writePicture(path: string, { size, data }: Raster): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, rgbaPng(data, size.width, size.height));
}
