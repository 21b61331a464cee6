import { connect } from "node:net";
import type { Reply } from "./ask.ts";

/**
 * Sends a request whose target is these bytes (each character is one), whatever they are: no client of HTTP would let
 * all of them pass.
 */
export function askFor(server: URL, target: string): Promise<Reply> {
  const { promise, resolve, reject } = Promise.withResolvers<Reply>();
  const socket = connect(Number(server.port), server.hostname);
  const parts: Buffer[] = [];
  socket.on("data", (part: Buffer) => parts.push(part));
  socket.on("error", reject);
  socket.on("end", () => resolve(replyIn(Buffer.concat(parts))));
  socket.write(Buffer.from(`GET ${target} HTTP/1.1\r\nHost: ${server.host}\r\nConnection: close\r\n\r\n`, "latin1"));
  return promise;
}

/** A reply that ends with its connection, and whose body is not in chunks: those about saves are none. */
function replyIn(bytes: Buffer): Reply {
  const end = bytes.indexOf("\r\n\r\n");
  const [first = "", ...lines] = bytes.subarray(0, end).toString("latin1").split("\r\n");
  const headers = lines.map(
    (line) => [line.split(":")[0]?.toLowerCase() ?? "", line.replace(/^[^:]*: */, "")] as const,
  );
  return { status: Number(first.split(" ")[1]), headers: Object.fromEntries(headers), body: bytes.subarray(end + 4) };
}
