/**
 * `npm run demo`: saves three renditions over HTTP on local R2, prints what was asked and answered, and reads the
 * objects back into demo-output/. Exits with 1 where an answer is not what it should be.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { ROOT } from "./local/bundle.ts";
import { bytesText, fail } from "./local/console.ts";
import { seed } from "./local/seed.ts";
import { LOCAL_VARS, startLocal } from "./local/worker.ts";

const OUTPUT = join(ROOT, "demo-output");

const SAVES = [
  { says: "A photograph, 12 megapixels, as an 800 pixel JPEG", path: "harbour?wid=800&qlt=85&name=harbour-800.jpg" },
  { says: "A cut-out, with its transparency", path: "lantern?hei=600&fmt=png-alpha&name=lantern-600.png" },
  { says: "A square crop, into a sub-folder", path: "harbour?wid=500&hei=500&fit=crop&name=spring/square.jpg" },
] as const;

console.log("Building the Worker, and the sample pictures where they are not there yet …");
const worker = await startLocal({ vars: LOCAL_VARS, quiet: true });
try {
  await seed(worker, ["spring/"]);
  mkdirSync(OUTPUT, { recursive: true });
  for (const { says, path } of SAVES) {
    const url = new URL(`/is/image/${path}&req=saveToFile`, worker.url);
    console.log(`\n${says}:\nGET ${url.pathname}${url.search}`);
    const reply = await fetch(url);
    const properties = await reply.text();
    console.log(`${reply.status}\n${properties.trimEnd()}`);
    if (reply.status !== 200) fail("That was not to be.");

    const name = url.searchParams.get("name") ?? "";
    const object = await worker.saves.get(`renditions/${name}`);
    if (object === null) fail(`renditions/${name} is not in the bucket.`);
    const bytes = new Uint8Array(await object.arrayBuffer());
    if (!properties.includes(`\nsize=${bytes.length}\n`))
      fail(`renditions/${name} has another size than was answered.`);
    writeFileSync(join(OUTPUT, basename(name)), bytes);
    console.log(`→ demo-output/${basename(name)}, ${bytesText(bytes.length)}`);
  }
} finally {
  await worker.stop();
}
console.log("\nThree renditions are in demo-output/. `npm start` runs the Worker until Ctrl-C.");
