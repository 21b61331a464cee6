import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What a server does with a save. */
export type Behaviour =
  | "save"
  /** Saves, and hangs up in place of an answer. */
  | "save silently"
  /** Hangs up, and saves nothing. */
  | "hang up"
  | { readonly status: number; readonly text: string; readonly headers?: Readonly<Record<string, string>> };

/** A save that has arrived. */
export interface Arrival {
  readonly name: string;
  /** Path and query. */
  readonly path: string;
  readonly method: string;
  readonly headers: IncomingMessage["headers"];
  /** From 1: how often this name has been asked for. */
  readonly attempt: number;
  readonly at: number;
}

export interface Written {
  readonly etag: string;
  readonly uploaded: number;
}

export interface SaveServer {
  readonly url: string;
  readonly arrivals: readonly Arrival[];
  /** How often each name was written. */
  readonly writes: ReadonlyMap<string, number>;
  readonly objects: Map<string, Written>;
  /** The most saves that were under way at a time. */
  readonly mostAtOnce: () => number;
  stop(): Promise<void>;
}

export interface SaveServerOptions {
  /** Decides about each save; it may wait. All are saved where it is absent. */
  readonly behave?: (arrival: Arrival) => Behaviour | Promise<Behaviour>;
  /** Whether it lists what was saved. */
  readonly listed?: boolean;
  /** Answers everything else. */
  readonly others?: (request: IncomingMessage, body: Buffer) => { readonly status: number; readonly body: string };
}

export const properties = (outcome: "OK" | "ERROR", values: Readonly<Record<string, string | number>>) =>
  [
    `#S7Z ${outcome}`,
    `#${new Date().toUTCString().replace(/^(\w+), (\d+) (\w+) (\d+) (\S+) GMT$/, "$1 $3 $2 $5 UTC $4")}`,
    ...Object.entries(values).map(([name, value]) => `${name}=${`${value}`.replaceAll(":", "\\:")}`),
    "",
  ].join("\n");

/** A save that is refused. */
export const refusal = (error: string, message = "so it is") => ({
  status: 403,
  text: properties("ERROR", { status: "failed", error, message }),
});

/** A server that counts what is written, keeps the conditions of saves, and otherwise does as it is told. */
export async function startSaveServer(options: SaveServerOptions = {}): Promise<SaveServer> {
  const { behave = () => "save", listed = true, others } = options;
  const arrivals: Arrival[] = [];
  const writes = new Map<string, number>();
  const objects = new Map<string, Written>();
  let [under, most] = [0, 0];

  const write = (name: string) => {
    const count = (writes.get(name) ?? 0) + 1;
    writes.set(name, count);
    const written = { etag: `etag-${name.length}-${count}`, uploaded: Date.now() };
    objects.set(name, written);
    return properties("OK", { status: "done", name, size: 61_234, type: "image/jpeg", etag: written.etag });
  };

  async function answerSave(request: IncomingMessage, response: ServerResponse, name: string): Promise<void> {
    const attempt = arrivals.filter((arrival) => arrival.name === name).length + 1;
    const { method = "", headers, url: path = "" } = request;
    const arrival = { name, path, method, headers, attempt, at: Date.now() };
    arrivals.push(arrival);
    most = Math.max(most, ++under);
    const behaviour = await behave(arrival);
    under--;
    const there = objects.get(name);
    const { "if-none-match": none, "if-match": match } = headers;
    const isConflict = (none === "*" && there !== undefined) || (match !== undefined && match !== `"${there?.etag}"`);
    if (behaviour === "hang up") return void response.destroy();
    if (typeof behaviour === "object") {
      return void response.writeHead(behaviour.status, behaviour.headers).end(behaviour.text);
    }
    const text = isConflict ? refusal("saveConflict").text : write(name);
    if (behaviour === "save silently") response.destroy();
    else response.writeHead(isConflict ? 403 : 200).end(text);
  }

  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece);
    const { pathname, searchParams } = new URL(request.url ?? "", "http://server");
    const name = searchParams.getAll("name").at(-1);
    if (pathname.startsWith("/is/image/") && name !== undefined) return answerSave(request, response, name);
    if (listed && pathname === "/is/content") {
      const prefix = searchParams.get("prefix") ?? "";
      const keys = [...objects.keys()].filter((key) => key.startsWith(prefix)).sort();
      const found = keys.slice(0, Number(searchParams.get("limit"))).map((key) => {
        const { etag = "", uploaded = 0 } = objects.get(key) ?? {};
        return { key, size: 1, etag, uploaded: new Date(uploaded).toISOString(), type: "image/jpeg" };
      });
      return response.end(JSON.stringify({ objects: found }));
    }
    const { status, body } = others?.(request, Buffer.concat(pieces)) ?? { status: 404, body: "not here" };
    response.writeHead(status).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    ...{ url: `http://127.0.0.1:${port}`, arrivals, writes, objects },
    mostAtOnce: () => most,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
