import { request } from "node:http";

export interface Reply {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface Asking {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** Hangs up when it fires. */
  readonly signal?: AbortSignal;
}

/**
 * Sends one request and gathers its reply.
 *
 * Not `fetch`: that rewrites `..` and `%2e%2e` before anything is sent, and asks for compression, which the local
 * runtime then applies to text. Here `path` goes out byte for byte.
 */
export function ask(
  server: URL,
  path: string,
  { method = "GET", headers = {}, body, signal }: Asking = {},
): Promise<Reply> {
  const { promise, resolve, reject } = Promise.withResolvers<Reply>();
  const { hostname: host, port } = server;
  // A connection of its own: a kept one may be closed by the other side just as it is used again.
  const asking = request({ host, port, path, method, headers, agent: false, signal }, (incoming) => {
    const parts: Buffer[] = [];
    incoming.on("data", (part: Buffer) => parts.push(part));
    incoming.on("error", reject);
    incoming.on("end", () => {
      const fields = Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]);
      resolve({
        status: incoming.statusCode ?? 0,
        headers: Object.fromEntries(fields) as Record<string, string>,
        body: Buffer.concat(parts),
      });
    });
  });
  asking.on("error", reject);
  asking.end(body);
  return promise;
}

/** A POST that carries modifiers as a form. */
export function form(modifiers: string, headers: Readonly<Record<string, string>> = {}): Asking {
  return {
    method: "POST",
    headers: { "Content-Type": "application/x-www-form-urlencoded", ...headers },
    body: modifiers,
  };
}
