import { beforeEach, expect, test } from "vitest";
import { notedBucket } from "../support/doubles.ts";
import { saveable } from "../support/refusing.ts";
import { ask, buckets, properties, site } from "../support/site.ts";

beforeEach(saveable);

/** What R2 counts, by how dear it is. */
const CLASS_A = ["put", "list", "createMultipartUpload"];

/** What a save asks of both buckets, when an isolate knows already that they are two. */
async function asked(
  path: string,
): Promise<{ readonly classA: readonly string[]; readonly classB: readonly string[] }> {
  const calls: string[] = [];
  const noted = site({}, { sources: notedBucket(buckets.SOURCES, calls), saves: notedBucket(buckets.SAVES, calls) });
  for (const _ of ["the first", "another one"]) {
    calls.length = 0;
    expect(await properties(await ask(path, {}, noted))).toMatchObject({ status: "done" });
  }
  const isA = (call: string) => CLASS_A.includes(call);
  return { classA: calls.filter(isA), classB: calls.filter((call) => !isA(call)).toSorted() };
}

test("a save is one put and three reads: header and body of the source, the marker of the folder (docs/deploying.md, costs)", async () => {
  expect(await asked("quarters.png?wid=9&req=saveToFile&name=a.jpg")).toEqual({
    classA: ["put"],
    classB: ["get", "get", "head"],
  });
});

test("an object without its extension costs one read more for each that is tried before: as it is, .jpg, .jpeg", async () => {
  const { classA, classB } = await asked("quarters?wid=9&req=saveToFile&name=a.jpg");
  expect([classA, classB]).toEqual([["put"], ["get", "get", "get", "get", "get", "head"]]);
});
