import { beforeEach, describe, expect, test } from "vitest";
import { pixelAt, pngOf, quarters, readPng } from "../support/charts.ts";
import { picture } from "../support/pictures.ts";
import { ask, buckets } from "../support/site.ts";

const RED = [255, 0, 0, 255];

async function shown(path: string) {
  const reply = await ask(path);
  expect([reply.status, await reply.clone().text()]).toEqual([200, expect.anything()]);
  return readPng(new Uint8Array(await reply.arrayBuffer()));
}

beforeEach(async () => {
  await buckets.SOURCES.put("quarters.png", pngOf(quarters(40, 40)));
  await buckets.SOURCES.put("other.png", pngOf(picture({ width: 8, height: 8 }, () => [9, 8, 7, 255])));
  // Visible on the left only.
  await buckets.SOURCES.put("left.png", pngOf(picture({ width: 4, height: 4 }, (x) => [0, 0, 0, x < 2 ? 255 : 0])));
});

describe("the sources of layer 0", () => {
  test("src takes the place of the object of the path, which then need not exist", async () => {
    expect(pixelAt(await shown("nowhere?src=other&fmt=png"), 3, 3)).toEqual([9, 8, 7, 255]);
    expect(pixelAt(await shown("?src=other&fmt=png"), 3, 3)).toEqual([9, 8, 7, 255]);
    expect(pixelAt(await shown("quarters?src=/other&fmt=png"), 3, 3)).toEqual([9, 8, 7, 255]);
    expect(pixelAt(await shown("?layer=0&src=$thing$&$thing=other&fmt=png"), 3, 3)).toEqual([9, 8, 7, 255]);
  });

  test("mask hides what it does not show, whatever its size", async () => {
    const masked = await shown("quarters?mask=left&resMode=bilin&fmt=png-alpha");
    expect(masked.size).toEqual({ width: 40, height: 40 });
    expect(pixelAt(masked, 5, 5)).toEqual(RED);
    expect(pixelAt(masked, 35, 5)).toEqual([0, 255, 0, 0]);
    expect(pixelAt(await shown("quarters?mask=left&resMode=bilin&bgc=0000ff&fmt=png"), 35, 5)).toEqual([
      0, 0, 255, 255,
    ]);
    expect(pixelAt(await shown("quarters?mask=left&resMode=bilin&maskUse=invert&fmt=png-alpha"), 5, 5)[3]).toBe(0);
  });

  test("a mask that does not exist is missed only where it is used", async () => {
    const reply = await ask("quarters?mask=nowhere");
    expect(reply.status).toBe(403);
    expect(await reply.text()).toContain('The picture does not exist: looked for "nowhere"');
    expect((await ask("quarters?mask=nowhere&maskUse=off")).status).toBe(200);
  });
});
