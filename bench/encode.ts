import { startBenchWorker } from "./bench-worker.ts";
import { ENCODE_CASES, type EncodeCase, PICTURES, type PictureName } from "./encode-cases.ts";
import { type EncodeBench, type EncodeMeasured, measuredEncoding } from "./encode-measure.ts";
import { type Pixels, pixelsOf } from "./encode-pixels.ts";
import { makeSources } from "./make-sources.ts";
import { ratioText } from "./pairs.ts";
import { type Bar, listText, type Options, type Part, progress, table, unchecked } from "./part.ts";
import { installPeers } from "./peers/load.ts";
import { loadSharp } from "./peers/sharp.ts";
import { textOf } from "./runners.ts";

/** Our encoders and nothing else of a render, in workerd, against sharp's. */
export const encode: Part = {
  title: "Encoding",
  async run(options) {
    const notes = [installPeers(), ...(await makeSources())].filter((note) => note !== undefined);
    const bars: Bar[] = [];
    const rows: (readonly string[])[] = [];
    const worker = await startBenchWorker();
    try {
      const bench: EncodeBench = { worker, sharp: await loadSharp(), sent: new Set() };
      for (const picture of Object.keys(PICTURES) as PictureName[]) {
        const pixels = await pixelsOf(picture, bench.sharp);
        for (const one of ENCODE_CASES.filter((each) => each.picture === picture)) {
          const measured = await measuredOrWhyNot(one, pixels, bench, options);
          bars.push(...barsOf(one, measured));
          if (typeof measured !== "string") rows.push(rowOf(one, measured));
          else notes.push(`${titleOf(one)} was not encoded: ${measured}.`);
        }
      }
    } catch (cause) {
      bars.push(unchecked("encoding against sharp", textOf(cause)));
    } finally {
      await worker.stop();
    }
    return { markdown: [METHOD, table(HEAD, rows), listText(notes)].filter(Boolean).join("\n\n"), bars };
  },
};

async function measuredOrWhyNot(
  one: EncodeCase,
  pixels: Pixels,
  bench: EncodeBench,
  options: Options,
): Promise<EncodeMeasured | string> {
  progress(`encoding ${titleOf(one)}, against ${one.against}`);
  return measuredEncoding(one, pixels, bench, options).catch(textOf);
}

function titleOf({ name, picture }: EncodeCase): string {
  return `${picture} as ${name}`;
}

/** @param measured or why it was not */
export function barsOf(one: EncodeCase, measured: EncodeMeasured | string): readonly Bar[] {
  const { mostTime, mostBytes, against } = one;
  const what = `${titleOf(one)} in workerd, warm, from memory`;
  const wanted = [
    ...(mostTime === undefined ? [] : [{ name: `time of ${what}`, most: mostTime, barOf: timeBar }]),
    ...(mostBytes === undefined ? [] : [{ name: `length of ${what}`, most: mostBytes, barOf: lengthBar }]),
  ];
  return wanted.map(({ name, most, barOf }) => {
    if (typeof measured === "string") return unchecked(name, measured);
    return { name, wants: `≤ ${most} × sharp, ${against}`, ...barOf(measured, most) };
  });
}

function timeBar({ ours, sharp, ratio }: EncodeMeasured, most: number): Pick<Bar, "got" | "holds"> {
  const times = `${ours.ms.toFixed(1)} ms against ${sharp.ms.toFixed(1)} ms`;
  return { got: `${ratioText(ratio)} (${times})`, holds: ratio.lower <= most };
}

function lengthBar({ ours, sharp }: EncodeMeasured, most: number): Pick<Bar, "got" | "holds"> {
  const ratio = ours.bytes / sharp.bytes;
  return { got: `${ratio.toFixed(3)} (${ours.bytes} bytes against ${sharp.bytes})`, holds: ratio <= most };
}

const HEAD = ["picture", "ours", "sharp's", "ms", "sharp's ms", "ratio", "bytes / sharp's", "dB / sharp's"];

function rowOf({ picture, name, against }: EncodeCase, { ours, sharp, ratio }: EncodeMeasured): readonly string[] {
  return [
    ...[picture, name, against, ours.ms.toFixed(1), sharp.ms.toFixed(1), ratioText(ratio)],
    `${ours.bytes} / ${sharp.bytes}`,
    `${likenessText(ours.psnr)} / ${likenessText(sharp.psnr)}`,
  ];
}

function likenessText(decibels: number): string {
  return Number.isFinite(decibels) ? decibels.toFixed(2) : "the same";
}

const METHOD = `The 12 MP photograph, whole and scaled to 800 × 600, from pixels in memory to a file in memory: in workerd from RGBA,
64 rows at a time, by the encoders of replies and of saves; by sharp in Node from RGB, which spares it the alpha. Both are warm and
take turns; workerd's clock steps by whole milliseconds, so a sample is as many encodings as take 20 ms, for either as many.
JPEG has quality 80 and chroma halved both ways, PNG eight bits of red, green and blue. Ratios are of our time to
sharp's in the same round. *PNG, small* has no bar: it is for saves, which spend time to come out shorter, and stands beside what
saves of small pictures are encoded by, of the same pixels, so that what it costs and what it brings can be read. *dB* is the PSNR of the file, decoded again, to the pixels that were encoded.`;
