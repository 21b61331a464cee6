import { expect } from "vitest";
import type { LocalWorker } from "../../scripts/local/worker.ts";
import { type Asking, ask, type Reply } from "./ask.ts";
import { SAVE_PATH } from "./local.ts";
import { readProperties } from "./properties.ts";
import { SAVE_HEADERS } from "./save-headers.ts";

/** A save that was done, in the words of its answer. */
export interface Done {
  readonly status: "done";
  readonly lastUpdated: number;
  readonly pixelsTotal: number;
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly size: number;
  readonly type: string;
  readonly etag: string;
  /** What was wrong with the source, of which a picture was saved nevertheless. */
  readonly warning?: string;
}

/** A save that was refused, in the words of its answer. */
export interface Refused {
  readonly status: "failed" | "timeout";
  readonly error: string;
  readonly message: string;
}

const DONE = ["lastUpdated", "pixelsTotal", "status", "name", "width", "height", "size", "type", "etag"];
/** Stands last, where there is one. */
const WARNING = "warning";
const REFUSED = ["status", "error", "message"];
const NUMBERS = new Set(["lastUpdated", "pixelsTotal", "width", "height", "size"]);

/** The answer to a save, held to the contract in status, headers and format. */
export function answerOf(reply: Reply): Done | Refused {
  const { status, headers, body } = reply;
  const { outcome, properties } = readProperties(body.toString("latin1"));
  expect(headers).toMatchObject(SAVE_HEADERS);
  expect(headers).not.toHaveProperty("etag");
  expect([outcome, status]).toEqual(outcome === "OK" ? ["OK", 200] : ["ERROR", 403]);
  const done = properties.has(WARNING) ? [...DONE, WARNING] : DONE;
  expect([...properties.keys()]).toEqual(outcome === "OK" ? done : REFUSED);
  expect([...properties.values()]).not.toContain("");

  const values = [...properties].map(([name, value]) => [name, NUMBERS.has(name) ? wholeNumber(value) : value]);
  const answer = Object.fromEntries(values) as Done | Refused;
  if (answer.status === "done") {
    expect(answer.pixelsTotal).toBe(answer.width * answer.height);
  } else {
    expect(answer.status).toBe(answer.error === "saveTimeout" ? "timeout" : "failed");
  }
  return answer;
}

function wholeNumber(text: string): number {
  expect(text).toMatch(/^\d+$/);
  return Number(text);
}

/** The answer to a save, which must have been done, and without a warning. */
export function doneOf(reply: Reply): Done {
  const answer = answerOf(reply);
  if (answer.status !== "done") throw new Error(`refused: ${answer.error}: ${answer.message}`);
  expect(answer).not.toHaveProperty(WARNING);
  return answer;
}

/** The answer to a save, which must have been refused. */
export function refusedOf(reply: Reply): Refused {
  return refusal({ answer: answerOf(reply) });
}

/** The path of a save; the query's values are the caller's to encode. */
export function savePath(object: string, modifiers: string, name: string): string {
  return `/is/image/${object}?${modifiers}&req=saveToFile&name=${encodeURIComponent(name)}`;
}

export type Saved = { readonly answer: Done; readonly file: Buffer } | { readonly answer: Refused };

/**
 * Saves over HTTP under a name that is free, and holds the two outcomes: what the answer of a done save says is true
 * of the object in the bucket; after a refused one there is no object.
 * Source: save-contract "Two outcomes", 1 and 2.
 */
export async function save(
  worker: LocalWorker,
  object: string,
  modifiers: string,
  name: string,
  asking?: Asking,
): Promise<Saved> {
  const key = `${SAVE_PATH}/${name}`;
  expect(await worker.saves.head(key), "the name is free before the save").toBeNull();
  const answer = answerOf(await ask(worker.url, savePath(object, modifiers, name), asking));
  const there = await worker.saves.get(key);
  if (answer.status !== "done") {
    expect(there, "a refused save leaves nothing").toBeNull();
    return { answer };
  }
  if (there === null) throw new Error(`${key} is said to be saved and is not there`);
  const file = Buffer.from(await there.arrayBuffer());
  expect(answer).toMatchObject({
    name,
    lastUpdated: there.uploaded.getTime(),
    size: file.length,
    type: there.httpMetadata?.contentType,
    etag: there.etag,
  });
  return { answer, file };
}

type Filed = Extract<Saved, { file: Buffer }>;

/** The save, which must have been done, of a source with which nothing was wrong. */
export function whole(saved: Saved): Filed {
  const done = filed(saved);
  expect(done.answer).not.toHaveProperty(WARNING);
  return done;
}

/** The save, which must have been done with a warning, and the warning. */
export function flawed(saved: Saved): Filed & { readonly warning: string } {
  const done = filed(saved);
  const { warning } = done.answer;
  if (warning === undefined) throw new Error(`saved without a warning: ${done.answer.name}`);
  return { ...done, warning };
}

function filed(saved: Saved): Filed {
  if (!("file" in saved)) throw new Error(`refused: ${saved.answer.error}: ${saved.answer.message}`);
  return saved;
}

/** What a save was refused with, which must have been refused. */
export function refusal({ answer }: Pick<Saved, "answer">): Refused {
  if (answer.status === "done") throw new Error(`saved, though it should have been refused: ${answer.name}`);
  return answer;
}

/** The line of text with which a picture is refused: 403, and never to be kept. Source: protocol.md 7.3. */
export function refusedPictureOf({ status, headers, body }: Reply): string {
  const text = body.toString();
  expect(status, text.slice(0, 200)).toBe(403);
  expect(headers).toMatchObject(SAVE_HEADERS);
  expect(text).toMatch(/^[^\n]+\n$/);
  return text.trimEnd();
}
