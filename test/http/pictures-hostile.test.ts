import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { LOCAL_VARS, type LocalWorker } from "../../scripts/local/worker.ts";
import { ask, form } from "../support/ask.ts";
import { contentsOf, SAVE_PATH, startBundled } from "../support/local.ts";
import { jpegFile, pngFile, pngPixels, testPattern } from "../support/pixels.ts";
import { randomNumbers } from "../support/random.ts";
import { answerOf, refusedOf, refusedPictureOf, savePath } from "../support/save.ts";

const PATTERN = testPattern(80, 60);
const HOLES = { ...PATTERN, data: PATTERN.data.map((sample, at) => (at % 4 === 3 ? (at * 7) % 256 : sample)) };

/** Made by the Worker itself, of the sources above. */
const MADE: readonly (readonly [key: string, query: string])[] = [
  ["progressive.jpg", "/is/image/photo?fmt=pjpeg"],
  ["gray.jpg", "/is/image/photo?fmt=jpeg,gray"],
  ["lossy.webp", "/is/image/photo?fmt=webp"],
  ["lossless.webp", "/is/image/holes?fmt=webp-alpha,rgb,lossless"],
];
const OBJECTS = ["photo", "holes", "progressive", "gray", "lossy", "lossless"];

async function startFilled(): Promise<LocalWorker> {
  const started = await startBundled({ vars: LOCAL_VARS });
  await started.sources.put("photo.jpg", jpegFile(PATTERN));
  await started.sources.put("holes.png", pngFile(HOLES));
  await started.saves.put(`${SAVE_PATH}/`, "");
  for (const [key, query] of MADE) await started.sources.put(key, (await ask(started.url, query)).body);
  return started;
}

let worker: LocalWorker;
beforeAll(async () => {
  worker = await startFilled();
});
afterAll(() => worker?.stop());

/** A command that cannot be carried out, and what its refusal must contain. */
const BAD: readonly (readonly [query: string, ...says: readonly string[]])[] = [
  ["rgn=1,2,3", "rgn: wants height", "got nothing"],
  ["rgn=0,0,0,5", "rgn: wants width", '"0"'],
  ["rgn=2147483649,0,1,1", "rgn: wants x", '"2147483649"'],
  ["rect=0,0,1,1,0", "rect: wants scale", '"0"'],
  ["rect=0,0,100000,1", "100000 × 1", "at most 65500 pixels a side"],
  ["rgn=0,0,1,1&scl=0.00009", "11111 × 11111", "at most 1", "000000 pixels"],
  ["dpr=on,0", "dpr: wants ratio", '"0"'],
  ["crop=0,0,-1,1", "crop: wants width", '"-1"'],
  ["cropN=0,0,x,1", "cropN: wants width", '"x"'],
  ["scale=1e-400", "scale: wants a number > 0", '"1e-400"'],
  ["scale=1e9", "at most 1000000000 pixels a side"],
  ["res=0", "res: wants a number > 0", '"0"'],
  ["size=2000000000,0", "2000000000 × 1500000000", "at most 1000000000 pixels a side"],
  ["flip=xy", "flip: wants one of lr, ud, lrud", '"xy"'],
  ["rotate=1e999", "rotate: wants a number", '"1e999"'],
  ["extend=-100,0,0,0", "extend: wants something of the layer left", "-20 × 60"],
  ["extendN=-1,0,0,0", "extendN: wants something of the layer left", "0 × 60"],
  ["extend=2147483647,0,0,0", "2147483727 × 60", "at most 1000000000 pixels a side"],
  ["anchor=1", "anchor: wants y", "got nothing"],
  ["color=zzz", "color: wants a colour", '"zzz"'],
  ["bgColor=300,0,0", "bgColor: wants a colour", '"300,0,0"'],
  ["opac=50,101", "opac: wants fill", '"101"'],
  ["mask=missing", "does not exist", '"missing.png"'],
  ["mask=..%2fholes", "mask: wants an object without .. elements", '"../holes"'],
  ["maskUse=yes", "maskUse: wants one of norm, invert, off", '"yes"'],
  ["src=", "src: wants an object", "got nothing"],
  ["op_blur=101", "op_blur: wants a number 0..100", '"101"'],
  ["op_blur=NaN", "op_blur: wants a number 0..100", '"NaN"'],
  ["op_sharpen=2", "op_sharpen: wants 0 or 1", '"2"'],
  ["op_usm=1,251", "op_usm: wants radius", '"251"'],
  ["op_usmR=6", "op_usmR: wants amount", '"6"'],
  ["op_contrast=1.5", "op_contrast: wants a whole number -100..100", '"1.5"'],
  ["op_hue=181", "op_hue: wants a whole number -180..180", '"181"'],
  ["op_colorbalance=1,2", "op_colorbalance: wants blue", "got nothing"],
  ["op_colorize=ff0000,norm,101", "op_colorize: wants contrast", '"101"'],
  ["layer=1&op_blur=101", "op_blur: wants a number 0..100", '"101"'],
  ["effect=1&op_blur=101", "op_blur: wants a number 0..100", '"101"'],
  ["effect=0", "effect: wants a whole number other than 0", '"0"'],
  ["fmt=webp,gray", "fmt: wants rgb for webp", '"gray"'],
  ["fmt=webp&wid=16384&hei=1&fit=stretch,1", "16384 × 1", "at most 16383 pixels a side"],
  ["wid=3900&hei=3900&fit=stretch,1&op_blur=100&fmt=webp", "bytes (source 0, kernels ", "at most 104857600"],
  [
    "scale=50&rgn=500,500,2900,2900&rotate=33&layer=0&op_usmR=1,250&fmt=webp",
    "bytes (source 0, kernels ",
    "at most 104857600",
  ],
];

describe("What cannot be carried out", () => {
  beforeEach(async () => {
    const before = await contentsOf(worker.saves);
    return async () => expect(await contentsOf(worker.saves)).toEqual(before);
  });

  test.each(BAD)("as %s is refused by name, shown, planned and saved alike.", async (query, ...says) => {
    const messages = [
      refusedPictureOf(await ask(worker.url, `/is/image/photo?${query}`)),
      refusedPictureOf(await ask(worker.url, `/is/image/photo?${query}&req=plan`)),
      refusedPictureOf(await ask(worker.url, "/is/image/photo", form(query))),
      refusedOf(await ask(worker.url, savePath("photo", query, "bad.jpg"))).message,
    ];
    for (const message of messages) for (const text of says) expect(message).toContain(text);
  });

  test.each([
    "wid=600&fit=fit,1&rotate=33&op_blur=100&op_usm=5,250",
    "op_colorize=ff0000&mask=progressive&fmt=pjpeg&qlt=100,1",
    "fmt=webp,rgb,lossless&wid=600&fit=fit,1",
  ])("in 1 ms as %s is not saved at all.", async (query) => {
    const { status } = refusedOf(await ask(worker.url, savePath("holes", `${query}&timeout=1`, "late.jpg")));
    expect(status).toBe("timeout");
  });
});

/** What is repeated until a pixel is full must not be repeated pixel by pixel: nothing looks at a deadline there. */
const SPECKS: readonly (readonly [query: string, width: number, height: number])[] = [
  ["rgn=-1000000000,-1000000000,2000000000,2000000000&wid=11", 11, 11],
  ["rgn=-1000000000,0,2000000000,60&wid=21&hei=30&fit=stretch", 21, 30],
  ["crop=-100000000,-100000000,200000000,200000000&wid=10", 10, 10],
  ["extend=100000000,100000000,100000000,100000000&wid=10", 10, 10],
  ["extend=100000000,100000000,100000000,100000000&wid=10&rotate=45&op_colorize=ff0000&op_blur=100", 10, 10],
  ["extend=100000000,100000000,100000000,100000000&wid=10&mask=photo&layer=comp&op_usm=5,250", 10, 10],
];

describe("Of less than a thousandth of a pixel", () => {
  // A Worker that does hang takes no other test with it, and is stopped.
  let own: LocalWorker;
  beforeAll(async () => {
    own = await startFilled();
  });
  afterAll(() => own?.stop());

  test.each(SPECKS)("%s shows nothing but the background.", { timeout: 5000 }, async (query, width, height) => {
    const { status, body } = await ask(own.url, `/is/image/holes?${query}&fmt=png`);
    expect(status, body.toString().slice(0, 200)).toBe(200);
    const picture = pngPixels(body);
    expect([picture.width, picture.height]).toEqual([width, height]);
    expect(picture.data.findIndex((sample) => sample !== 255)).toBe(-1);
  });
});

/** Values that are taken, of most commands that make a picture. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  wid: ["1", "37", "90", "200"],
  hei: ["1", "41", "150"],
  scl: ["0.5", "3", "1000"],
  rgn: ["-20,-20,60,60", "79,59,1,1", "500,500,10,10", "0,0,80,1"],
  rect: ["-5,-5,30,30", "10,10,20,20,0.37", "0,0,1,1,3"],
  dpr: ["on,2.5", "on,0.3", "off"],
  crop: ["-10,-10,50,50", "79,59,1,1", "200,200,20,20", "3,5,0,0"],
  cropN: ["0.1,0.2,0.5,0.5", "-0.5,0,2,1"],
  scale: ["0.01", "0.4", "2"],
  size: ["33,0", "0,70", "1,1"],
  flip: ["lr", "ud", "lrud"],
  rotate: ["90", "-30", "0.001", "179.99"],
  extend: ["5,-5,10,-10", "-39,-29,-39,-29", "300,0,0,0"],
  extendN: ["0.5,0,-0.3,0.1"],
  color: ["ff0000", "0,0,255,100"],
  bgColor: ["00ff00", "1,2,3,9"],
  opac: ["0", "50", "99,1"],
  mask: ["gray", "holes", "lossless"],
  maskUse: ["norm", "invert", "off"],
  src: ["lossy", "progressive"],
  op_blur: ["0.4", "6", "100"],
  op_sharpen: ["1"],
  op_usm: ["5,250,0,1", "1,2,8"],
  op_usmR: ["2,30", "0.5,0.7,3,1"],
  op_brightness: ["100", "-30"],
  op_contrast: ["-100", "40"],
  op_saturation: ["-100", "100"],
  op_hue: ["-180", "77"],
  op_colorbalance: ["100,-100,7"],
  op_colorize: ["ff0000", "102030,norm,60", "808080,off"],
  op_invert: ["1"],
  layer: ["0", "comp", "1"],
  effect: ["1", "-1"],
  fmt: ["png-alpha", "png,gray", "webp-alpha", "webp,rgb,lossless", "pjpeg", "jpeg,gray"],
  resMode: ["bilin", "bicub", "bisharp"],
};

/** Requests put together by chance, the same ones each time. */
function requestsOf(count: number, seed: number): readonly string[] {
  const chance = randomNumbers(seed);
  const one = <T>(choices: readonly T[]): T => choices[Math.floor(chance() * choices.length)] as T;
  return Array.from({ length: count }, () => {
    const object = one(OBJECTS);
    const names = Array.from({ length: 1 + Math.floor(chance() * 8) }, () => one(Object.keys(VALUES)));
    return `/is/image/${object}?${names.map((name) => `${name}=${one(VALUES[name] ?? [])}`).join("&")}`;
  });
}

/** What a reply says, in short: its picture, or why there is none. */
async function saidBy(path: string, { url }: LocalWorker): Promise<string> {
  const { status, headers, body } = await ask(url, path);
  return status === 200 ? `200 ${headers.etag}` : `${status} ${body}`;
}

const REQUESTS = requestsOf(200, 11);

describe("Two hundred requests by chance", () => {
  let alone: readonly string[];
  beforeAll(async () => {
    const said: string[] = [];
    for (const path of REQUESTS) said.push(await saidBy(path, worker));
    alone = said;
  });

  test("are pictures, or are refused.", () => {
    expect(alone.filter((said) => !/^(200 "[0-9a-f]{32}-[0-9a-f]{8}"|403 .)/.test(said))).toEqual([]);
    expect(alone.filter((said) => said.startsWith("200")).length).toBeGreaterThan(100);
  });

  test("say the same twenty at a time.", async () => {
    const together: string[] = [];
    for (let at = 0; at < REQUESTS.length; at += 20) {
      together.push(...(await Promise.all(REQUESTS.slice(at, at + 20).map((path) => saidBy(path, worker)))));
    }
    expect(together).toEqual(alone);
  });

  test("say the same to a Worker that has just begun, from the last one on.", async () => {
    const fresh = await startFilled();
    try {
      const said: string[] = [];
      for (const path of REQUESTS.slice(-60).reverse()) said.unshift(await saidBy(path, fresh));
      expect(said).toEqual(alone.slice(-60));
    } finally {
      await fresh.stop();
    }
  });

  test("are as large as planned, and as much of them is ignored.", async () => {
    let compared = 0;
    for (const [at, path] of REQUESTS.slice(0, 60).entries()) {
      const planned = await ask(worker.url, `${path}&req=plan`);
      if (planned.status !== 200) {
        expect(`403 ${planned.body}`, path).toBe(alone[at]);
        continue;
      }
      const { size, ignored = [] } = JSON.parse(planned.body.toString());
      const { headers, body } = await ask(worker.url, `${path}&fmt=png`);
      expect(headers["x-fixative-ignored"] ?? "", path).toBe(ignored.join(", "));
      expect([body.readUInt32BE(16), body.readUInt32BE(20)], path).toEqual([size.width, size.height]);
      compared++;
    }
    expect(compared).toBeGreaterThan(30);
  });
});

/** Commands by which the picture becomes another one: none of them may be said to be ignored. */
const EFFECTIVE: readonly string[] = [
  ...["rgn=10,10,60,40", "rect=5,5,20,20,0.5", "dpr=on,2", "crop=5,5,50,50", "cropN=.1,.1,.5,.5", "scale=0.2"],
  ...["res=10", "size=40,0", "flip=lr", "rotate=20", "extend=5,5,5,5", "extendN=.1,.1,.1,.1", "color=ff0000"],
  ...["bgColor=ff0000", "opac=50", "opac=100,40", "mask=gray", "maskUse=invert", "maskUse=off", "src=photo"],
  ...["op_blur=4", "op_sharpen=1", "op_usm=2,4", "op_usmR=2,4", "op_brightness=20", "op_contrast=20"],
  ...["op_saturation=-50", "op_hue=40", "op_colorbalance=10,0,0", "op_colorize=ff0000", "op_colorize=ff0000,off"],
  ...["op_invert=1", "printRes=300", "resMode=bilin", "layer=0&op_usm=2,4", "layer=comp&rotate=20"],
];

test.each(EFFECTIVE)("%s is not ignored, and does not say so.", async (query) => {
  const plain = await ask(worker.url, "/is/image/holes?fmt=png-alpha&wid=50");
  const { status, headers, body } = await ask(worker.url, `/is/image/holes?fmt=png-alpha&wid=50&${query}`);
  expect([status, headers["x-fixative-ignored"]]).toEqual([200, undefined]);
  expect(body).not.toEqual(plain.body);
});

test.each([
  ["layer=1&op_blur=9&src=photo", "layer"],
  ["effect=1&op_blur=9", "effect"],
  ["op_noise=30", "op_noise"],
  ["src=is{photo}", "src"],
  ["mask=is{photo}", "mask"],
])("%s says that %s is ignored, and is.", async (query, name) => {
  const plain = await ask(worker.url, "/is/image/holes?fmt=png-alpha&wid=50");
  const { headers, body } = await ask(worker.url, `/is/image/holes?fmt=png-alpha&wid=50&${query}`);
  expect([headers["x-fixative-ignored"], body]).toEqual([name, plain.body]);
});

describe("Of the first half of a file", () => {
  test.each(OBJECTS)("%s a picture is made with a warning, or none: shown, as a mask, and saved.", async (object) => {
    const { objects } = await worker.sources.list({ prefix: `${object}.` });
    const whole = await (await worker.sources.get(objects[0]?.key ?? ""))?.arrayBuffer();
    if (whole === undefined) throw new Error(`${object} is not there`);
    await worker.sources.put(`half-${object}`, whole.slice(0, whole.byteLength / 2));
    const paths = [`half-${object}?rotate=10&op_colorize=ff0000`, `photo?mask=half-${object}&fmt=png-alpha&op_blur=2`];
    for (const [at, path] of paths.entries()) {
      const shown = await ask(worker.url, `/is/image/${path}`);
      const name = `half-${object}-${at}.png`;
      const saved = answerOf(await ask(worker.url, `/is/image/${path}&req=saveToFile&name=${name}`));
      const there = await worker.saves.head(`${SAVE_PATH}/${name}`);
      if (shown.status === 200) {
        expect(shown.headers["x-fixative-warning"]).toMatch(/^the (JPEG|PNG) /);
        expect([saved.status, there?.size]).toEqual(["done", "size" in saved ? saved.size : -1]);
      } else {
        expect(refusedPictureOf(shown)).toContain("damaged");
        expect([saved.status, there]).toEqual(["failed", null]);
      }
    }
  });
});
