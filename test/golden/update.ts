/**
 * `npm run goldens [-- --update] [name …]`: renders the golden pictures, and says which are not as they were. A name is that of
 * a command, `wid`, or of one golden, `wid/half`; without any, all are meant.
 *
 * With `--update` what is not as it was becomes what is wanted from now on. Look at `npm run goldens:sheet` before.
 */
import { allGoldens, leaveBehind, outcomeOf, pictureFile, writePicture } from "./goldens.ts";
import { rendererOn } from "./rendering.ts";
import { goldenSources } from "./sources.ts";

const words = process.argv.slice(2);
const updates = words.includes("--update");
const names = words.filter((word) => word !== "--update");

const isMeant = (name: string, id: string) => id === name || id.startsWith(`${name}/`);
const goldens = allGoldens().filter(({ id }) => names.length === 0 || names.some((name) => isMeant(name, id)));
const unknown = names.filter((name) => !goldens.some(({ id }) => isMeant(name, id)));
for (const name of unknown) console.error(`there is no golden ${name}`);

const render = rendererOn(goldenSources());
let changed = 0;
for (const golden of goldens) {
  const outcome = await outcomeOf(golden, render);
  leaveBehind(updates ? { ...outcome, complaint: undefined } : outcome);
  if (outcome.complaint === undefined) continue;
  changed++;
  console.log(`${golden.id}: ${outcome.complaint}`);
  if (updates) writePicture(pictureFile(golden), outcome.got);
}
console.log(`${goldens.length} golden pictures, ${changed} ${updates ? "written anew" : "not as they were"}`);
if (unknown.length > 0 || (changed > 0 && !updates)) process.exitCode = 1;
