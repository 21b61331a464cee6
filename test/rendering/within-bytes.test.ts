import { expect, test } from "vitest";
import { pngOf } from "../support/charts.ts";
import { noise } from "../support/pictures.ts";
import { type Diary, jpegOfBytes } from "../support/row-encoders.ts";
import { REAL, rendered } from "./rendered.ts";

const source = pngOf(noise({ width: 30, height: 20 }, 1, true));

/** Asks for at most two kilobytes of files that have so many bytes a quality. */
async function asked(modifiers: string, bytesFor: (quality: number) => number, diary: Diary, roomUpTo?: number) {
  const jpeg = jpegOfBytes(bytesFor, diary, roomUpTo);
  return rendered(source, `jpegSize=2&${modifiers}`, { ...REAL, encoders: { ...REAL.encoders, jpeg } });
}

/** Source: protocol.md 3.1 (jpegSize), A-66. */
test("the file has the highest quality, up to that of qlt=, of which it has no more than so many times 1,024 bytes", async () => {
  for (const qlt of [1, 2, 3, 64, 65, 100]) {
    for (const highest of [1, 2, 3, 32, 63, 64, 65, 80, 96, 97, 99, 100].filter((quality) => quality <= qlt)) {
      const diary: Diary = { begun: [], made: [] };
      const { file, readings } = await asked(`qlt=${qlt}`, (quality) => (quality <= highest ? 2048 : 2049), diary);
      expect([qlt, highest, file.length, file[0]]).toEqual([qlt, highest, 2048, highest]);
      expect(diary.begun.length).toBeLessThanOrEqual(7);
      expect(readings).toBe(1);
    }
  }
});

test("chroma stays as it was asked for", async () => {
  const diary: Diary = { begun: [], made: [] };
  await asked("qlt=70,1", (quality) => quality * 100, diary);
  expect(diary.begun.every(({ fullChroma }) => fullChroma)).toBe(true);
});

test("a quality that is too high is given up as soon as that is known", async () => {
  const diary: Diary = { begun: [], made: [] };
  await asked("qlt=100", (quality) => quality * 1000, diary);
  expect(Math.max(...diary.made)).toBeLessThanOrEqual(2048 + 100);
});

test("what does not fit at quality 1 is refused, with the smallest that would have been possible", async () => {
  const diary: Diary = { begun: [], made: [] };
  await expect(asked("qlt=90", (quality) => 5000 + quality, diary)).rejects.toMatchObject({
    code: "jpegTooLarge",
    detail: "jpegSize: wants at least 5 for this picture, which has 5001 bytes at quality 1, got 2",
    mayBeTold: true,
  });
  expect(diary.begun.length).toBeLessThanOrEqual(7);
});

test("from the quality on at which several scans are too much there is one scan, and a warning where the file has it", async () => {
  const one: Diary = { begun: [], made: [] };
  const written = await asked("fmt=pjpeg&qlt=80", (quality) => quality * 10, one, 70);
  expect(one.begun.at(-1)).toMatchObject({ scans: "sequential", quality: 80 });
  expect(written.warnings).toHaveLength(1);

  const several: Diary = { begun: [], made: [] };
  const lower = await asked("fmt=pjpeg&qlt=80", (quality) => quality * 32, several, 70);
  expect(lower.file[0]).toBe(64);
  expect(lower.warnings).toEqual([]);
});
