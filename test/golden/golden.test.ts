import { expect, test } from "vitest";
import { COMMAND_NAMES, commandNamed, rowOf } from "../../src/protocol/commands/table.ts";
import { allGoldens, allPictures, leaveBehind, outcomeOf } from "./goldens.ts";
import { rendererOn } from "./rendering.ts";
import { goldenSources } from "./sources.ts";

const goldens = allGoldens();
const render = rendererOn(goldenSources());

test.each(goldens)("$id: $why", async (golden) => {
  const outcome = await outcomeOf(golden, render);
  leaveBehind(outcome);
  const { complaint } = outcome;
  expect(complaint, `${golden.url} ${complaint}. Look into test/golden/failed/${golden.id}.*.png`).toBeUndefined();
});

/** What is not a command, and has golden pictures all the same. */
const OTHER_FOLDERS = ["orientation"];

/** Commands that are built and change no pixel, and why. */
const WITHOUT_PIXELS: Readonly<Record<string, string>> = {
  req: "says what is asked for, and a picture is what is asked for here",
  name: "says where a save goes",
  timeout: "says how long a save may take",
  expires: "says how long a signed URL is valid",
  sig: "says who has signed a URL",
  pscan: "says in how many scans the same pixels are written",
  handler: "is passed on to nobody",
  id: "tells replies apart",
  printRes: "is a tag of the file; densities are tested with the formats",
  template: "is commands of a record; test/protocol/templates.test.ts has what becomes of them",
  defaultImage: "is another picture; test/serve/catalogs/default-image.test.ts has which",
};

test("every golden says why in one sentence, and no two are called alike", () => {
  for (const { id, why } of goldens) {
    expect(why, id).toMatch(/^[A-Z].{20,200}\.$/s);
    expect(why.slice(0, -1), id).not.toMatch(/[.!?] /);
  }
  expect(new Set(goldens.map(({ id }) => id)).size).toBe(goldens.length);
});

test("every golden has a picture, and every picture is of a golden", () => {
  expect(allPictures()).toEqual(goldens.map(({ id }) => id).toSorted());
});

test("every golden asks for the command in whose folder it is", () => {
  for (const { command, url, id } of goldens) {
    if (OTHER_FOLDERS.includes(command)) continue;
    expect(commandNamed(command), id).toBe(command);
    const names = new URL(url, "https://pictures.example").search
      .slice(1)
      .split("&")
      .map((part) => part.split("=")[0]);
    expect(
      names.map((name = "") => commandNamed(name)),
      id,
    ).toContain(command);
  }
});

test("every command that is built and changes pixels has a golden", () => {
  const built = COMMAND_NAMES.filter((name) => ["done", "partial"].includes(rowOf(name).state));
  const covered = new Set(goldens.map(({ command }) => command));
  expect(built.filter((name) => !covered.has(name) && !(name in WITHOUT_PIXELS))).toEqual([]);
  expect(Object.keys(WITHOUT_PIXELS).filter((name) => covered.has(name))).toEqual([]);
});
