import { UsageError } from "../ending.ts";
import { isLocal } from "./address.ts";

export interface TokenSources {
  /** `--token`. */
  readonly given: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What stands in `.dev.vars` of the folder in which the tool was called. */
  readonly devVars: () => Readonly<Record<string, string>>;
}

/**
 * The token for a server, undefined where there is none. `.dev.vars` holds secrets of the local Worker, which are nobody
 * else's to see.
 *
 * @throws UsageError where it cannot be sent
 */
export function tokenFor(server: URL, { given, environment, devVars }: TokenSources): string | undefined {
  const token = given ?? environment.FIXATIVE_TOKEN ?? (isLocal(server) ? devVars().SAVE_TOKEN : undefined);
  if (token === undefined || token === "") return undefined;
  // The token itself is not shown: it would stand in logs.
  if (!/^[!-~][ -~]*$/.test(token)) throw new UsageError("the token: wants printable ASCII and no space before it");
  return token;
}

export function authorization(token: string | undefined): Readonly<Record<string, string>> {
  return token === undefined ? {} : { Authorization: `Bearer ${token}` };
}
