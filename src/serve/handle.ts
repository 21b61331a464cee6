import { Fault } from "../faults.ts";
import type { RequestValues } from "../protocol/commands/table.ts";
import { readObject } from "../protocol/path.ts";
import { readRequest } from "../protocol/read.ts";
import type { BuiltReqType, ReqType } from "../protocol/req-types.ts";
import type { ImageRequest } from "../protocol/request.ts";
import { VERSION } from "../version.ts";
import { refuseOutsiders } from "./address-filter.ts";
import { COMMANDS_PATH, commandsReply } from "./commands-json.ts";
import { img } from "./img.ts";
import { readForm } from "./incoming.ts";
import { plan } from "./plan.ts";
import { errorReply, faultOf, propertiesReply } from "./replies.ts";
import { resolve } from "./resolve.ts";
import { refusedSave } from "./save/answer.ts";
import { preflightReply, saveCorsHeaders } from "./save/cors.ts";
import { courseOf } from "./save/course.ts";
import { recordSave } from "./save/record.ts";
import { saveToFile } from "./save/save-to-file.ts";
import { clientModifiers } from "./save/signature.ts";
import { refuseStrangers } from "./save/who-may-save.ts";
import type { Site } from "./site.ts";
import type { Telemetry } from "./telemetry.ts";
import { unwrapped } from "./unwrap.ts";
import { validate } from "./validate.ts";
import { deadlineOf, saveDeadlineOf, type Visit } from "./visit.ts";

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
/** How long a form is read where nobody has said how long. */
const FORM_WITHOUT_SETTINGS_MS = 10_000;

/** Answers a request. Whatever goes wrong is answered too, in the words of the request type. */
export async function handle(visit: Visit, site: Site): Promise<Response> {
  const { request } = visit;
  const url = new URL(request.url);
  const object = readObject(url.pathname);
  const query = clientModifiers(url.search.slice(1), site.settings);
  let type: ReqType = "img";
  let mayBeSave = false;
  /** What is asked for is known step by step: at the first at which it is a save, strangers are refused. */
  const isKnown = async ({ request: { req } }: ImageRequest) => {
    type = req?.type ?? "img";
    if (type !== "saveToFile" || mayBeSave) return;
    await refuseStrangers(visit, site);
    mayBeSave = true;
  };
  try {
    if (url.pathname === COMMANDS_PATH) return commandsReply();
    if (object === undefined) throw new Fault("contextUnknown");
    const context = { macros: site.settings.Macros, unknownMacro: site.settings.UnknownMacro };
    // As it is written, in case it cannot be unwrapped: a save is refused in the words of a save.
    const written = readRequest(object, query, context);
    type = written.request.req?.type ?? "img";
    refuseOutsiders(request, site.settings);
    const preflight = preflightReply(request, site.settings);
    if (preflight !== undefined) return preflight;

    await isKnown(written);
    // A form needs no empty query beside it that is locked, too.
    const inQuery = query === "" ? "" : unwrapped(query, site.settings);
    const asFar = inQuery === query ? written : readRequest(object, inQuery, context);
    await isKnown(asFar);
    // Known before the form is read: a save's form is for those who may save, in the time that a save has.
    const form = await formOf(visit, asFar.request, site);
    const inForm = form === "" && query !== "" ? "" : unwrapped(form, site.settings);
    const joined = inQuery === "" ? inForm : `${inQuery}&${inForm}`;
    const asked = inForm === "" ? asFar : readRequest(object, joined, context);
    await isKnown(asked);

    const handler = HANDLERS.get(type);
    const methods = handler?.methods ?? METHODS;
    if (!methods.includes(request.method)) throw methodRefused(request.method, methods);
    if (handler === undefined) throw new Fault("notBuilt", `req=${type}`, { mayBeTold: true });
    if (object === "" && query + form === "") return banner();
    // Begun after it is handed over: there is no moment in which its client's leaving would end it.
    const reply = Promise.resolve().then(() => handler.answer(visit, asked, site));
    if (handler.outlivesClient) visit.keepAlive(reply);
    return await reply;
  } catch (thrown) {
    const fault = faultOf(thrown);
    if (type !== "saveToFile") return refusal(fault, type, site.settings.ErrorDetail);
    recordSave(site.telemetry, courseOf(visit, object), fault);
    return refusal(fault, type, site.settings.ErrorDetail, saveCorsHeaders(request, site.settings));
  }
}

/** Answers where the settings could not be read: nobody has said how much may be told, but a setting's name is no secret. */
export async function refuseWithoutSettings(visit: Visit, fault: Fault, telemetry: Telemetry): Promise<Response> {
  const context = { macros: new Map(), unknownMacro: "ignore" } as const;
  const { pathname, search } = new URL(visit.request.url);
  const form = await formWithoutSettings(visit);
  const type = readRequest("", `${search.slice(1)}&${form}`, context).request.req?.type ?? "img";
  if (type === "saveToFile") recordSave(telemetry, courseOf(visit, readObject(pathname)), fault);
  return refusal(fault, type, 2);
}

/** Whether it is a save may stand there; a form that cannot be read asks for nothing. */
async function formWithoutSettings(visit: Visit): Promise<string> {
  const deadline = deadlineOf(visit, FORM_WITHOUT_SETTINGS_MS, "formTimeout");
  return readForm(visit.request, deadline.signal)
    .catch(() => "")
    .finally(() => deadline.end());
}

async function formOf(visit: Visit, asFar: RequestValues, { settings }: Site): Promise<string> {
  const { timeout = settings.SaveTimeout } = asFar;
  const deadline =
    asFar.req?.type === "saveToFile"
      ? saveDeadlineOf(visit, Math.min(timeout, settings.MaxSaveTimeout))
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
