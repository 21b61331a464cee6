import { MODULES } from "../src/modules.ts";
import type { Raster } from "../src/pixels/raster.ts";
import type { Output } from "../src/plan/output.ts";
import { r2Sources } from "../src/store/sources.ts";
import { timedEncoding } from "./in-worker/encode-pixels.ts";
import { loadImageData } from "./in-worker/load-image-data.ts";
import { readUrls } from "./in-worker/read-urls.ts";
import { writeToBucket } from "./in-worker/write-to-bucket.ts";
import type { Job, Pipeline } from "./job.ts";
import { ours } from "./ours.ts";
import { ourEncoding } from "./ours-encoding.ts";

interface Env {
  readonly SOURCES: R2Bucket;
}

const pipelines: Readonly<Record<string, Pipeline>> = {
  "": ours(MODULES, { pauses: false }),
  pausing: ours(MODULES, { pauses: true }),
};

/** Sources by name: renditions are made of bytes that lie in memory. */
const files = new Map<string, Uint8Array>();

/** Pictures by name that are encoded as they are. */
const pictures = new Map<string, Raster>();
const encode = ourEncoding(MODULES);

/** What the bench asks of workerd, by path. Each answers with what it measured; the clock moves while it works, locally. */
const ROUTES: Readonly<Record<string, (request: Request, asked: URLSearchParams, env: Env) => Promise<Response>>> = {
  async "/read-urls"(request, asked) {
    const urls = (await request.text()).split("\n").map((line) => new URL(line));
    return Response.json(readUrls(urls, Number(asked.get("rounds"))));
  },

  async "/image-data"(request) {
    return Response.json(loadImageData(new Uint8Array(await request.arrayBuffer())));
  },

  async "/source"(request, asked) {
    files.set(asked.get("name") ?? "", new Uint8Array(await request.arrayBuffer()));
    return new Response();
  },

  async "/render"(_, asked) {
    const pipeline = pipelines[asked.get("pace") ?? ""];
    const job = JSON.parse(asked.get("job") ?? "") as Job;
    const file = files.get(job.source);
    if (file === undefined || pipeline === undefined) return new Response("no such thing", { status: 404 });
    const started = performance.now();
    const { bytes, kernelBytes } = await pipeline(file, job);
    const ms = performance.now() - started;
    const headers = { "X-Measured": JSON.stringify({ ms, bytes: bytes.length, kernelBytes }) };
    return new Response(asked.has("keep") ? bytes : null, { headers });
  },

  async "/pixels"(request, asked) {
    const size = { width: Number(asked.get("width")), height: Number(asked.get("height")) };
    pictures.set(asked.get("name") ?? "", { size, data: new Uint8Array(await request.arrayBuffer()) });
    return new Response();
  },

  async "/encode"(_, asked) {
    const raster = pictures.get(asked.get("name") ?? "");
    if (raster === undefined) return new Response("no such picture", { status: 404 });
    const output = JSON.parse(asked.get("output") ?? "") as Output;
    const { pieces, ...measured } = await timedEncoding(encode, raster, { output, times: Number(asked.get("times")) });
    const headers = { "X-Measured": JSON.stringify(measured) };
    return new Response(asked.has("keep") ? new Blob([...pieces]) : null, { headers });
  },

  async "/from-bucket"(_, asked, { SOURCES }) {
    const key = asked.get("key") ?? "";
    const { etag = "" } = (await SOURCES.head(key)) ?? {};
    const started = performance.now();
    const chunks =
      asked.get("way") === "ours"
        ? r2Sources(SOURCES).chunks(key, etag, new AbortController().signal)
        : (await SOURCES.get(key))?.body;
    let bytes = 0;
    for await (const chunk of chunks ?? []) bytes += chunk.length;
    return Response.json({ ms: performance.now() - started, bytes });
  },

  async "/to-bucket"(_, asked, { SOURCES }) {
    const bytes = Number(asked.get("bytes"));
    const way = asked.get("way") === "in parts" ? "in parts" : "at once";
    await writeToBucket(SOURCES, asked.get("key") ?? "", { bytes, way });
    return new Response();
  },
};

/** The bench's own Worker: the project's modules, run in workerd without the way a request takes through the project. */
export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    return (await ROUTES[pathname]?.(request, searchParams, env)) ?? new Response(null, { status: 404 });
  },
} satisfies ExportedHandler<Env>;
