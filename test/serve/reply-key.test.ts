import { expect, test } from "vitest";
import { originDigest } from "../../src/serve/reply-key.ts";

const KEY = { short: "0123abcd", whole: "0123abcd4567" };

// Source: protocol.md 7.6.
test("the digest of a long reply is another one for other sources, and where catalogs leave other memory", async () => {
  const digest = await originDigest(KEY, ["a", "b"], 100);
  expect(digest).toMatch(/^[0-9a-f]{32}$/);
  expect(await originDigest(KEY, ["a", "b"], 100)).toBe(digest);
  const others = [originDigest(KEY, ["a"], 100), originDigest(KEY, ["b", "a"], 100), originDigest(KEY, ["a", "b"], 99)];
  for (const other of await Promise.all(others)) expect(other).not.toBe(digest);
});
