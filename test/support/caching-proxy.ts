import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { ask, type Reply } from "./ask.ts";

/** What became of a request: answered from the store, stored or left alone, found unchanged, or not a matter of caching. */
type Outcome = "hit" | "miss" | "revalidated" | "passed";

export interface Passage {
  readonly method: string;
  readonly target: string;
  readonly outcome: Outcome;
  readonly status: number;
}

export interface CachingProxy {
  readonly url: URL;
  /** Every request so far, in the order of the answers. */
  readonly log: readonly Passage[];
  /** The targets whose replies are stored. */
  stored(): readonly string[];
  stop(): Promise<void>;
}

interface Entry {
  readonly reply: Reply;
  /** By the proxy's clock, in milliseconds. */
  readonly since: number;
  readonly lifetime: number;
  /** Seconds that the reply was old when it came. */
  readonly age: number;
}

/**
 * A small, honest shared cache between a client and an origin on this machine.
 *
 * It stores what RFC 9111 lets a shared cache store, only for GET and 200, and prefers not to where there is `Vary` or
 * `no-cache`. Age counts from the arrival of a reply and its `Age` (4.2.3 allows that where the origin is the only
 * other party), so that `now`, the proxy's clock, can run ahead of the origin's.
 */
export async function startCachingProxy(origin: URL, now: () => number): Promise<CachingProxy> {
  const store = new Map<string, Entry>();
  const log: Passage[] = [];

  async function answer(request: IncomingMessage): Promise<Reply> {
    const { method = "GET", url: target = "/" } = request;
    const { outcome, reply } = await outcomeOf(method, target, headersOf(request), await bodyOf(request));
    log.push({ method, target, outcome, status: reply.status });
    return reply;
  }

  async function outcomeOf(method: string, target: string, headers: Headers, body: Buffer) {
    const forward = (more: Headers = {}) => ask(origin, target, { method, headers: { ...headers, ...more }, body });
    if (method !== "GET") {
      const reply = await forward();
      // 4.4: what an unsafe method may have changed is forgotten.
      if (method !== "HEAD" && reply.status < 400) store.delete(target);
      return { outcome: "passed", reply } as const;
    }
    const { "no-cache": mustAsk, "no-store": mustForget } = directives(headers["cache-control"]);
    const known = mustForget === undefined ? store.get(target) : undefined;
    if (known !== undefined && mustAsk === undefined && ageOf(known) < known.lifetime) {
      return { outcome: "hit", reply: fromStore(known, headers) } as const;
    }
    const { etag } = known?.reply.headers ?? {};
    const reply = await forward(etag === undefined ? {} : { "if-none-match": etag });
    if (known !== undefined && etag !== undefined && reply.status === 304) {
      // 4.3.4: the stored body, under the headers that have just come.
      const { "content-length": _, ...updated } = reply.headers;
      const entry = entryOf({ ...known.reply, headers: { ...known.reply.headers, ...updated } });
      if (entry !== undefined) store.set(target, entry);
      return { outcome: "revalidated", reply: fromStore(entry ?? known, headers) } as const;
    }
    const entry = mustForget === undefined ? storable(reply, headers) : undefined;
    if (entry === undefined) store.delete(target);
    else store.set(target, entry);
    return { outcome: "miss", reply } as const;
  }

  /** Source: RFC 9111, 3 and 3.5. */
  function storable(reply: Reply, asked: Headers): Entry | undefined {
    const said = directives(reply.headers["cache-control"]);
    const refused = ["no-store", "no-cache", "private"].some((word) => said[word] !== undefined);
    if (reply.status !== 200 || refused || reply.headers.vary !== undefined) return undefined;
    const shared = ["public", "s-maxage", "must-revalidate"].some((word) => said[word] !== undefined);
    return asked.authorization === undefined || shared ? entryOf(reply) : undefined;
  }

  function entryOf(reply: Reply): Entry | undefined {
    const said = directives(reply.headers["cache-control"]);
    const lifetime = Number(said["s-maxage"] ?? said["max-age"] ?? Number.NaN);
    return Number.isNaN(lifetime) ? undefined : { reply, since: now(), lifetime, age: Number(reply.headers.age ?? 0) };
  }

  const ageOf = ({ age, since }: Entry) => age + Math.floor((now() - since) / 1000);

  function fromStore(entry: Entry, asked: Headers): Reply {
    const headers = { ...entry.reply.headers, age: String(ageOf(entry)) };
    const { etag } = headers as Headers;
    // 4.3.2: the client's own condition is answered by the cache.
    const has = (asked["if-none-match"] ?? "").split(",").map((tag) => tag.trim().replace(/^W\//, ""));
    if (etag === undefined || !(has.includes(etag) || has.includes("*"))) return { ...entry.reply, headers };
    const { "content-length": _length, "content-type": _type, ...kept } = headers as Headers;
    return { status: 304, headers: kept, body: Buffer.alloc(0) };
  }

  const server = createServer((request, response) => {
    answer(request).then(
      ({ status, headers, body }) => response.writeHead(status, headers).end(body),
      (cause) => response.writeHead(502).end(String(cause)),
    );
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  return {
    url: new URL(`http://127.0.0.1:${port}`),
    log,
    stored: () => [...store.keys()],
    stop: () => new Promise((stopped) => server.close(() => stopped())),
  };
}

type Headers = Readonly<Record<string, string>>;

/** Of one connection only. Source: RFC 9110, 7.6.1. */
const HOP_BY_HOP = new Set(["connection", "host", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade"]);

function headersOf({ headers }: IncomingMessage): Headers {
  const forwarded = Object.entries(headers).filter(([name]) => !HOP_BY_HOP.has(name));
  return Object.fromEntries(forwarded.map(([name, value]) => [name, String(value)]));
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/** `public, max-age=60` → `{ public: "", "max-age": "60" }` */
function directives(header = ""): Readonly<Record<string, string | undefined>> {
  const pairs = header.split(",").map((directive) => directive.trim().toLowerCase().split("="));
  return Object.fromEntries(pairs.map(([name = "", value = ""]) => [name, value.replaceAll('"', "")]));
}
