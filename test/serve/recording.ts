import type { Site } from "../../src/serve/site.ts";
import type { Telemetry } from "../../src/serve/telemetry.ts";
import { ask, properties, site } from "../support/site.ts";

/** A save that is well. */
export const SAVE = "quarters?wid=20&req=saveToFile&name=a.jpg";

/** A site, and what it has recorded of its saves. */
export interface Recording {
  readonly on: Site;
  readonly telemetry: Telemetry;
  readonly lines: string[];
  readonly points: AnalyticsEngineDataPoint[];
}

export function recording(vars: Readonly<Record<string, string>> = {}, parts: Partial<Site> = {}): Recording {
  const lines: string[] = [];
  const points: AnalyticsEngineDataPoint[] = [];
  const writeDataPoint = (point?: AnalyticsEngineDataPoint) => void points.push(point ?? {});
  const telemetry = { log: (line: string) => void lines.push(line), saveEvents: { writeDataPoint } };
  return { on: site(vars, { telemetry, ...parts }), telemetry, lines, points };
}

/** The record of the one save that there was. */
export function theRecord({ lines, points }: Pick<Recording, "lines" | "points">): Record<string, unknown> {
  if (lines.length !== 1 || points.length !== 1) {
    throw new Error(`${lines.length} lines and ${points.length} data points: ${lines.join("\n")}`);
  }
  return JSON.parse(lines[0] ?? "");
}

/** A save, and the site on which it is tried. */
export interface Case {
  /** With its modifiers; that of a save that is well where absent. */
  readonly path?: string;
  readonly init?: RequestInit;
  readonly vars?: Readonly<Record<string, string>>;
  readonly parts?: () => Partial<Site>;
}

/** What was answered, and what was recorded of it. */
export async function recorded({ path = SAVE, init = {}, vars = {}, parts }: Case) {
  const to = recording(vars, parts?.());
  const reply = await ask(path, init, to.on);
  return { status: reply.status, answer: await properties(reply), ...to };
}
