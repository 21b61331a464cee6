import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "../../scripts/local/bundle.ts";
import { textOf } from "../support/commands-of.ts";

test("the map in ARCHITECTURE.md has every folder of src/", () => {
  const [, map = ""] = /```\nsrc\/\n(.*?)```/s.exec(textOf("ARCHITECTURE.md")) ?? [];
  const folders = readdirSync(join(ROOT, "src"), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.map(({ name }) => name).filter((name) => !map.includes(`  ${name}/ `))).toEqual([]);
});

test("every file that ARCHITECTURE.md names is there", () => {
  const files = ["src", "cli", "test", "scripts", "wasm", "playground"]
    .filter((folder) => existsSync(join(ROOT, folder)))
    .flatMap((folder) => {
      const paths = readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" });
      return paths.map((path) => `${folder}/${path}`);
    });
  const named = [...textOf("ARCHITECTURE.md").matchAll(/`([\w/*-]+\.ts)`/g)].map(([, path = ""]) => path);
  const isThere = (path: string) => {
    const pattern = new RegExp(`(?:^|/)${path.replaceAll(".", "\\.").replaceAll("*", "[^/]*")}$`);
    return files.some((file) => pattern.test(file));
  };
  expect(named.length).toBeGreaterThan(50);
  expect(named.filter((path) => !isThere(path))).toEqual([]);
});
