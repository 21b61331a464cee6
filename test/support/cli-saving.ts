import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll } from "vitest";
import { type Ended, makeTool, type Tool } from "./cli.ts";
import { type Behaviour, type SaveServer, type SaveServerOptions, startSaveServer } from "./save-server.ts";

export interface CliSaving {
  tool(): Tool;
  /** Stopped when the test ends. */
  server(options?: SaveServerOptions): Promise<SaveServer>;
  /** Writes a list of so many pictures, and says what the tool is called with to save it. */
  list(name: string, count: number): string;
  /** Saves without waiting for what may be under way at the server. */
  save(to: SaveServer, ...args: readonly string[]): Promise<Ended>;
}

/** The tool and servers for the tests of a file. */
export function cliSaving(): CliSaving {
  let tool: Tool | undefined;
  const made = (): Tool => {
    if (tool === undefined) throw new Error("tests alone have the tool");
    return tool;
  };
  const running: SaveServer[] = [];
  beforeAll(() => {
    tool = makeTool();
  });
  afterAll(() => tool?.remove());
  afterEach(async () => {
    for (const server of running.splice(0)) await server.stop();
  });
  return {
    tool: made,
    async server(options = {}) {
      const started = await startSaveServer(options);
      running.push(started);
      return started;
    },
    list(name, count) {
      const urls = Array.from(
        { length: count },
        (_, at) => `https://s7d1.scene7.com/is/image/Co/${at}?$Large$&op_usm=1,2,3`,
      );
      writeFileSync(join(made().folder, name), `${urls.join("\n")}\n`);
      return name;
    },
    save: (to, ...args) => made().run(["save", "--server", to.url, "--settle", "0", ...args]),
  };
}

/** How often each name was written. */
export const writesOf = ({ writes }: SaveServer): readonly number[] => [...writes.values()];

/** Saves that are held until they are let go. */
export function holding(count: number) {
  const held = Promise.withResolvers<void>();
  const go = Promise.withResolvers<void>();
  let arrived = 0;
  return {
    held: held.promise,
    release: () => go.resolve(),
    behave: async (): Promise<Behaviour> => {
      if (++arrived === count) held.resolve();
      await go.promise;
      return "save";
    },
  };
}
