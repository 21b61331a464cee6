/**
 * `npm run demo`: saves five renditions over HTTP on local R2, two of them by the sample catalog, prints what was asked and
 * answered, and reads the objects back into demo-output/. Exits with 1 where an answer is not what it should be.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { ROOT } from "./local/bundle.ts";
import { bytesText, fail } from "./local/console.ts";
import { pictureSize } from "./local/picture-size.ts";
import { seed } from "./local/seed.ts";
import { LOCAL_VARS, startLocal } from "./local/worker.ts";

const OUTPUT = join(ROOT, "demo-output");

/** What is asked for, where it must lie afterwards, and how large it must be. */
interface Save {
  readonly says: string;
  readonly path: string;
  readonly key: string;
  readonly width: number;
  readonly height: number;
}

const SAVES: readonly Save[] = [
  {
    says: "A photograph, 12 megapixels, as an 800 pixel JPEG",
    path: "harbour?wid=800&qlt=85&name=harbour-800.jpg",
    ...{ key: "renditions/harbour-800.jpg", width: 800, height: 600 },
  },
  {
    says: "A cut-out, with its transparency",
    path: "lantern?hei=600&fmt=png-alpha&name=lantern-600.png",
    ...{ key: "renditions/lantern-600.png", width: 450, height: 600 },
  },
  {
    says: "A square crop, into a sub-folder",
    path: "harbour?wid=500&hei=500&fit=crop&name=spring/square.jpg",
    ...{ key: "renditions/spring/square.jpg", width: 500, height: 500 },
  },
  {
    says: "A record of a catalog by a preset, into the folder that the catalog's SavePath names",
    path: "atelier/port-d-été?$pdp-main$&name=port-main.jpg",
    ...{ key: "renditions/atelier/port-main.jpg", width: 600, height: 450 },
  },
  {
    says: "Another one in a template, whose variable the URL overrides",
    path: "atelier/lantern/no-3?template=card&$wide=800&name=lantern-card.jpg",
    ...{ key: "renditions/atelier/lantern-card.jpg", width: 800, height: 480 },
  },
];

const RESOLVED = "atelier/port-d-été?$pdp-main$&req=resolve";

console.log("Building the Worker, and the sample pictures where they are not there yet …");
const worker = await startLocal({ vars: LOCAL_VARS, quiet: true });
try {
  await seed(worker, ["spring/"]);
  mkdirSync(OUTPUT, { recursive: true });
  for (const save of SAVES) await saved(save);
  console.log("\nWhat the preset came to, and where each command stands:");
  await answered(RESOLVED);
} finally {
  await worker.stop();
}
console.log("\nFive renditions are in demo-output/. `npm start` runs the Worker until Ctrl-C.");

async function saved({ says, path, key, width, height }: Save): Promise<void> {
  console.log(`\n${says}:`);
  const properties = await answered(`${path}&req=saveToFile`);
  const object = await worker.saves.get(key);
  if (object === null) fail(`${key} is not in the bucket.`);
  const bytes = new Uint8Array(await object.arrayBuffer());
  if (!properties.includes(`\nsize=${bytes.length}\n`)) fail(`${key} has another size than was answered.`);
  const got = pictureSize(bytes);
  if (got.width !== width || got.height !== height)
    fail(`${key} has ${got.width} × ${got.height} pixels instead of ${width} × ${height}.`);
  writeFileSync(join(OUTPUT, basename(key)), bytes);
  console.log(`→ ${key} → demo-output/${basename(key)}, ${width} × ${height}, ${bytesText(bytes.length)}`);
}

/** Asks, and prints what was asked and answered. */
async function answered(path: string): Promise<string> {
  const url = new URL(`/is/image/${path}`, worker.url);
  console.log(`GET ${url.pathname}${url.search}`);
  const reply = await fetch(url);
  const text = await reply.text();
  console.log(`${reply.status}\n${text.trimEnd()}`);
  if (reply.status !== 200) fail("That was not to be.");
  return text;
}
