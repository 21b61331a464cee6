import { handle } from "../../../src/serve/handle.ts";
import { engineOfPieces } from "../engine-of-pieces.ts";
import { cut, fileOf, MIB } from "../long-files.ts";
import { site } from "../site.ts";

const LENGTH = 11 * MIB + 7;
const { engine } = site();

/** Half of the file, and then nothing that could be sent. */
function* failing() {
  yield* cut(fileOf(LENGTH).subarray(0, 8 * MIB), 65_536)();
  throw new Error("made to fail");
}

/** Serves as the product does, but for its encoders: its files are long ones. `/leases` tells how many have room. */
export default {
  async fetch(request: Request, _env: unknown, context: ExecutionContext): Promise<Response> {
    const { pathname, search } = new URL(request.url);
    if (pathname === "/leases") return new Response(`${engine.gate.leases}`);
    const pieces = search.includes("$fails") ? failing : cut(fileOf(LENGTH), 65_536);
    const visit = {
      request,
      arrived: Date.now(),
      hungUp: request.signal,
      keepAlive: (work: Promise<unknown>) => context.waitUntil(work),
    };
    const vars = { ImageTimeout: "10000", SaveEffort: "fast", CreateFolders: "1" };
    return handle(visit, site(vars, { engine: engineOfPieces(engine, pieces) }));
  },
};
