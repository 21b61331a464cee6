import { Fault } from "../faults.ts";
import { withoutCatalogs } from "../protocol/catalog-view.ts";
import { readObject } from "../protocol/path.ts";
import { readRequest } from "../protocol/read.ts";
import type { BuiltReqType, ReqType } from "../protocol/req-types.ts";
import type { ImageRequest } from "../protocol/request.ts";
import { VERSION } from "../version.ts";
import { refuseOutsiders } from "./address-filter.ts";
import { COMMANDS_PATH, commandsReply } from "./commands-json.ts";
import { img } from "./img.ts";
import { plan } from "./plan.ts";
import { formAtAll, type Reading, readings } from "./readings.ts";
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
import { validate } from "./validate.ts";
import type { Visit } from "./visit.ts";

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
  const query = clientModifiers(url.search.slice(1), site.settings);
  let type: ReqType = "img";
  let mayBeSave = false;
  try {
    if (url.pathname === COMMANDS_PATH) return commandsReply();
    if (object === undefined) throw new Fault("contextUnknown");
    let reading: Reading | undefined;
    for await (reading of readings(visit, site.settings, object, query)) {
      type = reading.asked.request.req?.type ?? "img";
      refuseOutsiders(request, site.settings);
      const preflight = preflightReply(request, site.settings);
      if (preflight !== undefined) return preflight;
      if (type !== "saveToFile" || mayBeSave) continue;
      await refuseStrangers(visit, site);
      mayBeSave = true;
    }
    if (reading === undefined) throw new Error("nothing was read");
    const { asked, modifiers } = reading;

    const handler = HANDLERS.get(type);
    const methods = handler?.methods ?? METHODS;
    if (!methods.includes(request.method)) throw methodRefused(request.method, methods);
    if (handler === undefined) throw new Fault("notBuilt", `req=${type}`, { mayBeTold: true });
    if (object === "" && modifiers === "") return banner();
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
  const context = { catalogs: withoutCatalogs(new Map()), unknownMacro: "ignore" } as const;
  const { pathname, search } = new URL(visit.request.url);
  const form = await formAtAll(visit);
  const type = readRequest("", `${search.slice(1)}&${form}`, context).request.req?.type ?? "img";
  if (type === "saveToFile") recordSave(telemetry, courseOf(visit, readObject(pathname)), fault);
  return refusal(fault, type, 2);
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
