import { VERSION } from "../src/version.ts";
import { EXIT, type ExitCode } from "./ending.ts";
import { coloursFor } from "./output/colours.ts";
import { printable } from "./output/table.ts";
import { askManaged, type Server, sayingOf } from "./server/managed.ts";

interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly says: string;
  readonly mend?: string;
}

/** `fixative doctor`: what the server says of itself, and what to mend. All is well: 0. */
export async function doctor(server: Server): Promise<ExitCode> {
  const { green, red, yellow, dim } = coloursFor(process.stdout);
  const answer = await askManaged(server, "/is/doctor");
  if (answer.is !== "answered") {
    console.error(red(printable(sayingOf(server, answer))));
    const advice = answer.is === "refused" ? ADVICE.get(answer.error) : undefined;
    if (advice !== undefined) console.error(advice);
    return EXIT.failed;
  }
  const checks = checksIn(answer.json.checks);
  const { version } = answer.json;
  if (checks === undefined || typeof version !== "string") {
    console.error(red(`${server.url.href} is no fixative: its answer has neither a version nor checks`));
    return EXIT.failed;
  }
  console.log(`fixative ${printable(version)} at ${server.url.href}`);
  if (version !== VERSION) console.log(yellow(`This tool is of version ${VERSION}.`));
  const width = Math.max(0, ...checks.map(({ name }) => name.length));
  for (const { name, ok, says, mend } of checks) {
    console.log(`${ok ? green("ok  ") : red("fail")}  ${printable(name).padEnd(width)}  ${printable(says)}`);
    // Where all is well it is a thing to think of.
    if (mend !== undefined) console.log(`${" ".repeat(width + 8)}${dim("→")} ${printable(mend)}`);
  }
  const failed = checks.filter(({ ok }) => !ok).length;
  console.log(failed === 0 ? green("All is well.") : red(`${failed} of ${checks.length} checks failed.`));
  return failed === 0 ? EXIT.done : EXIT.failed;
}

/** What to do about a refusal, where that is not said by the server. */
const ADVICE: ReadonlyMap<string, string> = new Map([
  ["tokenWrong", "Give the secret SAVE_TOKEN of the Worker as --token, or FIXATIVE_TOKEN in the environment."],
  ["tokenUnset", "Set it: npx wrangler secret put SAVE_TOKEN"],
]);

function checksIn(value: unknown): readonly Check[] | undefined {
  return Array.isArray(value) && value.every(isCheck) ? value : undefined;
}

function isCheck(value: unknown): value is Check {
  const { name, ok, says, mend } = Object(value) as Readonly<Record<string, unknown>>;
  const isMend = mend === undefined || typeof mend === "string";
  return typeof name === "string" && typeof ok === "boolean" && typeof says === "string" && isMend;
}
