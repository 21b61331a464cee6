import { beforeAll, describe, expect, test } from "vitest";
import { CARRIAGE_NAMES, CARRIAGES, type Carriage } from "../support/carriages.ts";
import { pngOf, quarters } from "../support/charts.ts";
import { BENIGN } from "../support/names/benign.ts";
import { CHARACTERS } from "../support/names/characters.ts";
import { CLIMBS } from "../support/names/climbs.ts";
import { EXTENSIONS } from "../support/names/extensions.ts";
import { LANGUAGE } from "../support/names/language.ts";
import { LENGTHS } from "../support/names/lengths.ts";
import { LOOK_ALIKES } from "../support/names/look-alikes.ts";
import { PLACES } from "../support/names/places.ts";
import type { NameRow, Outcome } from "../support/names/row.ts";
import { readProperties } from "../support/properties.ts";
import { ask, buckets, savedKeys, site } from "../support/site.ts";

/** Each carriage saves below a folder of its own: what one of them wrote is told from what the others did. */
const folderOf = (carriage: Carriage) => `saved/${CARRIAGE_NAMES.indexOf(carriage) + 1}`;

/** What must stay as it is: neighbours, markers and what the server keeps. */
const THERE = [
  ...["a.jpg", "saved/a.jpg", "saved/", "saved/11/a.jpg", "catalogs/a.jpg", "etc/passwd"],
  ...CARRIAGE_NAMES.map(folderOf).flatMap((folder) => [
    `${folder}/`,
    `${folder}/spring/`,
    `${folder}/.provenance/0abc`,
    `${folder}/spring/.provenance/0abc`,
  ]),
];

let before: Readonly<Record<string, string>>;

beforeAll(async () => {
  await buckets.SOURCES.put("q", pngOf(quarters(2, 2)));
  for (const key of THERE) await buckets.SAVES.put(key, "what was there before");
  before = await savedKeys();
});

/** What comes of a save under this name, in the words of its answer. */
async function outcomeOf(carriage: Carriage, written: string, expected: Outcome): Promise<Outcome> {
  // What stands behind the name would show what the name has swallowed.
  const { query, init, vars } = CARRIAGES[carriage](["req=saveToFile", `name=${written}`, "wid=1"]);
  const on = site({ ...vars, CreateFolders: "1", SavePath: folderOf(carriage) });
  const reply = await ask(`q${query}`, init, on);
  if (reply.headers.get("Content-Type") === "image/jpeg") {
    await reply.arrayBuffer();
    return "shown";
  }
  const { outcome, properties } = readProperties(await reply.text());
  expect(reply.status).toBe(outcome === "OK" ? 200 : 403);
  const { name = "", error, message = "" } = Object.fromEntries(properties);
  if (error === undefined) return { saved: name };
  const wanted = typeof expected === "object" && "says" in expected ? expected.says : message;
  return { error, says: message.includes(wanted) ? wanted : message } as Outcome;
}

function expectedBy(carriage: Carriage, { outcome, except }: NameRow): Outcome {
  return except?.by.includes(carriage) ? except.outcome : outcome;
}

function keysOf(row: NameRow): readonly string[] {
  return CARRIAGE_NAMES.flatMap((carriage) => {
    const expected = expectedBy(carriage, row);
    return typeof expected === "object" && "saved" in expected ? [`${folderOf(carriage)}/${expected.saved}`] : [];
  });
}

// Source: save-contract "Where it goes"; "decoded once; + is a space; it takes no variables".
describe.each([
  ["climbs", CLIMBS],
  ["other places", PLACES],
  ["characters", CHARACTERS],
  ["look-alikes", LOOK_ALIKES],
  ["the request language", LANGUAGE],
  ["extensions", EXTENSIONS],
  ["lengths", LENGTHS],
  ["good names", BENIGN],
])("%s: what comes of a name is the same however it comes, and the bucket has just that", (_, rows) => {
  test.each(rows.map((row) => [JSON.stringify(row.written).slice(0, 50).toWellFormed(), row.why, row] as const))(
    "%s: %s",
    async (_written, _why, row) => {
      const outcomes = await Promise.all(
        CARRIAGE_NAMES.map(async (carriage) => {
          const outcome = await outcomeOf(carriage, row.written, expectedBy(carriage, row));
          return [carriage, outcome] as const;
        }),
      );
      const after = await savedKeys();
      const added = Object.keys(after).filter((key) => !(key in before));
      await buckets.SAVES.delete(added);

      const expected = CARRIAGE_NAMES.map((carriage) => [carriage, expectedBy(carriage, row)] as const);
      expect(Object.fromEntries(outcomes)).toEqual(Object.fromEntries(expected));
      expect(added.toSorted()).toEqual(keysOf(row).toSorted());
      expect(after).toMatchObject(before);
    },
  );
});
