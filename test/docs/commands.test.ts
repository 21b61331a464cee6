import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ROOT } from "../../scripts/local/bundle.ts";
import { commandsOf, DOCUMENTS, strayCommandsOf, type Told, textOf } from "../support/commands-of.ts";
import { helpOf, objections } from "../support/help.ts";

/** Who runs a script of package.json: a file in which this text stands. Or why nobody does. */
type Runner = { readonly file: string; readonly says: string } | { readonly not: string };

const SCRIPTS: Readonly<Record<string, Runner>> = {
  install: { file: ".ci/run", says: "npm install" },
  test: { file: ".ci/run", says: "npm test" },
  check: { file: "package.json", says: '"test": "npm run -s check' },
  bundle: { file: "package.json", says: "npm run -s bundle &&" },
  build: { file: "package.json", says: '"check": "npm run -s build' },
  docs: { file: "package.json", says: "scripts/write-docs.ts --check" },
  demo: { file: "test/http/new-user.test.ts", says: "scripts/demo.ts" },
  start: { file: "test/http/new-user.test.ts", says: "scripts/start.ts" },
  put: { file: "test/http/new-user.test.ts", says: "scripts/put.ts" },
  sign: { file: "test/http/sign.test.ts", says: "scripts/sign.ts" },
  catalog: { file: "test/http/catalog-command.test.ts", says: "scripts/catalog.ts" },
  samples: { file: "scripts/local/seed.ts", says: "makeSamples" },
  goldens: { file: "test/golden/golden.test.ts", says: "outcomeOf" },
  "goldens:sheet": { not: "writes a page to look at; the goldens on it are compared by test/golden/golden.test.ts" },
  soak: { not: "runs for minutes at random; by hand before a release" },
  bench: { not: "runs for an hour on a machine that nothing else uses" },
  format: { not: "rewrites the sources; check runs the same without writing" },
  deploy: { not: "publishes: it needs an account. Its options are held against wrangler's help" },
};

/** Whose examples with output are run, and by which test. */
const EXAMPLES: Readonly<Record<string, string>> = {
  "README.md": "test/http/new-user.test.ts",
  "docs/saving.md": "test/http/saving-doc.test.ts",
  "docs/catalogs.md": "test/http/catalogs-doc.test.ts",
  "docs/deploying.md": "test/http/deploying-doc.test.ts",
  "docs/migrating-from-scene7.md": "test/http/migrating-doc.test.ts",
  "docs/scaling.md": "test/http/scaling-doc.test.ts",
};

/** Programs that are not ours. */
const NOT_RUN: Readonly<Record<string, string>> = {
  aws: "speaks to an account of Cloudflare",
  export: "tells the shell what the examples ask; the tests tell them",
  openssl: "makes a secret that nobody should know",
};

const TOLD = DOCUMENTS.flatMap(commandsOf);
const isRun = ({ marked }: Told) => marked.startsWith("console");
const others = TOLD.filter((told) => !isRun(told));

/** A script of package.json, as it is called, and what it is given. */
function scriptIn(words: readonly string[]): { readonly name: string; readonly given: readonly string[] } | undefined {
  const [program, ...rest] = words.filter((word) => word !== "-s");
  if (program !== "npm") return undefined;
  const [verb = "", ...behind] = rest;
  const [name = "", ...more] = verb === "run" ? behind : [verb, ...behind];
  return { name, given: more.filter((word) => word !== "--") };
}

function toolIn(words: readonly string[]): readonly string[] | undefined {
  if (words[0] === "npx" && words[1] === "wrangler") return words.slice(1);
  if (words[0] === "npx" && words[1] === "fixative") return words.slice(1);
  const script = scriptIn(words);
  return script?.name === "deploy" ? ["wrangler", "deploy", ...script.given] : undefined;
}

test.each(DOCUMENTS)("%s has no command in a block that nobody looks into", (document) => {
  expect(strayCommandsOf(document)).toEqual([]);
});

test("examples with output are run by a test that names their document", () => {
  for (const document of new Set(TOLD.filter(isRun).map((told) => told.document))) {
    const file = EXAMPLES[document];
    expect(file, document).toBeDefined();
    expect(readFileSync(join(ROOT, file ?? ""), "utf8"), document).toContain(document);
  }
});

test("every other command is a script, a tool whose help is looked at, or listed with the reason why it is not run", () => {
  const unknown = others.filter(({ words }) => {
    const script = scriptIn(words);
    if (script !== undefined) return SCRIPTS[script.name] === undefined;
    if (words[0] === "npx" && words[1] === "vitest") return false;
    return toolIn(words) === undefined && NOT_RUN[words[0] ?? ""] === undefined;
  });
  expect(unknown.map(({ document, words }) => `${document}: ${words.join(" ")}`)).toEqual([]);
});

describe("scripts of package.json", () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
    readonly scripts: Readonly<Record<string, string>>;
  };

  test("every one that a document names, wherever it does, is there", () => {
    const missing = DOCUMENTS.flatMap((document) =>
      [...textOf(document).matchAll(/\bnpm run (?:-s )?([a-z][\w:-]*)/g)]
        .filter(([, name = ""]) => scripts[name] === undefined)
        .map(([text]) => `${document}: ${text}`),
    );
    expect(missing).toEqual([]);
  });

  test.each(Object.entries(SCRIPTS))("%s is run, or it is said why not", (_name, runner) => {
    if ("not" in runner) expect(runner.not).toMatch(/^.{20,}$/);
    else expect(readFileSync(join(ROOT, runner.file), "utf8")).toContain(runner.says);
  });
});

describe("tools, of which no command and no option is made up", () => {
  const calls = new Map(others.map(({ words }) => [toolIn(words)?.join(" ") ?? "", toolIn(words)]));
  const hasHelp = (text: string) => text !== "";

  test.each([...calls].filter(([text]) => hasHelp(text)))("%s", async (_text, words = []) => {
    expect(objections(words, await helpOf(words))).toEqual([]);
  });
});
