import { beforeEach, describe, expect, test } from "vitest";
import { areOneBucket } from "../../src/store/one-bucket.ts";
import { counting } from "../support/counting.ts";
import { bucketWith } from "../support/doubles.ts";
import { buckets } from "../support/site.ts";

/** Bindings of the same buckets that nobody has asked about yet: the answer is kept by binding. */
const sources = () => counting(buckets.SOURCES);
const again = (bucket: R2Bucket) => counting(bucket).bucket;

beforeEach(async () => {
  for (const bucket of [buckets.SOURCES, buckets.SAVES]) {
    const { objects } = await bucket.list();
    await bucket.delete(objects.map(({ key }) => key));
  }
});

describe("two bindings are of one bucket", () => {
  test("where an object has one version in both, however they are called", async () => {
    await buckets.SOURCES.put("a", "a");
    expect(await areOneBucket(sources().bucket, again(buckets.SOURCES))).toBe(true);
  });

  test("not where only one of them has it", async () => {
    await buckets.SOURCES.put("a", "a");
    expect(await areOneBucket(sources().bucket, again(buckets.SAVES))).toBe(false);
  });

  test("not where both have the same bytes under the same key", async () => {
    for (const bucket of [buckets.SOURCES, buckets.SAVES]) await bucket.put("a", "a");
    expect(await areOneBucket(sources().bucket, again(buckets.SAVES))).toBe(false);
  });
});

test("what was found is not asked for again", async () => {
  await buckets.SOURCES.put("a", "a");
  for (const saves of [again(buckets.SOURCES), again(buckets.SAVES)]) {
    const { bucket, calls } = sources();
    const first = await areOneBucket(bucket, saves);
    expect(await areOneBucket(bucket, saves)).toBe(first);
    expect(calls).toEqual(["list", "head"]);
  }
});

test("an answer is that of two bindings: beside another one each is asked about anew", async () => {
  await buckets.SOURCES.put("a", "a");
  const saves = again(buckets.SOURCES);
  expect(await areOneBucket(sources().bucket, saves)).toBe(true);
  await buckets.SAVES.put("b", "b");
  expect(await areOneBucket(again(buckets.SAVES), saves)).toBe(false);
});

test("an empty bucket proves nothing: it is no other one's now, and is asked again", async () => {
  const one = again(buckets.SOURCES);
  expect(await areOneBucket(one, one)).toBe(false);
  await buckets.SOURCES.put("a", "a");
  expect(await areOneBucket(one, one)).toBe(true);
});

describe("an object that is replaced between two looks", () => {
  /** Somebody writes the object anew just before each of the first looks at it. */
  const replacedFor = (looks: number) => {
    let looked = 0;
    return bucketWith(buckets.SOURCES, {
      head: async (key: string) => {
        if (looked++ < looks) await buckets.SOURCES.put(key, "anew");
        return buckets.SOURCES.head(key);
      },
    });
  };

  test("is looked at again", async () => {
    await buckets.SOURCES.put("a", "a");
    expect(await areOneBucket(replacedFor(1), again(buckets.SOURCES))).toBe(true);
    expect(await areOneBucket(replacedFor(2), again(buckets.SAVES))).toBe(false);
  });

  test("every time, is taken for one that saves replace: sources are rather safe", async () => {
    await buckets.SOURCES.put("a", "a");
    expect(await areOneBucket(replacedFor(Number.POSITIVE_INFINITY), again(buckets.SAVES))).toBe(true);
  });

  test("or deleted, leaves the bucket as empty as it is", async () => {
    await buckets.SOURCES.put("a", "a");
    const deleting = bucketWith(buckets.SOURCES, {
      head: async (key: string) => {
        await buckets.SOURCES.delete(key);
        return null;
      },
    });
    expect(await areOneBucket(deleting, again(buckets.SAVES))).toBe(false);
  });
});
