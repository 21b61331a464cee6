import { type Listing, listed } from "../../store/listing.ts";
import { uncachedReply } from "../replies.ts";
import { listQuery } from "./list-query.ts";

/** What of a bucket may be listed. */
export interface ListedFolder extends Pick<Listing, "hides"> {
  readonly bucket: R2Bucket;
  /** In which everything lies: ending in a slash, or "" for all of the bucket. Keys are told without it. */
  readonly folder: string;
}

/** An object as lists have it. */
interface ListedObject {
  readonly key: string;
  readonly size: number;
  /** ISO 8601. */
  readonly uploaded: string;
  readonly etag: string;
  readonly type: string;
  /** Of a picture that has them in its metadata. */
  readonly width?: number;
  readonly height?: number;
}

/** A page of a list, as the query asks for it: `{ "objects": […], "cursor"?: "…" }`. */
export async function listReply(request: Request, from: ListedFolder, signal: AbortSignal): Promise<Response> {
  const { prefix, cursor, limit } = listQuery(request.url);
  const { bucket, folder, hides } = from;
  const after = cursor === undefined ? undefined : folder + cursor;
  const page = await listed(bucket, { prefix: folder + prefix, after, limit, hides }, signal);
  const objects = page.objects.map((object) => listedObject(object, folder));
  const list = { objects, ...(page.after !== undefined && { cursor: page.after.slice(folder.length) }) };
  return uncachedReply(request, "application/json", `${JSON.stringify(list)}\n`);
}

function listedObject(
  { key, size, uploaded, etag, httpMetadata, customMetadata }: R2Object,
  folder: string,
): ListedObject {
  const width = sideOf(customMetadata?.width);
  const height = sideOf(customMetadata?.height);
  return {
    key: key.slice(folder.length),
    size,
    uploaded: uploaded.toISOString(),
    etag,
    type: httpMetadata?.contentType ?? "application/octet-stream",
    ...(width !== undefined && height !== undefined && { width, height }),
  };
}

function sideOf(text: string | undefined): number | undefined {
  return text !== undefined && /^[1-9]\d{0,6}$/.test(text) ? Number(text) : undefined;
}
