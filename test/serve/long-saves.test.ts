import { beforeEach, expect, test } from "vitest";
import { SAVE_ID } from "../../src/store/own-object.ts";
import { pngOf, quarters } from "../support/charts.ts";
import { bucketWith } from "../support/doubles.ts";
import { engineOfPieces } from "../support/engine-of-pieces.ts";
import { cut, fileOf, isSame, MIB } from "../support/long-files.ts";
import { ask, buckets, properties, site } from "../support/site.ts";

const KEY = "renditions/long.png";
const PART = 5 * MIB;

beforeEach(async () => {
  await buckets.SOURCES.put("quarters.png", pngOf(quarters(100, 60)));
  await buckets.SAVES.put("renditions/", "");
  await buckets.SAVES.delete(KEY);
});

/** Saves such a file on the local R2, which is told how; the parts that it got, and how it answered. */
async function saved(file: Uint8Array, vars: Readonly<Record<string, string>> = {}, path = "quarters?wid=20") {
  const parts: number[] = [];
  const noted = bucketWith(buckets.SAVES, {
    async createMultipartUpload(key: string, options: R2MultipartOptions) {
      const upload = await buckets.SAVES.createMultipartUpload(key, options);
      return {
        key,
        uploadId: upload.uploadId,
        uploadPart(number: number, part: Uint8Array) {
          parts.push(part.length);
          return upload.uploadPart(number, part);
        },
        complete: (all: R2UploadedPart[]) => upload.complete(all),
        abort: () => upload.abort(),
      };
    },
  });
  // Pieces of a length that no part is a multiple of.
  const engine = engineOfPieces(site().engine, cut(file, 77_777));
  const on = site({ SaveEffort: "fast", ...vars }, { saves: noted, engine });
  const answer = await properties(await ask(`${path}&fmt=png&req=saveToFile&name=long.png`, {}, on));
  return { answer, parts };
}

// Source: save-contract "Two outcomes", 1; "The object".
test.each([
  [PART + 1, [PART, 1]],
  [2 * PART, [PART, PART]],
  [12 * MIB, [PART, PART, 2 * MIB]],
])("a file of %i bytes lies on R2 as it was made, in parts of 5 MiB, with its metadata", async (length, wanted) => {
  const file = fileOf(length);
  const { answer, parts } = await saved(file);
  expect(parts).toEqual(wanted);
  const object = await buckets.SAVES.get(KEY);
  if (object === null) throw new Error("nothing is there");
  expect(answer).toMatchObject({
    ...{ outcome: "#S7Z OK", status: "done", size: `${length}`, type: "image/png", etag: object.etag },
    ...{ width: "20", height: "12", lastUpdated: `${object.uploaded.getTime()}` },
  });
  expect(object.httpMetadata).toMatchObject({ contentType: "image/png", cacheControl: "public, max-age=60" });
  const { [SAVE_ID]: saveId, ...metadata } = object.customMetadata ?? {};
  expect(saveId).toMatch(/^[0-9a-f-]{36}$/);
  expect(metadata).toMatchObject({
    request: "quarters?fmt=png&wid=20",
    source: "quarters.png",
    width: "20",
    height: "12",
  });
  expect(object.checksums.sha256).toBeUndefined();
  expect(isSame(new Uint8Array(await object.arrayBuffer()), file)).toBe(true);
});

test.each([1, PART - 1, PART])("a file of %i bytes is put at once, with its SHA-256", async (length) => {
  const file = fileOf(length);
  const { answer, parts } = await saved(file);
  expect([answer.status, parts]).toEqual(["done", []]);
  const there = await buckets.SAVES.head(KEY);
  expect(there?.checksums.sha256).toEqual(await crypto.subtle.digest("SHA-256", file));
});

// Source: save-contract "The object".
test("what does not fit in the metadata of a long file is kept before it", async () => {
  const path = `quarters?wid=20&$v=${"v".repeat(2500)}&text=$v$`;
  const { answer } = await saved(fileOf(6 * MIB), {}, path);
  expect(answer.status).toBe("done");
  const metadata = (await buckets.SAVES.head(KEY))?.customMetadata ?? {};
  expect(metadata).not.toHaveProperty("request");
  const document = await buckets.SAVES.get(`renditions/.provenance/${metadata["request-sha256"]}`);
  expect(await document?.text()).toContain("wid=20");
});

// Source: save-contract "Two outcomes", 6.
test("of two long saves to one key at once each tells of its own bytes, and one of them stays whole", async () => {
  const files = [fileOf(6 * MIB), fileOf(7 * MIB)] as const;
  const answers = await Promise.all(files.map((file) => saved(file)));
  expect(answers.map(({ answer }) => [answer.status, answer.size])).toEqual([
    ["done", `${6 * MIB}`],
    ["done", `${7 * MIB}`],
  ]);
  const object = await buckets.SAVES.get(KEY);
  const bytes = new Uint8Array((await object?.arrayBuffer()) ?? []);
  expect(files.some((file) => isSame(file, bytes))).toBe(true);
  expect(answers.map(({ answer }) => answer.etag)).toContain(object?.etag);
});
