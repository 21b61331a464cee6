import { Fault } from "../../faults.ts";
import type { Settings } from "../../settings.ts";

/** Headers by which browsers say that nobody has asked for this yet. */
const PREFETCH_HEADERS = ["Sec-Purpose", "Purpose", "X-Moz"];

/**
 * Refuses a save that does not come from somebody who may save.
 *
 * Looks at headers only; that the request is a save was decided from the parsed request, never from the URL's text.
 * Source: save-contract "The request", "Who may save", "Browsers".
 */
export async function refuseStrangers(request: Request, settings: Settings, token: string | undefined): Promise<void> {
  const { headers } = request;
  if (PREFETCH_HEADERS.some((name) => /\bprefetch\b/i.test(headers.get(name) ?? ""))) throw new Fault("savePrefetch");
  const crossSite = headers.get("Sec-Fetch-Site")?.toLowerCase() === "cross-site";
  const asImage = headers.get("Sec-Fetch-Dest")?.toLowerCase() === "image";
  // A page that SaveOrigins lists is cross-site by nature; an <img> is nobody's deliberate act, wherever it stands.
  if (asImage || (crossSite && allowedOrigin(request, settings) === undefined)) throw new Fault("saveFromBrowser");
  if (settings.SaveAccess === "public") return;
  if (token === undefined || token === "") throw new Fault("tokenUnset");
  const [, given] = /^Bearer ([^\s].*)$/i.exec(headers.get("Authorization") ?? "") ?? [];
  if (given === undefined || !(await sameText(given, token))) throw new Fault("tokenWrong");
}

/** Compares in a time that tells nothing: of digests, since the comparison needs equal lengths. */
async function sameText(one: string, other: string): Promise<boolean> {
  const digest = (text: string) => crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return crypto.subtle.timingSafeEqual(await digest(one), await digest(other));
}

/** The request's origin, if its pages may save across sites. */
function allowedOrigin(request: Request, { SaveOrigins }: Settings): string | undefined {
  const origin = request.headers.get("Origin");
  return origin !== null && SaveOrigins.includes(origin) ? origin : undefined;
}

/** Lets a listed origin read the answer to a save; for everybody else there is no such header. */
export function saveCorsHeaders(request: Request, settings: Settings): Readonly<Record<string, string>> {
  const origin = allowedOrigin(request, settings);
  return origin === undefined ? {} : { "Access-Control-Allow-Origin": origin, Vary: "Origin" };
}

/** The answer to a listed origin's question whether it may save; undefined for others. */
export function preflightReply(request: Request, settings: Settings): Response | undefined {
  const origin = allowedOrigin(request, settings);
  if (request.method !== "OPTIONS" || origin === undefined) return undefined;
  return new Response(null, {
    status: 204,
    headers: {
      "Access-Control-Allow-Origin": origin,
      "Access-Control-Allow-Methods": "GET, POST",
      "Access-Control-Allow-Headers": "Authorization, Content-Type",
      "Access-Control-Max-Age": "600",
      "Cache-Control": "no-store",
      Vary: "Origin",
    },
  });
}
