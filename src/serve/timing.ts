import type { Stopwatch } from "../render/stopwatch.ts";
import type { Settings } from "../settings/settings.ts";

/** `Server-Timing`, where the setting of that name wants it: it tells strangers how busy the server is. */
export function timingHeader(watch: Stopwatch, { ServerTiming }: Settings): Readonly<Record<string, string>> {
  return ServerTiming ? { "Server-Timing": watch.serverTiming() } : {};
}
