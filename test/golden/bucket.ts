/** What is used of R2 to read sources, on objects in memory. */
export function memoryBucket(objects: ReadonlyMap<string, Uint8Array>): R2Bucket {
  const found = (key: string) => {
    const bytes = objects.get(key);
    // The keys are all there is to tell them apart, and nothing is ever written.
    const uploaded = new Date(0);
    return bytes && { bytes, object: { key, version: key, etag: key, size: bytes.length, uploaded } };
  };
  const bucket = {
    async head(key: string) {
      return found(key)?.object ?? null;
    },
    async get(key: string, options: { readonly range?: { readonly offset: number; readonly length: number } } = {}) {
      const { bytes, object } = found(key) ?? {};
      if (bytes === undefined) return null;
      const { offset = 0, length = bytes.length } = options.range ?? {};
      return { ...object, body: bodyOf(bytes.slice(offset, offset + length)) };
    },
  };
  return bucket as unknown as R2Bucket;
}

function bodyOf(bytes: Uint8Array): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(bytes);
      controller.close();
    },
  });
}
