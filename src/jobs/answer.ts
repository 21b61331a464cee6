import type { SaveFault } from "../serve/jobs/bulk.ts";

const DONE = "#S7Z OK\n";

/** What the answer to a save says has gone wrong; undefined where the picture is saved. */
export async function faultIn(reply: Response): Promise<SaveFault | undefined> {
  if (!isText(reply)) {
    await reply.body?.cancel();
    return NO_SAVE;
  }
  const text = await reply.text();
  if (reply.status === 200 && text.startsWith(DONE)) return undefined;
  const error = property("error", text);
  return error === undefined ? NO_SAVE : { error, message: property("message", text) ?? "" };
}

/** A macro of a catalog may have been changed since the job was begun. */
const NO_SAVE: SaveFault = { error: "badRequest", message: "The URL asks for no save any more" };

function isText({ headers }: Response): boolean {
  return headers.get("Content-Type")?.startsWith("text/plain") ?? false;
}

/** Source: protocol.md 7.1; the escapes are those of `java.util.Properties.store`. */
function property(name: string, text: string): string | undefined {
  const line = text.split("\n").find((each) => each.startsWith(`${name}=`));
  return line
    ?.slice(name.length + 1)
    .replace(/\\(?:u([\dA-F]{4})|(.))/g, (_, hex: string | undefined, character: string) =>
      hex === undefined ? (CONTROLS.get(character) ?? character) : String.fromCharCode(Number.parseInt(hex, 16)),
    );
}

const CONTROLS: ReadonlyMap<string, string> = new Map([
  ["t", "\t"],
  ["n", "\n"],
  ["r", "\r"],
  ["f", "\f"],
]);
