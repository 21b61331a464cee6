import { setTimeout as pause } from "node:timers/promises";
import type { Verdict } from "./tally.ts";
import { answerOf, fileAt, type Known, saveOf, sha256, type World } from "./world.ts";

/** Something that clients do, and what must come of it. */
export interface Operation {
  readonly kind: string;
  /** How often, beside the others. */
  readonly weight: number;
  /** @param id of this one alone */
  run(world: World, id: number): Promise<Verdict>;
}

/** What is looked at when nothing is going on any more: names and what may lie there. */
export interface Left {
  readonly abandoned: { readonly name: string; readonly known: Known }[];
  /** Of the names that many save to: every answer, by name. */
  readonly shared: Map<string, { readonly lastUpdated: number; readonly etag: string }[]>;
}

const SHARED = ["shared-0", "shared-1", "shared-2"];
/** Refused requests, with the code that each must have; `NAME` is a name of this operation alone. */
const REFUSED: readonly (readonly [path: string, code: string])[] = [
  ["nowhere?wid=9&req=saveToFile&name=NAME", "sourceMissing"],
  ["badge?wid=9&req=saveToFile&name=../NAME", "nameInvalid"],
  ["badge?wid=9&req=saveToFile&name=no/such/folder/NAME", "folderMissing"],
  ["badge?wid=0x9&req=saveToFile&name=NAME", "badRequest"],
  ["badge?wid=9&req=saveToFile&name=NAME&timeout=999999999", "badRequest"],
  ["harbour?wid=3000&hei=3000&fit=stretch,1&req=saveToFile&name=NAME", "memoryBudget"],
  ["badge?wid=9&fmt=tif&req=saveToFile&name=NAME", "notBuilt"],
];

/** The operations, and what they leave to be looked at in the end. */
export function operations(left: Left): readonly Operation[] {
  return [
    { kind: "save", weight: 28, run: save },
    { kind: "shared key", weight: 10, run: (world) => saveShared(world, left) },
    { kind: "create only", weight: 6, run: createOnly },
    { kind: "read", weight: 20, run: read },
    { kind: "revalidate", weight: 5, run: revalidate },
    { kind: "refused", weight: 14, run: refused },
    { kind: "out of time", weight: 9, run: outOfTime },
    { kind: "hang up", weight: 8, run: (world, id) => hangUp(world, id, left) },
  ];
}

async function save(world: World, id: number): Promise<Verdict> {
  const known = world.any(world.known);
  const name = `save-${id}`;
  const answer = answerOf(await world.ask(saveOf(known.request, name)));
  if (answer.status !== "done") return `${known.request}: ${answer.error}: ${answer.message}`;
  return isThere(world, name, known, answer);
}

async function isThere(
  world: World,
  name: string,
  known: Known,
  answer: Readonly<Record<string, string>>,
): Promise<Verdict> {
  const file = await fileAt(world.worker, name);
  if (file === undefined) return `${name} is said to be saved and is not there`;
  if (file.sha256 !== known.saved) return `${name} is another file than ${known.request} makes`;
  const isTrue = answer.etag === file.etag && answer.size === `${file.size}` && answer.type === file.type;
  return isTrue ? undefined : `${name}: the answer ${JSON.stringify(answer)} is not true of ${JSON.stringify(file)}`;
}

async function isFree(world: World, name: string): Promise<Verdict> {
  return (await fileAt(world.worker, name)) === undefined ? undefined : `${name} is there, and its save was refused`;
}

async function saveShared(world: World, { shared }: Left): Promise<Verdict> {
  const known = world.any(world.known);
  const name = world.any(SHARED);
  const answer = answerOf(await world.ask(saveOf(known.request, name)));
  if (answer.status !== "done") return `${answer.error}: ${answer.message}`;
  if (answer.etag !== known.etag) return `${name}: the answer speaks of another file than it made`;
  const answers = shared.get(name) ?? [];
  shared.set(name, answers);
  answers.push({ lastUpdated: Number(answer.lastUpdated), etag: answer.etag });
  return undefined;
}

async function createOnly(world: World, id: number): Promise<Verdict> {
  const [first, second] = [world.any(world.known), world.any(world.known)];
  const name = `new-${id}`;
  const asking = { method: "POST", headers: { "If-None-Match": "*" } };
  const answers = await Promise.all(
    [first, second].map(async ({ request }) => answerOf(await world.ask(saveOf(request, name), asking))),
  );
  const done = answers.findIndex(({ status }) => status === "done");
  const other = answers[1 - done];
  if (done === -1 || other?.error !== "saveConflict") return `two at once: ${JSON.stringify(answers)}`;
  return isThere(world, name, done === 0 ? first : second, answers[done] ?? {});
}

async function read(world: World): Promise<Verdict> {
  const { request, shown, type } = world.any(world.known);
  const { status, body, headers } = await world.ask(`/is/image/${request}`);
  if (status !== 200 || headers["content-type"] !== type) return `${request}: ${status} ${body.subarray(0, 200)}`;
  return sha256(body) === shown ? undefined : `${request} is shown otherwise than before`;
}

async function revalidate(world: World): Promise<Verdict> {
  const { request, tag } = world.any(world.known);
  const { status, body } = await world.ask(`/is/image/${request}`, { headers: { "If-None-Match": tag } });
  return status === 304 && body.length === 0 ? undefined : `${request}: ${status} instead of 304`;
}

async function refused(world: World, id: number): Promise<Verdict> {
  const [path, code] = world.any(REFUSED);
  const name = `refused-${id}`;
  const { error } = answerOf(await world.ask(`/is/image/${path.replace("NAME", name)}`));
  return error === code ? isFree(world, name) : `${path}: ${error} instead of ${code}`;
}

async function outOfTime(world: World, id: number): Promise<Verdict> {
  const known = world.any(world.known);
  const name = `late-${id}`;
  const timeout = 1 + Math.floor(world.random() ** 2 * 1500);
  const answer = answerOf(await world.ask(`${saveOf(known.request, name)}&timeout=${timeout}`));
  if (answer.status === "done") return isThere(world, name, known, answer);
  return answer.error === "saveTimeout" ? isFree(world, name) : `${timeout} ms: ${answer.error}: ${answer.message}`;
}

async function hangUp(world: World, id: number, { abandoned }: Left): Promise<Verdict> {
  const known = world.any(world.known);
  const name = `abandoned-${id}`;
  const gone = new AbortController();
  const asked = world.ask(saveOf(known.request, name), { signal: gone.signal }).catch(() => {});
  await Promise.race([asked, pause(world.random() * 400)]);
  gone.abort();
  await asked;
  abandoned.push({ name, known });
  return undefined;
}

/** What must be true when nothing is going on any more. */
export async function afterwards(world: World, { abandoned, shared }: Left): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const { name, known } of abandoned) {
    const file = await fileAt(world.worker, name);
    if (file !== undefined && file.sha256 !== known.saved) wrong.push(`${name} is neither whole nor absent`);
  }
  for (const [name, answers] of shared) {
    const last = Math.max(...answers.map(({ lastUpdated }) => lastUpdated));
    const possible = answers.filter(({ lastUpdated }) => lastUpdated === last).map(({ etag }) => etag);
    const file = await fileAt(world.worker, name);
    if (file === undefined || !possible.includes(file.etag)) wrong.push(`${name} is not what was saved there last`);
  }
  return wrong;
}
