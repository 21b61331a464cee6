import { EXIT, type ExitCode } from "./ending.ts";
import { printable, table } from "./output/table.ts";
import { askManaged, type Server, sayingOf } from "./server/managed.ts";

export interface LsOptions {
  readonly saved?: boolean;
}

/** `fixative ls`: what there is below a prefix, a page at a time: sources, or what was saved. */
export async function ls(prefix: string, { saved }: LsOptions, server: Server): Promise<ExitCode> {
  const route = saved === true ? "/is/content" : "/is/sources";
  let cursor: string | undefined;
  do {
    const query = new URLSearchParams({ prefix, ...(cursor === undefined ? {} : { cursor }) });
    const answer = await askManaged(server, `${route}?${query}`);
    if (answer.is !== "answered") {
      console.error(printable(sayingOf(server, answer)));
      return EXIT.failed;
    }
    const objects = Array.isArray(answer.json.objects) ? answer.json.objects : [];
    if (objects.length > 0) console.log(table(objects.map(rowOf)));
    const { cursor: next } = answer.json;
    // One that does not move would be asked for ever.
    cursor = typeof next === "string" && next !== cursor ? next : undefined;
  } while (cursor !== undefined);
  return EXIT.done;
}

/** Size, picture, time, key: the key last, since it may be of any length. */
function rowOf(object: unknown): readonly (string | number)[] {
  const { key, size, uploaded, type, width, height } = Object(object) as Readonly<Record<string, unknown>>;
  const dimensions = width === undefined || height === undefined ? "" : printable(`${width} × ${height}`);
  const [when, what, name] = [uploaded, type, key].map((each) => printable(typeof each === "string" ? each : ""));
  return [typeof size === "number" ? size : 0, when ?? "", what ?? "", dimensions, name ?? ""];
}
