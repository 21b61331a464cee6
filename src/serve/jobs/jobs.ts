import { Fault } from "../../faults.ts";
import { CLIENT_ADDRESS, refuseOutsiders } from "../address-filter.ts";
import { defaultSite } from "../default-site.ts";
import { refuseUnmanaged } from "../manage.ts";
import { uncachedReply } from "../replies.ts";
import type { Site } from "../site.ts";
import { deadlineOf, type Visit } from "../visit.ts";
import { readBody } from "./body.ts";
import type { Bulk } from "./bulk.ts";
import { checkedUrls } from "./checked.ts";
import { enqueue } from "./enqueue.ts";
import { entriesIn } from "./entries.ts";

/** Where jobs are begun; one of them is below it. */
const PATH = "/is/save";
const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/;

export function isJobsPath(pathname: string): boolean {
  return pathname === PATH || pathname.startsWith(`${PATH}/`);
}

function methodsAt({ request }: Visit): readonly string[] {
  return new URL(request.url).pathname === PATH ? ["POST"] : ["GET", "HEAD"];
}

/** A reply that refuses a method, with those that there are. */
export function withAllow(reply: Response, visit: Visit): Response {
  if (reply.status === 405) reply.headers.set("Allow", methodsAt(visit).join(", "));
  return reply;
}

/**
 * Many saves at once: `POST /is/save` takes a list of them and answers as soon as they are queued, `GET /is/save/<job>` says how
 * far they have come. For whoever may manage.
 */
export async function jobsReply(visit: Visit, server: Site): Promise<Response> {
  const { request } = visit;
  const methods = methodsAt(visit);
  if (!methods.includes(request.method)) {
    throw new Fault("methodRefused", `wants ${methods.join(" or ")}, got ${request.method}`, { mayBeTold: true });
  }
  await refuseUnmanaged(visit, server);
  const { bulk } = server;
  if (bulk === undefined) throw new Fault("jobsUnbound");
  return request.method === "POST" ? begun(visit, server, bulk) : told(visit, server, bulk);
}

async function begun(visit: Visit, server: Site, bulk: Bulk): Promise<Response> {
  const { request } = visit;
  const deadline = deadlineOf(visit, server.settings.SaveTimeout, "formTimeout");
  try {
    const entries = entriesIn(await readBody(request, deadline.signal));
    const catalogs = await server.catalogs.current(deadline.signal);
    const urls = await checkedUrls(entries, request, catalogs, server);
    deadline.check();
    const job = crypto.randomUUID();
    const from = request.headers.get(CLIENT_ADDRESS) ?? "";
    const queued = enqueue(
      urls.map((url, index) => ({ job, index, url, from })),
      job,
      bulk,
    );
    // Whoever hangs up now does not know the job, but it is all of the list or none.
    visit.keepAlive(queued.catch(() => {}));
    await queued;
    return json(request, { job, accepted: urls.length }, 202);
  } finally {
    deadline.end();
  }
}

async function told(visit: Visit, server: Site, bulk: Bulk): Promise<Response> {
  const { request } = visit;
  const deadline = deadlineOf(visit, server.settings.ImageTimeout, "imageTimeout");
  const { settings } = await defaultSite(server, deadline.signal).finally(() => deadline.end());
  refuseOutsiders(request, settings);
  const job = new URL(request.url).pathname.slice(PATH.length + 1);
  const state = UUID.test(job) ? await bulk.job(job).state() : undefined;
  if (state === undefined) throw new Fault("jobUnknown");
  const { total, done, failed, failures } = state;
  return json(request, { job, total, done, failed, failures, finished: done + failed === total });
}

function json(request: Request, value: unknown, status = 200): Response {
  return uncachedReply(request, "application/json", `${JSON.stringify(value)}\n`, status);
}
