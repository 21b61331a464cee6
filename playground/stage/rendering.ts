import { refusalOf } from "../asking.ts";
import { commandFor, isSpelling, type Language } from "../language.ts";
import { type Address, sentAddress } from "../url/address.ts";
import { partsOf } from "../url/parts.ts";
import type { Size } from "./rectangle.ts";

/** What of a plan is shown. */
export interface Plan {
  readonly size: Size;
  readonly composite: Size;
  readonly output: { readonly mime: string };
  readonly peak: { readonly total: number };
  /** Commands that are read and not carried out yet. */
  readonly ignored?: readonly string[];
}

export interface Picture {
  readonly file: Blob;
  /** From the request to its last byte, as seen from here. */
  readonly milliseconds: number;
}

/** What would be done, without doing it. @throws Refusal */
export async function askForPlan(address: Address, language: Language, signal: AbortSignal): Promise<Plan> {
  const reply = await fetch(sentAddress(address, asType("plan", language)), { signal });
  const text = await reply.text();
  if (!reply.ok) throw refusalOf(reply.status, text);
  return JSON.parse(text) as Plan;
}

/** The picture itself, made anew: a copy that lies somewhere would say nothing about the time it takes. @throws Refusal */
export async function askForPicture(address: Address, language: Language, signal: AbortSignal): Promise<Picture> {
  const begun = performance.now();
  const reply = await fetch(sentAddress(address, asPicture(address, language)), { signal, cache: "no-store" });
  if (!reply.ok) throw refusalOf(reply.status, await reply.text());
  const file = await reply.blob();
  return { file, milliseconds: performance.now() - begun };
}

/** What is understood and passed over, as a validation notes it; "" where nothing is. */
export async function askForNotes(address: Address, language: Language, signal: AbortSignal): Promise<string> {
  const reply = await fetch(sentAddress(address, asType("validate,json", language)), { signal });
  const [, json] = /\((\{.*\}),"[^"]*"\);$/s.exec(await reply.text()) ?? [];
  if (!reply.ok || json === undefined) return "";
  return (JSON.parse(json) as Readonly<Record<string, string>>)["request.notes"] ?? "";
}

/** The request type that is asked for, behind all else: the last one counts. */
export function asType(type: string, language: Language): string {
  return `${commandFor(language, "type").name}=${type}`;
}

/** Whatever a URL asks for, the stage shows its picture: what is looked at must not be saved by that. */
function asPicture({ query }: Address, language: Language): string {
  const command = commandFor(language, "type");
  return partsOf(query).some(({ name }) => isSpelling(command, name)) ? asType("img", language) : "";
}
