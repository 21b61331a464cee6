/** The errors of a connection that was never made: nothing was sent. */
const NEVER_SENT: ReadonlySet<string> = new Set([
  ...["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH", "UND_ERR_CONNECT_TIMEOUT"],
  ...[
    "CERT_HAS_EXPIRED",
    "DEPTH_ZERO_SELF_SIGNED_CERT",
    "SELF_SIGNED_CERT_IN_CHAIN",
    "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  ],
  ...["ERR_TLS_CERT_ALTNAME_INVALID", "EPROTO"],
]);

/** Calls of the system that nobody makes before a connection is there. */
const BEGUN: ReadonlySet<string> = new Set(["read", "write"]);

/** `fetch` itself refuses some ports, and has no code for it. */
const REFUSED_BY_FETCH = "bad port";

/** What became of a request that brought no answer. */
export interface NetworkFailure {
  /** False where the server may have had all of the request, and done what it says. */
  readonly neverSent: boolean;
  readonly says: string;
}

/** Reads what `fetch` has thrown: it hides what happened behind `fetch failed`. */
export function networkFailure(thrown: unknown): NetworkFailure {
  const causes = causesOf(thrown);
  const code = causes.map(codeOf).find((each) => each !== undefined);
  const last = causes.at(-1);
  const says = last instanceof Error && last.message !== "" ? last.message : (code ?? String(thrown));
  // The same codes come of connections that were made, and broke.
  const hasBegun = causes.some((cause) => BEGUN.has(String((cause as { readonly syscall?: unknown }).syscall)));
  return { neverSent: says === REFUSED_BY_FETCH || (code !== undefined && NEVER_SENT.has(code) && !hasBegun), says };
}

/** An error and its causes; of the addresses of a name that were tried one after the other, the last. */
function causesOf(thrown: unknown): readonly unknown[] {
  const causes: unknown[] = [];
  let next = thrown;
  while (next instanceof Error && causes.length < 8) {
    causes.push(next);
    next = next instanceof AggregateError ? next.errors.at(-1) : next.cause;
  }
  return causes;
}

function codeOf(error: unknown): string | undefined {
  const { code } = error as { readonly code?: unknown };
  return typeof code === "string" ? code : undefined;
}
