import type { Settings } from "../../settings/settings.ts";

/** The request's origin, if `SaveOrigins` lists it: only its pages may save across sites. */
export function listedOrigin(
  { headers }: Pick<Request, "headers">,
  { SaveOrigins }: Pick<Settings, "SaveOrigins">,
): string | undefined {
  const origin = headers.get("Origin");
  return origin !== null && SaveOrigins.includes(origin) ? origin : undefined;
}

/** Lets a listed origin read the answer to a save; for everybody else there is no such header. */
export function saveCorsHeaders(request: Request, settings: Settings): Readonly<Record<string, string>> {
  const origin = listedOrigin(request, settings);
  return origin === undefined ? {} : { "Access-Control-Allow-Origin": origin, Vary: "Origin" };
}

/** What a save is told by headers, beyond those that any page may send. */
const ASKED_FOR = ["Authorization", "Content-Type", "If-Match", "If-None-Match"];

/** The answer to a listed origin's question whether it may save; undefined for others. */
export function preflightReply(request: Request, settings: Settings): Response | undefined {
  const origin = listedOrigin(request, settings);
  if (request.method !== "OPTIONS" || origin === undefined) return undefined;
  return new Response(null, {
    status: 204,
    headers: {
      "Access-Control-Allow-Origin": origin,
      "Access-Control-Allow-Methods": "GET, POST",
      "Access-Control-Allow-Headers": ASKED_FOR.join(", "),
      "Access-Control-Max-Age": "600",
      "Cache-Control": "no-store",
      Vary: "Origin",
    },
  });
}
