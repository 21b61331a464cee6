import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { seed } from "../../scripts/local/seed.ts";
import type { LocalWorker } from "../../scripts/local/worker.ts";
import { textOf } from "../support/commands-of.ts";
import { asShown, blocksOf, examplesIn, hasCurl, printed } from "../support/documents.ts";
import { startBundled } from "../support/local.ts";

const DOCUMENT = "docs/deploying.md";

describe.skipIf(!hasCurl())("docs/deploying.md (where curl is installed)", () => {
  const folder = mkdtempSync(join(tmpdir(), "fixative-deploying-"));
  let worker: LocalWorker;
  beforeAll(async () => {
    // As it ships, and with the secret.
    worker = await startBundled({ vars: { SAVE_TOKEN: "a secret" } });
    await seed(worker);
  });
  afterAll(async () => {
    await worker?.stop();
    rmSync(folder, { recursive: true });
  });

  test("every example gives what it shows", async () => {
    const examples = examplesIn(blocksOf(DOCUMENT), "console");
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) {
      const got = await printed(example.command, { FIXATIVE: worker.url.origin, SAVE_TOKEN: "a secret" }, folder);
      expect(`$ ${example.command}\n${got}`).toMatch(asShown(example));
    }
  });

  test("and the doctor finds nothing wrong, by the checks that the document lists", async () => {
    const reply = await fetch(new URL("/is/doctor", worker.url), { headers: { Authorization: "Bearer a secret" } });
    const { checks } = (await reply.json()) as {
      readonly checks: readonly { readonly name: string; readonly ok: boolean }[];
    };
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
    expect(checks.map(({ name }) => name).toSorted()).toEqual(listedChecks().toSorted());
  });
});

/** The names in the first column of the document's table. */
function listedChecks(): readonly string[] {
  const [, table = ""] = /\| check \| what is looked at \|\n.*?\n(.*?)\n\n/s.exec(textOf(DOCUMENT)) ?? [];
  const cells = table.split("\n").map((row) => row.split("|")[1] ?? "");
  return cells.flatMap((cell) => [...cell.matchAll(/`(\w+)`/g)].map(([, name = ""]) => name));
}
