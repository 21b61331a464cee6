import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import { VERSION } from "../src/version.ts";

const ROOT = join(import.meta.dirname, "..");
const SRC = join(ROOT, "src");

/** What each folder may import besides itself and `src/faults.ts`; `types` stands for imports of types only. */
const MAY_IMPORT: Readonly<Record<string, Readonly<Record<string, "all" | "types">>>> = {
  protocol: {},
  catalog: { protocol: "all" },
  plan: { protocol: "all" },
  pixels: { plan: "types" },
  codec: { plan: "all", pixels: "all" },
  store: {},
  resolve: { protocol: "all", catalog: "all", plan: "types", codec: "all", store: "types" },
  render: { plan: "all", pixels: "all", codec: "all", store: "types" },
  serve: {
    ...{ protocol: "all", catalog: "all", plan: "all", pixels: "all", codec: "all", store: "all" },
    ...{ resolve: "all", render: "all", settings: "all" },
    "version.ts": "all",
  },
  jobs: { serve: "all", resolve: "all", settings: "types" },
};

/** Everybody may use the arithmetic of sizes, turns and colours, and the spelling of folders: they hold no decision. */
const ARITHMETIC = ["plan/size.ts", "plan/orientation.ts", "protocol/rgb.ts", "protocol/grammar/folder.ts"];

const files = readdirSync(SRC, { recursive: true, encoding: "utf8" }).filter(
  (path) => path.endsWith(".ts") && !path.endsWith(".d.ts"),
);

interface Import {
  readonly file: string;
  readonly target: string;
  readonly typeOnly: boolean;
}

function importsOf(file: string): readonly Import[] {
  const text = readFileSync(join(SRC, file), "utf8");
  const statements = text.matchAll(/^(?:import|export)\s+(type\s+)?([^;]*?)from\s+"(\.[^"]+)";/gms);
  return [...statements].map(([, type, names = "", path = ""]) => ({
    file,
    target: relative(SRC, join(SRC, dirname(file), path)),
    // `import { type A, type B }` is as much an import of types as `import type { A, B }`.
    typeOnly: type !== undefined || /^\{\s*(?:type\s+\w+(?:\s+as\s+\w+)?\s*,?\s*)+\}\s*$/.test(names),
  }));
}

const folderOf = (path: string) => path.split("/")[0] ?? "";

describe("imports go one way", () => {
  test.each(files.filter((file) => folderOf(file) in MAY_IMPORT))("%s", (file) => {
    const allowed = MAY_IMPORT[folderOf(file)] ?? {};
    const wrong = importsOf(file).filter(({ target, typeOnly }) => {
      if (folderOf(target) === folderOf(file) || target === "faults.ts" || ARITHMETIC.includes(target)) return false;
      const permission = allowed[folderOf(target)];
      return permission === undefined || (permission === "types" && !typeOnly);
    });
    expect(wrong).toEqual([]);
  });
});

describe("pure stages name nothing of the platform", () => {
  test.each(files.filter((file) => ["protocol", "catalog", "plan"].includes(folderOf(file))))("%s", (file) => {
    const code = readFileSync(join(SRC, file), "utf8").replaceAll(/\/\*.*?\*\/|\/\/[^\n]*/gs, "");
    expect(code).not.toMatch(/\b(?:fetch|R2[A-Z]\w*|Response|WebAssembly|Date|crypto)\b/);
  });
});

describe("pixels and codec wait for nothing, but for third-party codecs", () => {
  test.each(files.filter((file) => ["pixels", "codec"].includes(folderOf(file)) && !file.startsWith("codec/foreign/")))(
    "%s",
    (file) => {
      expect(readFileSync(join(SRC, file), "utf8")).not.toMatch(/\bawait\b/);
    },
  );
});

test("nothing in src/ asks Node for anything", () => {
  const nodes = files.filter((file) =>
    /from "node:|\bprocess\.|\bBuffer\b|\beval\(|new Function\(/.test(readFileSync(join(SRC, file), "utf8")),
  );
  expect(nodes).toEqual([]);
});

test("only modules.ts imports WebAssembly", () => {
  const importers = files.filter((file) => /from "[^"]+\.wasm"/.test(readFileSync(join(SRC, file), "utf8")));
  expect(importers).toEqual(["modules.ts"]);
});

test("no folder is called after nothing in particular", () => {
  const names = readdirSync(SRC, { recursive: true, encoding: "utf8" });
  expect(
    names.filter((path) => /(?:utils?|helpers?|common|misc|types|manager)\b/.test(path) && !path.includes("req-types")),
  ).toEqual([]);
});

test("the version is the one in package.json", () => {
  expect(VERSION).toBe(JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")).version);
});
