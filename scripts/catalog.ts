/**
 * `npm run -s catalog -- check <folder> [--sources <folder>]`: reads a folder of catalog files, as it would lie below `catalogs/` in
 * SOURCES, and prints every problem as `file:line:column: weight: …`. With the folder of the pictures it says as well
 * which of them are missing.
 *
 * Exits with 0 where there is nothing but notes, with 1 where there are problems, with 2 where it was not asked properly.
 */
import { parseArgs } from "node:util";
import { checkCatalogs } from "./local/catalogs/check.ts";
import { counted, describeFinding, summary } from "./local/catalogs/finding.ts";
import { catalogFilesIn, filePathsIn } from "./local/catalogs/folder.ts";

const USAGE = "npm run -s catalog -- check <folder> [--sources <folder>]";

const { folder, sources } = argumentsGiven();
const files = readable(folder, () => catalogFilesIn(folder));
const pictures =
  sources === undefined
    ? undefined
    : new Set(readable(sources, () => filePathsIn(sources).map((path) => path.normalize("NFC"))));
const { reading, findings } = checkCatalogs(files, pictures);

for (const finding of findings) console.log(describeFinding(finding));
const catalogs = [reading.catalogs.default, ...reading.catalogs.byRootId.values()];
const records = catalogs.reduce((sum, catalog) => sum + catalog.records.size, 0);
console.log(
  `${counted(files.length, "file")}, ${counted(reading.catalogs.byRootId.size, "catalog")} beside the default one, ` +
    `${counted(records, "record")}: ${summary(findings)}`,
);
process.exitCode = findings.some(({ weight }) => weight !== "note") ? 1 : 0;

function argumentsGiven(): { readonly folder: string; readonly sources: string | undefined } {
  try {
    const options = { sources: { type: "string" } } as const;
    const { values, positionals } = parseArgs({ allowPositionals: true, options });
    const [action, given, more] = positionals;
    if (action !== "check" || given === undefined || more !== undefined)
      return refuse("check and one folder are wanted");
    return { folder: given, sources: values.sources };
  } catch (thrown) {
    return refuse(thrown instanceof Error ? thrown.message : String(thrown));
  }
}

function readable<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (thrown) {
    return refuse(`${path} cannot be read: ${thrown instanceof Error ? thrown.message : thrown}`);
  }
}

function refuse(why: string): never {
  console.error(`${why}\n${USAGE}`);
  process.exit(2);
}
