import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { seed } from "../../scripts/local/seed.ts";
import type { LocalWorker } from "../../scripts/local/worker.ts";
import { asShown, blocksOf, examplesIn, hasCurl, printed } from "../support/documents.ts";
import { startBundled } from "../support/local.ts";

const BLOCKS = blocksOf("docs/saving.md");

describe.skipIf(!hasCurl())("docs/saving.md (where curl is installed)", () => {
  const environments = {
    token: { vars: { SAVE_TOKEN: "a secret", ServeSaved: "1", ManageSources: "1" }, env: { SAVE_TOKEN: "a secret" } },
    signed: { vars: { SaveAccess: "signed", SIGN_KEY: "a key" }, env: { SIGN_KEY: "a key" } },
  } as const;

  describe.each(["token", "signed"] as const)("with SaveAccess = %s", (access) => {
    const { vars, env } = environments[access];
    const word = access === "token" ? "console" : "console signed";
    let worker: LocalWorker;
    beforeAll(async () => {
      worker = await startBundled({ vars: { ErrorDetail: "2", ...vars } });
      await seed(worker);
    });
    afterAll(() => worker.stop());

    test("has examples", () => {
      expect(examplesIn(BLOCKS, word).length).toBeGreaterThan(0);
    });
    // In one test: what the first have saved is there for the others.
    test("every example gives what it shows", async () => {
      for (const example of examplesIn(BLOCKS, word)) {
        const got = await printed(example.command, { ...env, FIXATIVE: worker.url.origin });
        expect(`$ ${example.command}\n${got}`).toMatch(asShown(example));
      }
    });
  });
});
