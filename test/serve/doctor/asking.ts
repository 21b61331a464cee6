import { expect } from "vitest";
import { handle } from "../../../src/serve/handle.ts";
import type { Site } from "../../../src/serve/site.ts";
import { visit } from "../../support/site.ts";

export interface Found {
  readonly name: string;
  readonly ok: boolean;
  readonly says: string;
  readonly mend?: string;
}

interface Asking {
  readonly init?: RequestInit;
  /** Where the Worker is, as the client says. */
  readonly origin?: string;
  /** Fires when nobody waits any more. */
  readonly hungUp?: AbortSignal;
}

export function askDoctor(on: Site, { init = {}, origin = "https://pictures.example", hungUp }: Asking = {}) {
  const request = new Request(`${origin}/is/doctor`, init);
  return handle(visit("", {}, { request, ...(hungUp && { hungUp }) }), on);
}

/** What was found, by the names of the checks. */
export async function findings(on: Site, asking: Asking = {}): Promise<Readonly<Record<string, Found>>> {
  const reply = await askDoctor(on, asking);
  expect([reply.status, reply.headers.get("Content-Type")]).toEqual([200, "application/json; charset=utf-8"]);
  const { checks } = await reply.json<{ readonly checks: readonly Found[] }>();
  return Object.fromEntries(checks.map((found) => [found.name, found]));
}
