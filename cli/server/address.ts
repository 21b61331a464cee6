import { UsageError } from "../ending.ts";

/**
 * The server as `--server` names it: origin, and the path below which a proxy may have put it.
 *
 * @throws UsageError where a request cannot be sent there, or it holds what would be lost
 */
export function serverAddress(given: string | undefined): URL {
  if (given === undefined || given === "") {
    throw new UsageError("--server <url> is wanted, or FIXATIVE_SERVER in the environment");
  }
  const wants = (what: string) => new UsageError(`--server: wants ${what}, got ${JSON.stringify(given)}`);
  if (!URL.canParse(given)) throw wants("http://… or https://…");
  const url = new URL(given);
  if (!/^https?:$/.test(url.protocol)) throw wants("http://… or https://…");
  if (url.search + url.hash !== "") throw wants("no query and no #");
  if (url.username + url.password !== "") throw wants("no user and no password: the token is --token");
  return new URL(url.pathname.replace(/\/*$/, "/"), url.origin);
}

/** The URL of a path of the server, which begins with a slash and may have a query. */
export function addressOf(server: URL, path: string): URL {
  return new URL(server.origin + server.pathname.slice(0, -1) + path);
}

/** The path of a key, whose slashes stay. */
export function keyPath(prefix: string, key: string): string {
  return prefix + key.split("/").map(encodeURIComponent).join("/");
}

/** Whether the server is this machine. */
export function isLocal({ hostname }: URL): boolean {
  return /^(?:localhost|.+\.localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
}
