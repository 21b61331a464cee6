import { describe, expect, test } from "vitest";
import { PIECE_BYTES } from "../../src/plan/delivery.ts";
import type { Output } from "../../src/plan/output.ts";
import { begunFile, partsOf } from "../../src/serve/file-pieces.ts";
import type { Picture } from "../../src/serve/picture.ts";
import { fileOf, isSame } from "../support/long-files.ts";

/** A picture of which nothing is but its pieces; what is said of its length, and how many pieces were asked for. */
function inPieces(lengths: readonly number[], asked?: number) {
  const noted = { made: [] as number[], asked: 0, back: [] as number[] };
  async function* pieces(): Picture["pieces"] {
    for (const length of lengths) {
      noted.asked++;
      yield new Uint8Array(length).fill(noted.asked);
    }
  }
  const isMade = (bytes: number) => void noted.made.push(bytes);
  const giveBack = (bytes: number) => void noted.back.push(bytes);
  const output: Partial<Output<"jpeg">> = { encoder: "jpeg", ...(asked !== undefined && { mostBytes: asked }) };
  const plan = { output } as Picture["plan"];
  const picture: Partial<Picture> = { plan, pieces: pieces(), isMade, giveBack };
  return { noted, picture: picture as Picture };
}

// Source: plan/delivery.ts.
describe("a file that is begun", () => {
  test.each([
    ["what was held of it", undefined, [PIECE_BYTES]],
    ["nothing where its size was asked: all of it is there to its end", 9 * PIECE_BYTES, []],
  ])("gives back, once that was taken, %s", async (_, asked, wanted) => {
    const { picture, noted } = inPieces([PIECE_BYTES, 1, 1], asked);
    const file = await begunFile(picture);
    if (file.is !== "long") throw new Error("whole");
    const back: number[][] = [];
    for await (const _ of file.pieces) back.push([...noted.back]);
    expect(back).toEqual([[], [], wanted]);
  });

  test.each([[[]], [[7]], [[3 * PIECE_BYTES]], [[PIECE_BYTES, 0]], [[1, PIECE_BYTES - 1]]])(
    "is whole where it comes at once or is no longer than a piece: %j",
    async (lengths) => {
      const { picture, noted } = inPieces(lengths);
      const file = await begunFile(picture);
      const length = lengths.reduce((sum, each) => sum + each, 0);
      expect(file.is === "whole" && file.bytes.length).toBe(length);
      expect(noted.made).toEqual([length]);
    },
  );

  test.each([
    [[PIECE_BYTES, 1, 1], 2],
    [[3 * PIECE_BYTES, 1, 5], 2],
    [[1, 1, PIECE_BYTES - 1, 4, 4], 3],
  ])("is long as soon as it is longer: %j, of which %i are made", async (lengths, made) => {
    const { picture, noted } = inPieces(lengths);
    const file = await begunFile(picture);
    expect([file.is, noted.asked, noted.made]).toEqual(["long", made, []]);
    if (file.is !== "long") return;
    const came: number[][] = [];
    for await (const { length, 0: first = 0 } of file.pieces) came.push([length, first]);
    expect(came).toEqual(lengths.map((length, at) => [length, at + 1]));
  });
});

// Source: Cloudflare, "R2 multipart upload": all parts but the last are of one length.
test.each([1, 9, 10, 11, 20, 21, 99, 100])(
  "a file of %i bytes is cut into parts of ten, whatever its pieces",
  async (length) => {
    const file = fileOf(length);
    for (const step of [1, 3, 10, 37, 100]) {
      async function* pieces() {
        for (let at = 0; at < length; at += step) yield file.subarray(at, at + step);
      }
      const parts: Uint8Array[] = [];
      for await (const part of partsOf(pieces(), 10)) parts.push(part.slice());
      expect(parts.slice(0, -1).every((part) => part.length === 10)).toBe(true);
      expect(parts).toHaveLength(Math.ceil(length / 10));
      expect(isSame(Uint8Array.from(parts.flatMap((part) => [...part])), file)).toBe(true);
    }
  },
);
