import { PIECE_BYTES } from "../../plan/delivery.ts";
import type { Stopwatch } from "../../render/stopwatch.ts";
import { logLine } from "../../resolve/log-line.ts";
import type { SavedFile } from "../../store/saves.ts";
import { type LongFile, uploadFile } from "../../store/upload.ts";
import { partsOf } from "../file-pieces.ts";
import type { Making, Picture } from "../picture.ts";
import type { CatalogSite } from "../site.ts";
import type { Visit } from "../visit.ts";

interface Uploading {
  readonly visit: Pick<Visit, "keepAlive">;
  readonly site: Pick<CatalogSite, "saves" | "telemetry" | "settings">;
  readonly making: Making;
}

/**
 * Saves a file that is longer than a piece, as it is made. An upload that may be open afterwards is one line in the log, with
 * what it takes to abort it.
 */
export function uploadPicture(
  { isMade }: Picture,
  pieces: Picture["pieces"],
  object: Omit<LongFile, "parts">,
  { visit, site, making }: Uploading,
): Promise<SavedFile> {
  const { saves, telemetry, settings } = site;
  const { deadline, watch } = making;
  const parts = timed(partsOf(pieces, PIECE_BYTES), watch, () => isMade(PIECE_BYTES));
  return uploadFile(saves, { ...object, parts }, deadline, settings.CommitGrace, {
    left: (upload) => telemetry.log(logLine({ event: "upload", ...upload })),
    keepAlive: (work) => visit.keepAlive(work),
  });
}

/** What it takes to make a part is the encoder's time, and what its taker does until the next one is the bucket's. */
async function* timed(
  parts: AsyncIterable<Uint8Array>,
  watch: Stopwatch,
  ended: () => void,
): AsyncGenerator<Uint8Array, void, undefined> {
  watch.lap("store");
  for await (const part of parts) {
    watch.lap("encode");
    yield part;
    watch.lap("store");
  }
  ended();
}
