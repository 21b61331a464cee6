import sharp from "sharp";
import type { Raster } from "../../src/pixels/raster.ts";
import { withoutCatalogs } from "../../src/protocol/catalog-view.ts";
import { readObject } from "../../src/protocol/path.ts";
import { plannedCommands } from "../../src/protocol/planned.ts";
import { describe } from "../../src/protocol/problem.ts";
import { readRequest } from "../../src/protocol/read.ts";
import type { ImageRequest } from "../../src/protocol/request.ts";
import { Deadline } from "../../src/render/deadline.ts";
import { engineOf } from "../../src/render/engine.ts";
import { Stopwatch } from "../../src/render/stopwatch.ts";
import { wholeFile } from "../../src/serve/file-pieces.ts";
import { makePicture, type PictureSite } from "../../src/serve/picture.ts";
import { readSettings } from "../../src/settings/settings.ts";
import { withoutAny } from "../support/catalogs.ts";
import { pixelsOf } from "../support/pixels.ts";
import { MODULES } from "../support/wasm-modules.ts";
import { memoryBucket } from "./bucket.ts";

const PATIENCE_MS = 60_000;
const MACROS = { catalogs: withoutCatalogs(new Map()), unknownMacro: "error" } as const;

/** What Workers have, and Node has elsewhere. */
if (!("scheduler" in globalThis)) {
  Object.assign(globalThis, { scheduler: { wait: (delay: number) => new Promise((done) => setTimeout(done, delay)) } });
}

/** Makes the picture of a URL, as the Worker makes it, and decodes the reply. */
export type Renderer = (url: string) => Promise<Raster>;

/** @param vars settings as they stand in wrangler.toml */
export function rendererOn(
  sources: ReadonlyMap<string, Uint8Array>,
  vars: Readonly<Record<string, string>> = {},
): Renderer {
  const bucket = memoryBucket(sources);
  const site: PictureSite = {
    ...withoutAny(readSettings(vars)),
    sources: bucket,
    engine: engineOf(MODULES),
  };
  return async (url) => {
    const deadline = new Deadline(Date.now(), PATIENCE_MS, "imageTimeout");
    try {
      return await makePicture(askedBy(url), site, { deadline, watch: new Stopwatch() }, async (made) => {
        const bytes = await wholeFile(made);
        if (made.warnings.size > 0) throw new Error([...made.warnings].join("; "));
        return decoded(bytes);
      });
    } finally {
      deadline.end();
    }
  };
}

/**
 * The request of a URL.
 *
 * @throws Error where a part of it is wrong, or would be passed over: the picture would not show what the URL says
 */
export function askedBy(text: string): ImageRequest {
  const url = new URL(text, "https://pictures.example");
  const object = readObject(url.pathname);
  if (object === undefined) throw new Error(`${text} is not below /is/image`);
  const asked = readRequest(object, url.search.slice(1), MACROS);
  const passedOver = plannedCommands(asked).map((name) => `${name} is not built yet`);
  const unknown = asked.notes.map(({ name, says }) => `${name}: ${says}`);
  const complaints = [...asked.problems.map(describe), ...passedOver, ...unknown];
  if (complaints.length > 0) throw new Error(`${text}: ${complaints.join("; ")}`);
  return asked;
}

/** Decoded by libraries that share no code with the Worker; for WebP there is but one, libwebp. */
async function decoded(file: Uint8Array): Promise<Raster> {
  if (/^RIFF/.test(String.fromCharCode(...file.subarray(0, 4)))) {
    const { data, info } = await sharp(file).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
    return { size: { width: info.width, height: info.height }, data: Uint8Array.from(data) };
  }
  const { width, height, data } = pixelsOf(Buffer.from(file));
  return { size: { width, height }, data: Uint8Array.from(data) };
}
