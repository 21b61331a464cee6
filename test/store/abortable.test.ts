import { expect, test } from "vitest";
import { abortable } from "../../src/store/abortable.ts";

test("work that ends in time is what it is", async () => {
  const { signal } = new AbortController();
  expect(await abortable(Promise.resolve("done"), signal)).toBe("done");
  await expect(abortable(Promise.reject(new Error("failed")), signal)).rejects.toThrow("failed");
});

test("work that never ends, ends with the signal's reason, be it given before or after it was begun", async () => {
  const never = new Promise(() => {});
  const controller = new AbortController();
  const waiting = abortable(never, controller.signal);
  controller.abort(new Error("time is up"));
  await expect(waiting).rejects.toThrow("time is up");
  await expect(abortable(never, controller.signal)).rejects.toThrow("time is up");
});

test("what comes after the signal is disposed of, and fails unheard", async () => {
  const controller = new AbortController();
  const { promise, resolve } = Promise.withResolvers<string>();
  const failing = Promise.withResolvers<string>();
  const discarded: string[] = [];
  const both = [promise, failing.promise].map((work) => abortable(work, controller.signal, (it) => discarded.push(it)));
  controller.abort(new Error("time is up"));
  for (const each of both) await expect(each).rejects.toThrow("time is up");
  resolve("too late");
  failing.reject(new Error("too late"));
  await scheduler.wait(1);
  expect(discarded).toEqual(["too late"]);
});

test("what came in time is not disposed of when the signal fires behind it", async () => {
  const controller = new AbortController();
  const discarded: string[] = [];
  const value = await abortable(Promise.resolve("done"), controller.signal, (it) => discarded.push(it));
  controller.abort();
  await scheduler.wait(1);
  expect([value, discarded]).toEqual(["done", []]);
});
