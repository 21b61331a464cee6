import { FAULTS, Fault } from "../faults.ts";
import { COMMANDS_PATH, commandsReply } from "./commands-json.ts";
import { fileRefusal, isFilePath, savedFile } from "./content/saved-file.ts";
import { isListPath, savedList } from "./content/saved-list.ts";
import { DOCTOR_PATH, examined } from "./doctor/doctor.ts";
import { isJobsPath, jobsReply, withAllow } from "./jobs/jobs.ts";
import { isPlayground, playground } from "./playground/page.ts";
import { PRESETS_PATH, presets } from "./playground/presets.ts";
import { errorReply, faultOf, messageOf, uncachedReply } from "./replies.ts";
import type { Site } from "./site.ts";
import { isSourcePath, putSource } from "./sources/put-source.ts";
import { isSourceListPath, sourceList } from "./sources/source-list.ts";
import type { Visit } from "./visit.ts";

/** What is answered at a path that is no picture's. */
export interface Route {
  /** Whether a path is its. */
  is(pathname: string): boolean;
  /** The only ones that it takes; it looks at them itself where absent. */
  readonly methods?: readonly string[];
  answer(visit: Visit, server: Site): Promise<Response>;
  /** How a fault is told: as a line of text where absent. */
  readonly refusal?: (visit: Visit, fault: Fault, detail: number) => Response;
}

/** All of them: no two have a path in common. */
const ROUTES: readonly Route[] = [
  { is: (path) => path === COMMANDS_PATH, answer: async () => commandsReply() },
  {
    is: isJobsPath,
    answer: jobsReply,
    refusal: (visit, fault, detail) => withAllow(inJson(visit, fault, detail), visit),
  },
  { is: (path) => path === DOCTOR_PATH, methods: ["GET", "HEAD"], answer: examined, refusal: inJson },
  { is: isPlayground, answer: playground },
  { is: (path) => path === PRESETS_PATH, answer: presets, refusal: inJson },
  { is: isFilePath, methods: ["GET", "HEAD"], answer: savedFile, refusal: fileRefusal },
  { is: isListPath, methods: ["GET", "HEAD"], answer: savedList, refusal: inJson },
  { is: isSourceListPath, methods: ["GET", "HEAD"], answer: sourceList, refusal: inJson },
  { is: isSourcePath, methods: ["PUT"], answer: putSource, refusal: inJson },
];

export function routeOf(pathname: string): Route | undefined {
  return ROUTES.find((route) => route.is(pathname));
}

/** The answer of a route; what goes wrong is told in its way. */
export async function routed(route: Route, visit: Visit, server: Site): Promise<Response> {
  const { methods } = route;
  const { method } = visit.request;
  const { ErrorDetail } = server.settings;
  const refused = (fault: Fault) => refusedBy(route, visit, fault, ErrorDetail);
  if (methods !== undefined && !methods.includes(method)) {
    const detail = `wants ${methods.join(" or ")}, got ${method}`;
    const reply = refused(new Fault("methodRefused", detail, { mayBeTold: true }));
    reply.headers.set("Allow", methods.join(", "));
    return reply;
  }
  try {
    return await route.answer(visit, server);
  } catch (thrown) {
    return refused(faultOf(thrown));
  }
}

/** A fault, told in the way of a route. */
export function refusedBy({ refusal = inText }: Route, visit: Visit, fault: Fault, detail: number): Response {
  return refusal(visit, fault, detail);
}

function inText(_: Visit, fault: Fault, detail: number): Response {
  return errorReply(fault, detail);
}

/** A fault for programs: `{ "error": "<code>", "message": "…" }`. */
export function inJson({ request }: Visit, fault: Fault, detail: number): Response {
  const { status } = errorReply(fault, detail);
  const body = { error: fault.code, title: FAULTS[fault.code].title, message: messageOf(fault, detail) };
  return uncachedReply(request, "application/json", `${JSON.stringify(body)}\n`, status);
}
