import { expect, test } from "vitest";
import { TEXTBOOK } from "../oracle/filters.ts";
import { oracleResample } from "../oracle/resample.ts";
import { describeCorpus } from "../support/corpus.ts";
import { roomyKernels } from "../support/guarded.ts";
import { pngPixels } from "../support/pixels.ts";
import { type Job, resample, wholeOf } from "../support/resampling.ts";

const kernels = roomyKernels();

/** Peak signal to noise of the colours, in dB, and the largest difference. A picture that is only rounded has 58.9. */
function likeness(got: Uint8Array, wanted: Float64Array): { readonly decibels: number; readonly most: number } {
  let squares = 0;
  let most = 0;
  for (let at = 0; at < wanted.length; at++) {
    if (at % 4 === 3) continue;
    const by = Math.abs((got[at] ?? 0) - (wanted[at] ?? 0));
    squares += by * by;
    most = Math.max(most, by);
  }
  return { decibels: 10 * Math.log10((255 * 255) / (squares / (wanted.length * 0.75))), most };
}

describeCorpus("kodak", (files) => {
  test.each(files)("$name shrunk 3 to 77 times is like the definition of the filter", (file) => {
    const { width, height, data } = pngPixels(file.read());
    const source = { size: { width, height }, data: Uint8Array.from(data) };
    for (const shrink of [3.1, 5.04, 6.5, 8.2, 12.3, 19.7, 76.8]) {
      for (const filter of ["sharp2", "bicub"] as const) {
        const size = { width: Math.round(width / shrink), height: Math.round(height / shrink) };
        const job: Job = { window: wholeOf(source), size, filter };
        const wanted = oracleResample(source, { ...job, filter: TEXTBOOK[filter] });

        const exact = likeness(resample(source, job, kernels).data, wanted);
        expect(exact.decibels, `exact, ${filter} ${shrink}`).toBeGreaterThan(58);
        expect(exact.most).toBeLessThan(0.55);

        const boxed = likeness(resample(source, { ...job, exact: false }, kernels).data, wanted);
        expect(boxed.decibels, `with boxes, ${filter} ${shrink}`).toBeGreaterThan(50);
      }
    }
  });
});
