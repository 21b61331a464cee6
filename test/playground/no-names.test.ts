import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ROOT } from "../../scripts/local/bundle.ts";
import { LANGUAGE } from "../support/language.ts";

const FOLDER = join(ROOT, "playground");

/** Names of commands that are words of HTML, of the answers of the server, or kinds of shapes as well. */
const WORDS_OF_OTHERS = new Set([
  "color",
  "id",
  "layer",
  "message",
  "name",
  "size",
  "src",
  "text",
  "type",
  "scale",
  "map",
]);
/** Names of commands that are no words at all: wherever they stand, they mean the command. */
const MEANS_A_COMMAND = /^(?:op_|wid$|hei$|fmt$|qlt$|rgn$|bgc$|scl$|req$|opac$|icc|dpr$|bfc$|pscan$)|[a-z][A-Z]/;

const files = readdirSync(FOLDER, { recursive: true, encoding: "utf8" }).filter(
  (path) => /\.(?:ts|html|css)$/.test(path) && !path.startsWith("build"),
);
const names = LANGUAGE.commands.flatMap(({ name, aliases }) => [name, ...aliases]);

describe("no command is named: the page knows them by /commands.json alone", () => {
  test.each(files)("%s", (path) => {
    const code = readFileSync(join(FOLDER, path), "utf8").replaceAll(/\/\*.*?\*\/|^\s*\/\/[^\n]*/gms, "");
    const literals = [...code.matchAll(/"([^"\n]*)"|`([^`]*)`/g)].map(
      ([, quoted, template]) => quoted ?? template ?? "",
    );
    const named = names.filter((name) => {
      if (MEANS_A_COMMAND.test(name) && new RegExp(`\\b${name}\\b`).test(code)) return true;
      if (WORDS_OF_OTHERS.has(name)) return false;
      return literals.some((literal) => literal === name || new RegExp(`(?:^|[?&])${name}=`).test(literal));
    });
    expect(named).toEqual([]);
  });
});
