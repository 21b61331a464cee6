import { type ChildProcess, execFile, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ROOT } from "../../scripts/local/bundle.ts";
import { makeSamples } from "../../scripts/make-samples.ts";
import { commandsOf } from "../support/commands-of.ts";
import { asShown, blocksOf, examplesIn, hasCurl, printed } from "../support/documents.ts";

/** Whatever somebody has in it is his own, and would make another Worker of it. */
const HAS_SETTINGS = existsSync(join(ROOT, ".dev.vars"));

const folder = mkdtempSync(join(tmpdir(), "fixative-new-user-"));
const env = { ...process.env, FIXATIVE_STATE: join(folder, "state") };
afterAll(() => rmSync(folder, { recursive: true }));

/** Where `npm start` says that it is. */
function addressOf(start: ChildProcess): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let said = "";
  start.stdout?.on("data", (part: Buffer) => {
    said += part;
    const [, address] = /^fixative is at (\S+)$/m.exec(said) ?? [];
    if (address !== undefined) resolve(address);
  });
  start.on("exit", (code) => reject(new Error(`npm start ended with ${code}: ${said}`)));
  return promise;
}

describe.skipIf(HAS_SETTINGS || !hasCurl())(
  "README.md, followed from above (where curl is installed and there is no .dev.vars)",
  () => {
    let start: ChildProcess;
    let address = "";
    beforeAll(async () => {
      const samples = await makeSamples();
      copyFileSync(samples.find((path) => path.endsWith("harbour.jpg")) ?? "", join(folder, "photo.jpg"));
      start = spawn(process.execPath, ["scripts/start.ts", "--port", "0"], {
        cwd: ROOT,
        env,
        stdio: ["ignore", "pipe", "inherit"],
      });
      address = await addressOf(start);
    }, 120_000);
    afterAll(async () => {
      if (start?.kill("SIGINT")) await once(start, "exit");
    });

    // In one test: what the first have saved is there for the others.
    test("npm start, a picture of one's own by npm run put, and every example gives what it shows", async () => {
      const put = execFileSync(process.execPath, ["scripts/put.ts", join(folder, "photo.jpg")], { cwd: ROOT, env });
      expect(put.toString()).toMatch(/^photo\.jpg, .* bytes: \/is\/image\/photo\.jpg\n$/);
      const examples = examplesIn(blocksOf("README.md"), "console");
      expect(examples.length).toBeGreaterThan(0);
      for (const example of examples) {
        const got = await printed(example.command, { FIXATIVE: address }, folder);
        expect(`$ ${example.command}\n${got}`).toMatch(asShown(example));
      }
    });

    test("and so does every command of the tool, with a list of two URLs", async () => {
      execFileSync(process.execPath, ["scripts/build-cli.ts"], { cwd: ROOT });
      writeFileSync(join(folder, "urls.txt"), "/is/image/photo?wid=40\n/is/image/photo?wid=50&fmt=png\n");
      const commands = commandsOf("README.md").filter(({ words }) => words[1] === "fixative");
      expect(commands.length).toBeGreaterThan(0);
      for (const { words } of commands) {
        const given = words.slice(2).map((word) => word.replaceAll('"', "").replace("http://localhost:8787", address));
        // Its exit code says whether all went well.
        await promisify(execFile)(process.execPath, [join(ROOT, "dist/fixative.js"), ...given], { cwd: folder });
      }
      for (const name of ["photo.webp", "photo-40.jpg", "photo-50.png"]) {
        expect([name, (await fetch(`${address}/is/content/${name}`)).status]).toEqual([name, 200]);
      }
    });
  },
);

test("npm run demo saves what it says", () => {
  const said = execFileSync(process.execPath, ["scripts/demo.ts"], { cwd: ROOT, env });
  expect(said.toString()).toContain("Five renditions are in demo-output/.");
}, 120_000);
