import { FAULTS, Fault, type FaultCode } from "../faults.ts";
import { OutOfMemory } from "../pixels/out-of-memory.ts";
import { type Properties, propertiesText } from "./properties.ts";

/** Says to browsers, CDNs and surrogates alike that a reply is not to be kept. Source: save-contract "The answer". */
const NEVER_CACHED = {
  "Cache-Control": "no-cache, no-store",
  "CDN-Cache-Control": "no-store",
  "Surrogate-Control": "no-store",
  Expires: "0",
} as const;

const TEXT = { "Content-Type": "text/plain; charset=utf-8", "X-Content-Type-Options": "nosniff" } as const;

/** Status of a failed request that is not a save. Source: protocol.md 7.3, A-32. */
const STATUS: Partial<Record<FaultCode, number>> = {
  ...{ contextUnknown: 404, methodRefused: 405, imageTimeout: 503 },
  ...{ jobUnknown: 404, jobTooLarge: 413, jobsUnbound: 501 },
  ...{ savedMissing: 404, preconditionFailed: 412, rangeUnsatisfiable: 416 },
  ...{ managingOff: 404, sourceConflict: 412, lengthMissing: 411, fileTooLarge: 413 },
  // Nobody sees it.
  clientGone: 503,
};
const STATUS_BY_WHO = { request: 403, limit: 403, operator: 500, us: 500 } as const;

/** A reply that must not be kept: properties, as text. */
export function propertiesReply(
  status: number,
  outcome: "OK" | "ERROR",
  properties: Properties,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const body = propertiesText(outcome, new Date(), properties);
  return new Response(body, { status, headers: { ...TEXT, ...NEVER_CACHED, ...headers } });
}

/** A reply about a request, which must not be kept; to a HEAD without its body. */
export function uncachedReply(request: Request, mime: string, body: string, status = 200): Response {
  const headers = { ...TEXT, "Content-Type": `${mime}; charset=utf-8`, ...NEVER_CACHED };
  return new Response(request.method === "HEAD" ? null : body, { status, headers });
}

/** The headers of a picture that must not be kept. */
export function uncachedPictureHeaders(mime: string): Readonly<Record<string, string>> {
  return {
    "Content-Type": mime,
    "X-Content-Type-Options": "nosniff",
    "Access-Control-Allow-Origin": "*",
    ...NEVER_CACHED,
  };
}

/** A failure as a line of text. Source: protocol.md 7.3, 7.4. */
export function errorReply(fault: Fault, detail: number, headers: Readonly<Record<string, string>> = {}): Response {
  const status = STATUS[fault.code] ?? STATUS_BY_WHO[FAULTS[fault.code].who];
  return new Response(`${messageOf(fault, detail)}\n`, { status, headers: { ...TEXT, ...NEVER_CACHED, ...headers } });
}

/**
 * What a failure may say at a level of `ErrorDetail`: its title, and from level 2 on its detail; what speaks only of
 * the client's own text and the limits it met is said at every level. Source: protocol.md 7.4.
 */
export function messageOf(fault: Fault, detail: number): string {
  const { title } = FAULTS[fault.code];
  return fault.detail !== undefined && (fault.mayBeTold || detail >= 2) ? `${title}: ${fault.detail}` : title;
}

/** Whatever was thrown, as a Fault; what nobody expected is logged, since the reply does not tell. */
export function faultOf(thrown: unknown): Fault {
  if (thrown instanceof Fault) {
    if (FAULTS[thrown.code].who === "us") console.error(thrown.message, thrown.cause ?? "");
    return thrown;
  }
  // The budget was kept, and yet there was no more: with less to do there may be.
  if (thrown instanceof OutOfMemory) return new Fault("memoryBudget", thrown.message, { cause: thrown });
  console.error(thrown);
  return new Fault("internal", thrown instanceof Error ? thrown.message : String(thrown), { cause: thrown });
}
