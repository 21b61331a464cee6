/** A bucket like another one, but for some of its calls. */
export function bucketWith(bucket: R2Bucket, calls: Partial<Record<keyof R2Bucket, unknown>>): R2Bucket {
  return new Proxy(bucket, {
    get(target, name) {
      const given = calls[name as keyof R2Bucket];
      if (given !== undefined) return given;
      const value = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

/** A bucket that notes which of its calls were made. */
export function notedBucket(bucket: R2Bucket, calls: string[]): R2Bucket {
  return new Proxy(bucket, {
    get(target, name) {
      const value = Reflect.get(target, name);
      if (typeof value !== "function") return value;
      return (...given: unknown[]) => {
        calls.push(String(name));
        return Reflect.apply(value, target, given);
      };
    },
  });
}

/** What became of a body that a double handed out. */
export interface Watched {
  cancelled: boolean;
}

/** An object whose body comes `piece` bytes at a time, with a pause before each. */
export function tricklingBody(bytes: Uint8Array, piece: number, pauseMs: number, watched: Watched): ReadableStream {
  let at = 0;
  return new ReadableStream({
    async pull(controller) {
      await scheduler.wait(pauseMs);
      if (watched.cancelled) return;
      controller.enqueue(bytes.slice(at, at + piece));
      at += piece;
      if (at >= bytes.length) controller.close();
    },
    cancel() {
      watched.cancelled = true;
    },
  });
}

/** A bucket of sources whose whole objects trickle; ranges come at once, so that headers can be read. */
export function tricklingSources(bucket: R2Bucket, piece: number, pauseMs: number, watched: Watched): R2Bucket {
  return sourcesWithBodies(bucket, (bytes) => tricklingBody(bytes, piece, pauseMs, watched));
}

/** How much of the bodies that a double handed out was asked for, and whether the last one was cancelled. */
export interface Counted extends Watched {
  /** Bodies of whole objects. */
  bodies: number;
  bytes: number;
}

/** A bucket of sources that counts what is pulled of whole objects, `piece` bytes at a time; ranges do not count. */
export function countedSources(bucket: R2Bucket, piece: number, counted: Counted): R2Bucket {
  return sourcesWithBodies(bucket, (bytes) => {
    let at = 0;
    counted.bodies++;
    return new ReadableStream(
      {
        // As those of R2: whoever reads may bring a buffer.
        type: "bytes",
        pull(controller) {
          const next = bytes.slice(at, at + piece);
          at += next.length;
          counted.bytes += next.length;
          controller.enqueue(next);
          if (at === bytes.length) controller.close();
        },
        cancel() {
          counted.cancelled = true;
        },
      },
      // Without it a stream pulls one piece before anybody asks.
      { highWaterMark: 0 },
    );
  });
}

/** A bucket of sources whose whole objects have other bodies; ranges come as they are. */
function sourcesWithBodies(bucket: R2Bucket, bodyOf: (bytes: Uint8Array) => ReadableStream): R2Bucket {
  return bucketWith(bucket, {
    async get(key: string, options?: R2GetOptions) {
      const object = await bucket.get(key, options ?? {});
      if (object === null || options?.range !== undefined || !("body" in object)) return object;
      const bytes = new Uint8Array(await object.arrayBuffer());
      return { ...object, etag: object.etag, size: object.size, body: bodyOf(bytes) };
    },
  });
}
