import fc from "fast-check";
import type { AskFault } from "./faulty-asking.ts";
import type { PutFault } from "./faulty-saves.ts";
import type { SourceFault } from "./faulty-sources.ts";
import { DEFINITE, r2Error, TRANSIENT } from "./r2-errors.ts";
import { PRIORS, type Prior } from "./saved.ts";
import { type Scenario, TIMEOUT_MS } from "./scenario.ts";
import { type Act, actAt } from "./scene.ts";

/** Circumstances of a save, drawn by chance; as data, so that they can be read where they fail. */
export interface Drawn {
  readonly prior: Prior;
  readonly condition: "none" | "If-None-Match" | "If-Match" | "If-Match of another" | "Overwrite = false";
  readonly timeoutMs: number;
  readonly source: SourceFault | undefined;
  readonly puts: readonly PutFault[];
  readonly marker: readonly AskFault[];
  readonly look: readonly AskFault[];
  readonly event: { readonly at: number; readonly ms: number; readonly hangsUp: boolean } | undefined;
}

/** Nothing, a moment, much of the time, all of it, all and more than is granted behind it. */
const milliseconds = fc.constantFrom(
  0,
  0,
  0,
  50,
  1999,
  2001,
  20_000,
  TIMEOUT_MS,
  TIMEOUT_MS + 9999,
  TIMEOUT_MS + 10_001,
);

const unclear = fc.constantFrom(...Object.values(TRANSIENT), new TypeError("not what was expected"));
const definite = fc.constantFrom(...DEFINITE).map(([code, , text]) => r2Error(text, code));
const errors = fc.oneof({ weight: 3, arbitrary: unclear }, definite);

const optional = <T>(value: T) => fc.option(fc.constant(value), { nil: undefined, freq: 4 });

/** Leaves out what is undefined. */
function present<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> };
}

/** What is said of an object that may have been stored, whatever is said. */
const storingPut = fc.record({
  after: fc.constant("all" as const),
  says: fc.oneof({ weight: 4, arbitrary: unclear }, fc.constant("silence" as const)),
  stores: fc.constantFrom(undefined, "with its word", "after a look", "after the answer"),
  takesMs: milliseconds,
  somebodyElse: fc.constantFrom(undefined, undefined, undefined, "before", "behind"),
});

const truePut = fc.record({
  after: fc.constant("all" as const),
  says: fc.constant("truth" as const),
  stores: fc.constant("with its word" as const),
  takesMs: milliseconds,
  somebodyElse: fc.constantFrom(undefined, undefined, undefined, "before", "behind"),
});

/** R2 stores nothing of what it refuses for good. */
const refusingPut = fc.record({ after: fc.constant("all" as const), says: definite, takesMs: milliseconds });

const partialPut = fc.record({
  after: fc.constantFrom("nothing", "half", "all but one"),
  says: fc.oneof({ weight: 3, arbitrary: errors }, fc.constantFrom("silence", "null", "written")),
  takesMs: fc.oneof(fc.constant(undefined), milliseconds),
  cancels: optional(true as const),
  readsOn: optional(true as const),
  somebodyElse: fc.constantFrom(undefined, undefined, undefined, "before"),
});

const puts: fc.Arbitrary<PutFault> = fc
  .oneof({ weight: 4, arbitrary: storingPut }, truePut, refusingPut, { weight: 3, arbitrary: partialPut })
  .map((put) => present(put) as PutFault);

const asks: fc.Arbitrary<AskFault> = fc
  .record({ says: fc.oneof(fc.constant(undefined), fc.constant("silence" as const), errors), takesMs: milliseconds })
  .map((ask) => present(ask) as AskFault);

const sources: fc.Arbitrary<SourceFault> = fc
  .record({
    key: fc.constant("picture.png"),
    reading: fc.constantFrom("start", "file"),
    call: fc.option(asks, { nil: undefined }),
    body: fc.option(
      fc.record({
        after: fc.constantFrom(0, 5, 0.5, 0.99, Number.POSITIVE_INFINITY),
        ends: fc.constantFrom("truly", "with a failure", "never"),
        pauseMs: milliseconds,
        longerBy: fc.constantFrom(0, 0, 7),
      }),
      { nil: undefined },
    ),
    behind: fc.constantFrom(undefined, undefined, { put: undefined }, { put: new TextEncoder().encode("no picture") }),
  })
  .map((source) => present(source) as SourceFault);

export const drawn: fc.Arbitrary<Drawn> = fc.record({
  prior: fc.constantFrom(...PRIORS),
  condition: fc.constantFrom("none", "none", "If-None-Match", "If-Match", "If-Match of another", "Overwrite = false"),
  timeoutMs: fc.constantFrom(500, TIMEOUT_MS),
  source: fc.option(sources, { nil: undefined, freq: 4 }),
  puts: fc.array(puts, { maxLength: 4 }),
  marker: fc.oneof({ weight: 8, arbitrary: fc.constant([]) }, fc.array(asks, { maxLength: 1 })),
  look: fc.array(asks, { maxLength: 3 }),
  event: fc.option(fc.record({ at: fc.integer({ min: 2, max: 30 }), ms: milliseconds, hangsUp: fc.boolean() }), {
    nil: undefined,
  }),
});

/** @param oldEtag that of what is there before */
export function scenarioOf(circumstances: Drawn, oldEtag: string): Scenario {
  const { condition, timeoutMs, source, puts: faults, marker, look, event } = circumstances;
  const act: Act = (scene) => {
    if (event?.hangsUp) scene.hungUp.abort();
    return scene.pass(event?.ms ?? 0);
  };
  const header = { "If-None-Match": "*" };
  const match = (etag: string) => ({ "If-Match": `"${etag}"` });
  const headers = { "If-None-Match": header, "If-Match": match(oldEtag), "If-Match of another": match("0123") };
  return {
    timeoutMs,
    puts: faults,
    asks: { "folder marker": marker, look },
    vars: condition === "Overwrite = false" ? { Overwrite: "false" } : {},
    ...(condition in headers ? { init: { method: "POST", headers: headers[condition as keyof typeof headers] } } : {}),
    ...(source === undefined ? {} : { sources: [source] }),
    ...(event === undefined ? {} : { act: actAt(event.at, act) }),
  };
}
