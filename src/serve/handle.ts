import { Fault } from "../faults.ts";
import type { RequestValues } from "../protocol/commands/table.ts";
import { readObject } from "../protocol/path.ts";
import { readRequest } from "../protocol/read.ts";
import type { BuiltReqType, ReqType } from "../protocol/req-types.ts";
import type { ImageRequest } from "../protocol/request.ts";
import { VERSION } from "../version.ts";
import { COMMANDS_PATH, commandsReply } from "./commands-json.ts";
import { img } from "./img.ts";
import { readForm } from "./incoming.ts";
import { plan } from "./plan.ts";
import { errorReply, faultOf, propertiesReply } from "./replies.ts";
import { resolve } from "./resolve.ts";
import { refusedSave } from "./save/answer.ts";
import { saveDeadline, saveToFile } from "./save/save-to-file.ts";
import { preflightReply, refuseStrangers, saveCorsHeaders } from "./save/who-may-save.ts";
import type { Site } from "./site.ts";
import { unwrapped } from "./unwrap.ts";
import { validate } from "./validate.ts";
import { deadlineOf, type Visit } from "./visit.ts";

interface ReqHandler {
  readonly methods: readonly string[];
  answer(visit: Visit, asked: ImageRequest, site: Site): Promise<Response>;
  /** Goes on when the client has hung up. */
  readonly outlivesClient?: true;
}

/** One handler a request type that is built. */
const HANDLERS: ReadonlyMap<ReqType, ReqHandler> = new Map<BuiltReqType, ReqHandler>([
  ["img", { methods: ["GET", "HEAD", "POST"], answer: img }],
  ["validate", { methods: ["GET", "HEAD", "POST"], answer: validate }],
  ["plan", { methods: ["GET", "HEAD", "POST"], answer: plan }],
  ["resolve", { methods: ["GET", "HEAD", "POST"], answer: resolve }],
  ["saveToFile", { methods: ["GET", "POST"], answer: saveToFile, outlivesClient: true }],
]);
const METHODS = ["GET", "HEAD", "POST"];

/** Answers a request. Whatever goes wrong is answered too, in the words of the request type. */
export async function handle(visit: Visit, site: Site): Promise<Response> {
  const { request } = visit;
  const url = new URL(request.url);
  const object = readObject(url.pathname);
  const query = url.search.slice(1);
  let type: ReqType = "img";
  try {
    if (url.pathname === COMMANDS_PATH) return commandsReply();
    if (object === undefined) throw new Fault("contextUnknown");
    const preflight = preflightReply(request, site.settings);
    if (preflight !== undefined) return preflight;

    const context = { macros: site.settings.Macros, unknownMacro: site.settings.UnknownMacro };
    // As it is written, in case it cannot be unwrapped: a save is refused in the words of a save.
    const written = readRequest(object, query, context);
    type = written.request.req?.type ?? "img";
    const inQuery = unwrapped(query, site.settings);
    // Known before the form is read: a save's form is for those who may save, in the time that a save has.
    const asFar = inQuery === query ? written : readRequest(object, inQuery, context);
    type = asFar.request.req?.type ?? "img";
    if (type === "saveToFile") await refuseStrangers(request, site.settings, site.saveToken);
    const form = await formOf(visit, asFar.request, site);
    const inForm = form === "" ? "" : unwrapped(form, site.settings);
    const joined = inQuery === "" ? inForm : `${inQuery}&${inForm}`;
    const asked = inForm === "" ? asFar : readRequest(object, joined, context);
    type = asked.request.req?.type ?? "img";

    const handler = HANDLERS.get(type);
    const methods = handler?.methods ?? METHODS;
    if (!methods.includes(request.method)) throw methodRefused(request.method, methods);
    if (handler === undefined) throw new Fault("notBuilt", `req=${type}`, { mayBeTold: true });
    if (object === "" && query + form === "") return banner();
    const reply = handler.answer(visit, asked, site);
    if (handler.outlivesClient) visit.keepAlive(reply);
    return await reply;
  } catch (thrown) {
    const cors = type === "saveToFile" ? saveCorsHeaders(request, site.settings) : {};
    return refusal(faultOf(thrown), type, site.settings.ErrorDetail, cors);
  }
}

/** Answers where the settings could not be read: nobody has said how much may be told, but a setting's name is no secret. */
export function refuseWithoutSettings(request: Request, fault: Fault): Response {
  const context = { macros: new Map(), unknownMacro: "ignore" } as const;
  const { req } = readRequest("", new URL(request.url).search.slice(1), context).request;
  return refusal(fault, req?.type ?? "img", 2);
}

async function formOf(visit: Visit, asFar: RequestValues, { settings }: Site): Promise<string> {
  const { timeout = settings.SaveTimeout } = asFar;
  const deadline =
    asFar.req?.type === "saveToFile"
      ? saveDeadline(visit, Math.min(timeout, settings.MaxSaveTimeout), settings)
      : deadlineOf(visit, settings.ImageTimeout, "formTimeout");
  try {
    return await readForm(visit.request, deadline.signal);
  } finally {
    deadline.end();
  }
}

function refusal(fault: Fault, type: ReqType, detail: number, cors: Readonly<Record<string, string>> = {}): Response {
  const isMethod = fault.code === "methodRefused";
  const allow = isMethod ? { Allow: (HANDLERS.get(type)?.methods ?? METHODS).join(", ") } : {};
  const headers = { ...cors, ...allow };
  return type === "saveToFile"
    ? refusedSave(fault, detail, headers, isMethod ? 405 : 403)
    : errorReply(fault, detail, headers);
}

function methodRefused(method: string, possible: readonly string[]): Fault {
  return new Fault("methodRefused", `wants ${possible.join(" or ")}, got ${method}`, { mayBeTold: true });
}

/** Neither object nor modifiers: who answers here. Source: protocol.md 4.2. */
function banner(): Response {
  return propertiesReply(200, "OK", { copyright: `fixative ${VERSION}, Apache-2.0` });
}
