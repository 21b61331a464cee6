import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { ROOT } from "../scripts/local/bundle.ts";
import type { Raster } from "../src/pixels/raster.ts";
import { type JpegEncode, jsquashSmall, oursSmall } from "./jpeg-peers.ts";
import { ratioText, roundsOf } from "./pairs.ts";
import { type Bar, type Options, type Part, progress, table, unchecked } from "./part.ts";
import { lumaPlane, type Plane, psnr, ssim } from "./similarity.ts";
import { inRounds, median, pairwise, type Quartiles } from "./statistics.ts";

const CORPUS = join(ROOT, "../shared/corpus");
/** Folders of it, and what is not a photograph in colour there. */
const FOLDERS = ["photos", "kodak"];
const NOT_COLOUR = /^gray-/;
const SIDE = 800;

/** Qualities of theirs, and those of ours between which sizes are interpolated. */
const QUALITIES = [60, 75, 85];
const OWN_QUALITIES = [30, 40, 50, 58, 66, 72, 77, 82, 86, 90, 93, 95];
/** A phone's, 800 × 600 when it is scaled. */
const TIMED = /^phone-12mp/;
const TIMED_QUALITY = 80;

const SIZE_SHARE = 1.03;
const TIMES_AS_FAST = 8;

/** Files of small mode against those of MozJPEG: sizes where they are equally good, and the time that they take. */
export const jpegSizes: Part = {
  title: "Small JPEG files",
  async run(options) {
    const ours = oursSmall();
    const theirs = await jsquashSmall();
    const pictures = await photographs(options);
    const timed = pictures.find(({ name }) => TIMED.test(name)) ?? pictures[0];
    if (timed === undefined) {
      const why = "the corpus is not there";
      return { markdown: METHOD, bars: [PSNR_BAR, SSIM_BAR, TIME_BAR].map((name) => unchecked(name, why)) };
    }
    const found: Comparison[] = [];
    for (const picture of pictures) {
      progress(picture.name);
      found.push(...(await compared(picture, ours, theirs)));
    }
    const times = await timesOf(timed.raster, ours, theirs, options);
    const sameQuality = QUALITIES.map((quality) => {
      const these = found.filter((one) => one.quality === quality);
      return [
        String(quality),
        percent(geometricMean(these.map(({ atPsnr }) => atPsnr))),
        percent(geometricMean(these.map(({ atSsim }) => atSsim))),
        percent(geometricMean(these.map(({ same }) => same))),
        median(these.map(({ gain }) => gain)).toFixed(2),
      ];
    });
    const markdown = [
      METHOD,
      table(["quality", "at equal PSNR", "at equal SSIM", "at equal quality", "dB more then"], sameQuality),
      table(
        ["picture", "quality", "at equal PSNR", "at equal SSIM"],
        found.map(({ name, quality, atPsnr, atSsim }) => [name, String(quality), percent(atPsnr), percent(atSsim)]),
      ),
    ];
    const bars = [
      sizeBar(
        PSNR_BAR,
        found.map(({ atPsnr }) => atPsnr),
      ),
      sizeBar(
        SSIM_BAR,
        found.map(({ atSsim }) => atSsim),
      ),
      timeBar(times),
    ];
    return { markdown: markdown.join("\n\n"), bars };
  },
};

const PSNR_BAR = "small JPEG, size against MozJPEG at equal PSNR";
const SSIM_BAR = "small JPEG, size against MozJPEG at equal SSIM";
const TIME_BAR = "small JPEG, time of MozJPEG over ours";

const METHOD = `Ours is the small mode of our encoder: MozJPEG's quantisers and scans, coefficients weighed by what they cost. Theirs is
@jsquash/jpeg as it comes, with chroma halved both ways. The photographs of the corpus are scaled to ${SIDE} pixels. PSNR and SSIM
(windows of 8 × 8) are those of luma, of what libjpeg-turbo decodes. The size of ours at their PSNR is interpolated in the
logarithm between qualities, at their SSIM likewise, over −log10(1 − SSIM). Negative is smaller; means are geometric. The
time is that of the photograph of the phone at quality 80.`;

interface Picture {
  readonly name: string;
  readonly raster: Raster;
}

async function photographs({ quick }: Options): Promise<readonly Picture[]> {
  const paths = FOLDERS.flatMap((folder) => {
    const path = join(CORPUS, folder);
    return existsSync(path) ? readdirSync(path).map((name) => ({ name, path: join(path, name) })) : [];
  }).filter(({ name }) => !NOT_COLOUR.test(name));
  return Promise.all(
    paths.slice(0, quick ? 2 : paths.length).map(async ({ name, path }) => {
      const scaled = sharp(path).autoOrient().resize(SIDE, SIDE, { fit: "inside" }).removeAlpha().ensureAlpha().raw();
      const { data, info } = await scaled.toBuffer({ resolveWithObject: true });
      return { name, raster: { size: { width: info.width, height: info.height }, data: Uint8Array.from(data) } };
    }),
  );
}

/** A file: its bytes, and two measures of how good it is, both the larger the better. */
interface Point {
  readonly bytes: number;
  readonly psnr: number;
  readonly similarity: number;
}

interface Comparison {
  readonly name: string;
  readonly quality: number;
  /** Our size over theirs, and our PSNR less theirs at the same quality. */
  readonly atPsnr: number;
  readonly atSsim: number;
  readonly same: number;
  readonly gain: number;
}

async function compared({ name, raster }: Picture, ours: JpegEncode, theirs: JpegEncode) {
  const { width, height } = raster.size;
  const want = lumaPlane(width, height, raster.data);
  const curve: Point[] = [];
  for (const quality of OWN_QUALITIES) curve.push(await pointOf(ours(raster, quality), want));
  const found: Comparison[] = [];
  for (const quality of QUALITIES) {
    const their = await pointOf(theirs(raster, quality), want);
    const our = await pointOf(ours(raster, quality), want);
    found.push({
      ...{ name, quality },
      atPsnr: sizeAt(curve, "psnr", their.psnr) / their.bytes,
      atSsim: sizeAt(curve, "similarity", their.similarity) / their.bytes,
      same: our.bytes / their.bytes,
      gain: our.psnr - their.psnr,
    });
  }
  return found;
}

async function pointOf(file: Uint8Array, want: Plane): Promise<Point> {
  const got = lumaPlane(want.width, want.height, await sharp(file).raw().toBuffer());
  return { bytes: file.length, psnr: psnr(got, want), similarity: -Math.log10(1 - ssim(got, want)) };
}

/** The bytes at which a curve, better from point to point, is as good as this. */
function sizeAt(curve: readonly Point[], measure: "psnr" | "similarity", value: number): number {
  const above = Math.max(
    1,
    curve.findIndex((point) => point[measure] >= value),
  );
  const [from, to] = [curve[above - 1], curve[above]];
  if (from === undefined || to === undefined) return Number.NaN;
  const share = (value - from[measure]) / (to[measure] - from[measure]);
  return from.bytes * (to.bytes / from.bytes) ** share;
}

async function timesOf(raster: Raster, ours: JpegEncode, theirs: JpegEncode, options: Options): Promise<Quartiles> {
  const timed = (encode: JpegEncode) => async () => {
    const started = performance.now();
    encode(raster, TIMED_QUALITY);
    return performance.now() - started;
  };
  const runs = [timed(theirs), timed(ours)];
  await inRounds(runs, { most: 10, budgetMs: 0, least: 10 });
  const [their = [], our = []] = await inRounds(runs, roundsOf(options));
  return pairwise(their, our);
}

function geometricMean(numbers: readonly number[]): number {
  return Math.exp(numbers.reduce((sum, number) => sum + Math.log(number), 0) / numbers.length);
}

function percent(share: number): string {
  return `${share < 1 ? "−" : "+"}${Math.abs((share - 1) * 100).toFixed(1)} %`;
}

function sizeBar(name: string, shares: readonly number[]): Bar {
  const mean = geometricMean(shares);
  return { name, wants: `at most ${percent(SIZE_SHARE)}`, got: percent(mean), holds: mean <= SIZE_SHARE };
}

/** Fails when the upper quartile is below it: ours is what the time is divided by. */
function timeBar(times: Quartiles): Bar {
  return {
    name: TIME_BAR,
    wants: `at least ${TIMES_AS_FAST}`,
    got: ratioText(times),
    holds: times.upper >= TIMES_AS_FAST,
  };
}
