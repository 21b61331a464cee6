import { describe, expect, test } from "vitest";
import { mozjpegEncoding } from "../../src/codec/foreign/mozjpeg.ts";
import { Shelf } from "../../src/codec/foreign/reusable.ts";
import { Kernels } from "../../src/pixels/kernels.ts";
import { partsOf } from "../support/jpeg-segments.ts";
import { mozjpegFor } from "../support/outputs.ts";
import { noise } from "../support/pictures.ts";
import { MODULES } from "../support/wasm-modules.ts";

/** It does not touch them. */
const KERNELS = new Kernels(MODULES.kernels);
const encoder = mozjpegEncoding(MODULES.mozjpegEncoder, new Shelf());
const SOF0 = 0xc0;
const SOF2 = 0xc2;
const SOS = 0xda;

async function markers(modifiers: string): Promise<{ readonly frame: number | undefined; readonly scans: number }> {
  const file = await encoder.encode(noise({ width: 40, height: 30 }, 1, true), mozjpegFor(modifiers), KERNELS);
  const all = partsOf(file).map(({ marker }) => marker);
  return {
    frame: all.find((marker) => marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4),
    scans: all.filter((marker) => marker === SOS).length,
  };
}

describe("the frame marker and the number of scans", () => {
  // With the lowest qualities quantisers would no longer fit into a baseline file.
  test.each(["fmt=jpeg", "fmt=jpg", "qlt=1", "qlt=100,1", "fmt=jpeg,gray&qlt=1"])(
    "%s: baseline, in one scan",
    async (modifiers) => {
      expect(await markers(modifiers)).toEqual({ frame: SOF0, scans: 1 });
    },
  );

  test.each(["fmt=pjpeg", "fmt=pjpg", "fmt=p-jpg", "fmt=pjpeg&qlt=1", "fmt=pjpeg,gray"])(
    "%s: progressive, in several",
    async (modifiers) => {
      const { frame, scans } = await markers(modifiers);
      expect(frame).toBe(SOF2);
      expect(scans).toBeGreaterThan(1);
    },
  );
});
