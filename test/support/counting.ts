/** A bucket, and the names of the calls that were made of it, in their order. */
export interface Counting<Bucket> {
  readonly bucket: Bucket;
  readonly calls: string[];
}

/** The same bucket, with a note of every call: `list` and `put` are the dear ones. */
export function counting<Bucket extends object>(bucket: Bucket): Counting<Bucket> {
  const calls: string[] = [];
  const noting = new Proxy(bucket, {
    get(target, name) {
      const value = Reflect.get(target, name);
      if (typeof value !== "function") return value;
      return (...given: unknown[]) => {
        calls.push(String(name));
        return value.apply(target, given);
      };
    },
  });
  return { bucket: noting, calls };
}
