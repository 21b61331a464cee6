import { setTimeout } from "node:timers/promises";

/** What one isolate holds, looked at in the way of a debugger. */
export interface IsolateHeap {
  /** Bytes of the heap and of the buffers beside it, once all garbage is collected. */
  heldBytes(): Promise<number>;
  close(): void;
}

/** What the inspector lists of an isolate. Source: Chrome DevTools Protocol, "/json/list". */
interface Listed {
  readonly id: string;
  readonly webSocketDebuggerUrl: string;
}

/** Source: Chrome DevTools Protocol, Runtime.getHeapUsage. */
interface HeapUsage {
  readonly usedSize: number;
  readonly embedderHeapUsedSize: number;
  readonly backingStorageSize: number;
}

interface Reply {
  readonly id?: number;
  readonly result?: unknown;
}

/** One collection frees what finalizers of the one before let go of. */
const COLLECTIONS = 2;
const PATIENCE_MS = 10_000;
/** What a collection may take. */
const COLLECTION_MS = 500;

/**
 * Looks into the isolate of the one Worker of a process, beside which those of the simulated services are. The connection is kept:
 * workerd does not answer to a second one.
 *
 * @param inspector of the process
 * @throws Error where there is no such isolate
 */
export async function heapOfWorker(inspector: URL): Promise<IsolateHeap> {
  const list = new URL("/json/list", inspector.href.replace(/^ws/, "http"));
  const isolates = (await (await fetch(list)).json()) as readonly Listed[];
  const worker = isolates.find(({ id }) => id.startsWith("core:user:"));
  if (worker === undefined) throw new Error("no isolate of a Worker is listed");
  const socket = new WebSocket(worker.webSocketDebuggerUrl);
  const waiting = new Map<number, (result: unknown) => void>();
  socket.addEventListener("message", ({ data }: MessageEvent<string>) => {
    const { id = 0, result } = JSON.parse(data) as Reply;
    waiting.get(id)?.(result);
    waiting.delete(id);
  });
  await inTime("open", (opened) => socket.addEventListener("open", opened, { once: true }));
  let calls = 0;
  const tell = (method: string) => {
    const id = ++calls;
    socket.send(JSON.stringify({ id, method, params: {} }));
    return id;
  };
  const call = (method: string) => inTime(method, (answered) => waiting.set(tell(method), answered));
  const use = () => call("Runtime.getHeapUsage") as Promise<HeapUsage>;
  return {
    async heldBytes() {
      await call("HeapProfiler.enable");
      for (let time = 0; time < COLLECTIONS; time++) {
        // Its answer may never come. Were nothing collected, more would be told, not less.
        tell("HeapProfiler.collectGarbage");
        await setTimeout(COLLECTION_MS);
        await use();
      }
      const { usedSize, embedderHeapUsedSize, backingStorageSize } = await use();
      return usedSize + embedderHeapUsedSize + backingStorageSize;
    },
    close: () => socket.close(),
  };
}

/** @throws Error where it takes too long */
function inTime(what: string, begin: (resolve: (result: unknown) => void) => void): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const late = AbortSignal.timeout(PATIENCE_MS);
    late.addEventListener("abort", () => reject(new Error(`the inspector does not answer to ${what}`)));
    begin(resolve);
  });
}
