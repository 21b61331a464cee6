import { beforeEach, expect, test } from "vitest";
import { notedBucket } from "../../support/doubles.ts";
import { buckets } from "../../support/site.ts";
import { bulkSite, notedBulk } from "./bulk-site.ts";
import { consumed, jobOf, prepared, queued } from "./consuming.ts";

beforeEach(prepared);

/** Of a picture that is named as its file is: without the extension others would be looked for first. */
const save = (job: string, index: number) =>
  queued(job, index, { url: `/is/image/quarters.png?wid=9&req=saveToFile&name=${index}.jpg` });

// Source: docs/scaling.md, "Cost": what a rendition costs in operations of R2 and calls of its job.
test("a save asks for header, file and folder, and puts once; a batch tells its job once", async () => {
  const calls: string[] = [];
  const noted = notedBulk();
  const sources = notedBucket(buckets.SOURCES, calls);
  const saves = notedBucket(buckets.SAVES, calls);
  const on = bulkSite(noted, {}, { sources, saves });
  const job = await jobOf(11);
  // The first of an isolate finds out whether the buckets are one.
  await consumed([save(job, 0)], on);
  calls.length = 0;
  noted.asked.length = 0;
  await consumed(
    Array.from({ length: 10 }, (_, at) => save(job, at + 1)),
    on,
  );
  const count = (call: string) => calls.filter((each) => each === call).length;
  expect([count("put"), count("get") + count("head"), calls.length]).toEqual([10, 30, 40]);
  expect(noted.asked).toEqual([job]);
});
