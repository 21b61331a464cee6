import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { LocalWorker } from "../../scripts/local/worker.ts";
import { makeSamples } from "../../scripts/make-samples.ts";
import { asShown, blocksOf, examplesIn, hasCurl, printed } from "../support/documents.ts";
import { startBundled } from "../support/local.ts";

const BLOCKS = blocksOf("docs/catalogs.md");

/** The files that the document shows, by their paths below `$FILES`. */
const SHOWN = BLOCKS.flatMap(({ language, text }) => {
  const [kind, path] = language.split(" ");
  return path !== undefined && (kind === "ini" || kind === "tsv") ? [{ path, text }] : [];
});

/** What stands for the pictures of the document. */
const PICTURES = { "quay.jpg": "harbour.jpg", "lamp.png": "lantern.png" } as const;

const UPLOAD =
  /^npx wrangler r2 object put "fixative-(sources|saves)\/([^"]+)" (?:--file "\$FILES\/([^"]+)"|--pipe) --remote/;

interface Upload {
  readonly bucket: "sources" | "saves";
  readonly key: string;
  /** Undefined for an empty object. */
  readonly file: string | undefined;
}

/** What the uploads of the document put where. */
const UPLOADS = BLOCKS.filter(({ language }) => language === "sh upload").flatMap(({ text }) =>
  text
    .trimEnd()
    .split("\n")
    .map((line): Upload => {
      const [, bucket, key = "", file] = UPLOAD.exec(line) ?? [];
      if (bucket !== "sources" && bucket !== "saves") throw new Error(`no upload: ${line}`);
      return { bucket, key, file };
    }),
);

test("The migration shows every file that it uploads.", () => {
  const shown = SHOWN.map(({ path }) => path);
  const pictures = Object.keys(PICTURES).map((name) => `pictures/kiosk/${name}`);
  const uploaded = UPLOADS.flatMap(({ file }) => file ?? []);
  expect([...uploaded].sort()).toEqual([...shown, ...pictures].sort());
});

describe.skipIf(!hasCurl())("docs/catalogs.md (where curl is installed)", () => {
  const files = mkdtempSync(join(tmpdir(), "fixative-catalogs-"));
  let worker: LocalWorker;
  beforeAll(async () => {
    for (const { path, text } of SHOWN) {
      mkdirSync(join(files, dirname(path)), { recursive: true });
      // As they come from a Windows machine.
      writeFileSync(join(files, path), Buffer.from(text.replaceAll("\n", "\r\n"), "latin1"));
    }
    const samples = await makeSamples();
    mkdirSync(join(files, "pictures/kiosk"), { recursive: true });
    for (const [name, sample] of Object.entries(PICTURES)) {
      const from = samples.find((path) => path.endsWith(sample)) ?? sample;
      copyFileSync(from, join(files, "pictures/kiosk", name));
    }
    worker = await startBundled({ vars: { SAVE_TOKEN: "a secret", ErrorDetail: "2", CatalogRefresh: "0" } });
  });
  afterAll(async () => {
    await worker.stop();
    rmSync(files, { recursive: true });
  });

  // In one test: the files are mended, then uploaded, then asked for.
  test("every example gives what it shows", async () => {
    const env = { FILES: files, FIXATIVE: worker.url.origin, SAVE_TOKEN: "a secret" };
    const examples = examplesIn(BLOCKS, "console");
    const before = examples.filter(({ command }) => !command.includes("curl"));
    const behind = examples.filter(({ command }) => command.includes("curl"));
    expect([before.length, behind.length]).toEqual([3, 4]);
    for (const [index, example] of [...before, ...behind].entries()) {
      if (index === before.length) await upload();
      const got = await printed(example.command, env);
      expect(`$ ${example.command}\n${got}`).toMatch(asShown(example));
    }
  });

  /** Into the local buckets what the document puts into those of Cloudflare. */
  async function upload(): Promise<void> {
    for (const { bucket, key, file } of UPLOADS) {
      await worker[bucket].put(key, file === undefined ? new Uint8Array() : readFileSync(join(files, file)));
    }
  }
});
