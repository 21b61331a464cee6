import { handle } from "../../src/serve/handle.ts";
import type { Site } from "../../src/serve/site.ts";
import { site, visit } from "../support/site.ts";

/** Asks a site for a path of any kind. */
export function askPath(path: string, init: RequestInit = {}, on: Site = site()): Promise<Response> {
  const request = new Request(`https://pictures.example${path}`, init);
  return handle({ ...visit("", {}), request }, on);
}

/** The headers of a reply, but for some. */
export function headersOf({ headers }: Response, without: readonly string[] = []): Record<string, string> {
  return Object.fromEntries([...headers].filter(([name]) => !without.includes(name)));
}
