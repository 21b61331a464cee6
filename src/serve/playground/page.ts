import { Fault } from "../../faults.ts";
import type { Site } from "../site.ts";
import type { Visit } from "../visit.ts";

/** The page, and its files beside it. What lies deeper is a picture's path behind whatever prefix a proxy has left in place. */
const FILE = /^\/playground(\/[\w.-]+)$/;

export function isPlayground(pathname: string): boolean {
  return pathname === "/" || FILE.test(pathname);
}

/**
 * What the page may do: run its own script, and ask this server. Pictures come from here too, or as `blob:` of what it has
 * asked for; nobody may put it into a frame, where a click could be led to its Save.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const HEADERS = {
  "Content-Security-Policy": CONTENT_SECURITY_POLICY,
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  // A new version is seen at once; one that has not changed is answered 304.
  "Cache-Control": "no-cache",
} as const;

/**
 * The playground, where `Playground` is on: the page at `/`, its script and its style. Where it is off, nothing tells that it
 * is there.
 *
 * @throws Fault `contextUnknown` as at any path that is no picture's, `methodRefused`, or `settings` where there are no files
 */
export async function playground({ request }: Visit, { settings, assets }: Site): Promise<Response> {
  if (!settings.Playground) throw new Fault("contextUnknown");
  const { method } = request;
  if (method !== "GET" && method !== "HEAD")
    throw new Fault("methodRefused", `wants GET or HEAD, got ${method}`, { mayBeTold: true });
  if (assets === undefined)
    throw new Fault("settings", "Playground: wants the binding ASSETS of wrangler.toml, got none");
  const { pathname, origin } = new URL(request.url);
  const path = FILE.exec(pathname)?.[1] ?? "/index.html";
  const file = await assets.fetch(new Request(new URL(path, origin), { method, headers: conditionsOf(request) }));
  if (file.status !== 200 && file.status !== 304) throw new Fault("contextUnknown");
  const headers = new Headers(file.headers);
  for (const [name, value] of Object.entries(HEADERS)) headers.set(name, value);
  return new Response(file.body, { status: file.status, headers });
}

function conditionsOf({ headers }: Request): Headers {
  const condition = headers.get("If-None-Match");
  return new Headers(condition === null ? {} : { "If-None-Match": condition });
}
