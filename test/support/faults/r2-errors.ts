/** Errors as R2 writes them: its number at the end. Source: Cloudflare, "R2 error codes". */
export function r2Error(text: string, code: number): Error {
  return new Error(`put: ${text} (${code})`);
}

export const INTERNAL = r2Error("We encountered an internal error. Please try again.", 10001);
export const BUSY = r2Error("Reduce your concurrent request rate for the same object.", 10058);

/** What may be otherwise the next time, and proves nothing once the last byte was sent. */
export const TRANSIENT: Readonly<Record<string, Error>> = {
  "status 500": INTERNAL,
  "status 503": r2Error("Reduce your rate of simultaneous reads on the same object.", 10043),
  "status 429": BUSY,
  "status 400 of a connection that broke": r2Error("The client disconnected.", 10054),
  "no number": new Error("Network connection lost."),
};

/** What R2 will not take, however often it is asked. */
export const DEFINITE: readonly (readonly [code: number, status: number, text: string])[] = [
  [10002, 401, "Unauthorized."],
  [10003, 403, "Access denied."],
  [10005, 400, "The specified bucket name is not valid."],
  [10006, 404, "The specified bucket does not exist."],
  [10012, 400, "Your metadata headers exceed the maximum allowed metadata size."],
  [10013, 400, "You did not provide the number of bytes specified by the Content-Length HTTP header."],
  [10014, 400, "The digest you specified was invalid."],
  [10018, 400, "The request has expired."],
  [10020, 400, "The specified object name is not valid."],
  [10031, 412, "At least one of the pre-conditions you specified did not hold."],
  [10033, 411, "You must provide the Content-Length HTTP header."],
  [10035, 403, "The request signature does not match."],
  [10037, 400, "The digest you specified did not match what we received."],
  [10042, 403, "Not entitled."],
  [10069, 403, "The object is locked by the bucket policy."],
  [100100, 400, "Your proposed upload exceeds the maximum allowed object size."],
];

/** The same of uploads. */
export const DEFINITE_OF_UPLOADS: typeof DEFINITE = [
  [10011, 400, "Your proposed upload is smaller than the minimum allowed object size."],
  [10024, 404, "The specified multipart upload does not exist."],
  [10025, 400, "One or more of the specified parts could not be found."],
  [10048, 400, "There was a problem with the multipart upload."],
];
