import { FAULTS, Fault } from "../faults.ts";
import { withoutCatalogs } from "../protocol/catalog-view.ts";
import { deobfuscated } from "../protocol/obfuscation.ts";
import { readObject } from "../protocol/path.ts";
import { isWrong, shown } from "../protocol/problem.ts";
import { readRequest } from "../protocol/read.ts";
import type { BuiltReqType, ReqType } from "../protocol/req-types.ts";
import type { ImageRequest } from "../protocol/request.ts";
import { VERSION } from "../version.ts";
import { refuseOutsiders } from "./address-filter.ts";
import { catalogSiteOf, refuseBroken, refuseWithoutCatalog, withoutRecords } from "./catalog-site.ts";
import { errorImage } from "./error-image.ts";
import { img } from "./img.ts";
import { refuseProblems } from "./incoming.ts";
import { plan } from "./plan.ts";
import { formAtAll, type PathObject, type Reading, readings, readWith, waitingTime } from "./readings.ts";
import { errorReply, faultOf, propertiesReply } from "./replies.ts";
import { resolve } from "./resolve.ts";
import { refusedBy, routed, routeOf } from "./routes.ts";
import { refusedSave } from "./save/answer.ts";
import { preflightReply, saveCorsHeaders } from "./save/cors.ts";
import { courseOf } from "./save/course.ts";
import { recordSave } from "./save/record.ts";
import { saveToFile } from "./save/save-to-file.ts";
import { clientModifiers } from "./save/signature.ts";
import { refuseStrangers } from "./save/who-may-save.ts";
import type { CatalogSite, Site } from "./site.ts";
import type { Telemetry } from "./telemetry.ts";
import { validate } from "./validate.ts";
import type { Visit } from "./visit.ts";

interface ReqHandler {
  readonly methods: readonly string[];
  answer(visit: Visit, asked: ImageRequest, site: CatalogSite): Promise<Response>;
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

/** What has been found out about a request, in case that it has to be refused. */
interface Known {
  readonly type: ReqType;
  /** All that the client has sent was looked at, its form too. */
  isRead?: boolean;
  /** It asks for a picture, and for nothing else: known when all of it has been read. */
  isForPicture?: boolean;
  /** Undefined until its catalog is known. */
  site?: CatalogSite;
  /** That it is of this type, by what has been read of it. */
  learn(type: ReqType): void;
}

/** @param over the answer: until it is there, what outlives its client is kept alive, from when it is known for that */
function nothingKnown(visit: Visit, over: Promise<Response>): Known {
  let type: ReqType = "img";
  let isKept = false;
  return {
    get type() {
      return type;
    },
    learn(read) {
      type = read;
      if (isKept || HANDLERS.get(type)?.outlivesClient === undefined) return;
      isKept = true;
      visit.keepAlive(over);
    },
  };
}

/** Answers a request. Whatever goes wrong is answered too, in the words of the request type. */
export function handle(visit: Visit, server: Site): Promise<Response> {
  const { promise: over, resolve: settle } = Promise.withResolvers<Response>();
  const reply = replied(visit, server, nothingKnown(visit, over));
  settle(reply);
  return reply;
}

async function replied(visit: Visit, server: Site, known: Known): Promise<Response> {
  const { pathname } = new URL(visit.request.url);
  const route = routeOf(pathname);
  if (route !== undefined) return routed(route, visit, server);
  const object = readObject(pathname);
  try {
    if (object === undefined) throw new Fault("contextUnknown");
    return await answered(visit, server, object, known);
  } catch (thrown) {
    const fault = faultOf(thrown);
    if (!known.isRead && known.type !== "saveToFile" && visit.request.method === "POST" && isOurs(fault))
      known.learn(await typeWithForm(visit));
    const { type, isForPicture, site } = known;
    const { ErrorDetail } = (site ?? server).settings;
    if (type === "saveToFile") {
      recordSave(server.telemetry, courseOf(visit, object), fault);
      return refusal(fault, type, ErrorDetail, saveCorsHeaders(visit.request, server.settings));
    }
    const picture = isForPicture && site !== undefined ? await errorImage(fault, visit, site) : undefined;
    return picture ?? refusal(fault, type, ErrorDetail);
  }
}

/** Not the client's doing: the form of one who is refused is not read. */
function isOurs({ code }: Fault): boolean {
  return FAULTS[code].who !== "request";
}

async function answered(visit: Visit, server: Site, object: PathObject, known: Known): Promise<Response> {
  const { request } = visit;
  const query = clientModifiers(new URL(request.url).search.slice(1), server.settings);
  const site = await entered(visit, server, object, query, known);
  let mayBeSave = false;
  let reading: Reading | undefined;
  for await (reading of readings(visit, site.settings, object, query, withoutRecords(site.view))) {
    known.learn(typeOf(reading.asked));
    refuseOutsiders(request, site.settings);
    const preflight = preflightReply(request, site.settings);
    if (preflight !== undefined) return preflight;
    if (known.type === "saveToFile" && !mayBeSave) {
      await refuseStrangers(visit, site);
      mayBeSave = true;
    }
    // Before anything is unwrapped as this catalog may not even want it.
    refuseBroken(site);
  }
  if (reading === undefined) throw new Error("nothing was read");
  known.isRead = true;
  const asked = completed(reading, object, site);
  known.learn(typeOf(asked));
  // Of a request type that cannot be read nobody knows whether it was to be a save.
  known.isForPicture = known.type === "img" && asked.problems.every(({ command }) => command !== "req");

  const handler = HANDLERS.get(known.type);
  const methods = handler?.methods ?? METHODS;
  if (!methods.includes(request.method)) throw methodRefused(request.method, methods);
  if (handler === undefined) throw new Fault("notBuilt", `req=${known.type}`, { mayBeTold: true });
  if (object === "" && reading.modifiers === "") return banner();
  refuseWithoutCatalog(site);
  return handler.answer(visit, asked, site);
}

/**
 * The site as the catalog has it that the path names. All catalogs are loaded, whatever is asked for, so that nobody learns by
 * the time it takes what there is.
 */
async function entered(visit: Visit, server: Site, object: PathObject, query: string, known: Known) {
  // As far as it is known without catalogs: how much time there is, and how to refuse it.
  const text = server.settings.RequestObfuscation === "1" ? deobfuscated(query) : query;
  const plain = readWith(
    withoutCatalogs(server.settings.Macros),
    object,
    isWrong(text) ? query : text,
    server.settings,
  );
  known.learn(typeOf(plain));
  const deadline = waitingTime(visit, plain.request, server.settings, "imageTimeout");
  const catalogs = await server.catalogs.current(deadline.signal).finally(() => deadline.end());
  const site = catalogSiteOf(object, catalogs, server);
  // One that cannot be read does not say how much may be told of that.
  known.site = site.main.broken === undefined ? site : catalogSiteOf("", catalogs, server);
  return site;
}

/**
 * The request with all that records say. Whether it is a save, the client's own text has decided before any record was looked at.
 * `req=validate` looks none up.
 */
function completed({ asked, modifiers }: Reading, object: PathObject, site: CatalogSite): ImageRequest {
  const type = typeOf(asked);
  if (type === "validate") return asked;
  const whole = readWith(site.view, object, modifiers, site.settings);
  const got = typeOf(whole);
  const isSave = got === "saveToFile";
  if (isSave === (type === "saveToFile")) return whole;
  refuseProblems(whole.problems);
  if (isSave) throw new Error("a record has made a save of a request");
  const detail = `req: wants no other one in the records of what is saved, got ${shown(got)}`;
  throw new Fault("badRequest", detail, { mayBeTold: true });
}

function typeOf({ request }: ImageRequest): ReqType {
  return request.req?.type ?? "img";
}

/** What was asked for where neither settings nor catalogs say how it is to be read: a save is refused in the words of a save. */
async function typeWithForm(visit: Visit): Promise<ReqType> {
  const context = { catalogs: withoutCatalogs(new Map()), unknownMacro: "ignore" } as const;
  const form = await formAtAll(visit);
  return typeOf(readRequest("", `${new URL(visit.request.url).search.slice(1)}&${form}`, context));
}

/** Answers where the settings could not be read: nobody has said how much may be told, but a setting's name is no secret. */
export async function refuseWithoutSettings(visit: Visit, fault: Fault, telemetry: Telemetry): Promise<Response> {
  const { pathname } = new URL(visit.request.url);
  const route = routeOf(pathname);
  if (route !== undefined) return refusedBy(route, visit, fault, 2);
  const type = await typeWithForm(visit);
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
