import { Fault } from "../faults.ts";
import { isWithin } from "../protocol/grammar/addresses.ts";
import { shown } from "../protocol/problem.ts";
import type { Settings } from "../settings/settings.ts";

/** Written by Cloudflare, whatever the client says of itself; `X-Forwarded-For` is the client's own word. */
export const CLIENT_ADDRESS = "CF-Connecting-IP";

/**
 * Refuses clients outside of `ClientAddressFilter`, where there is one; a client without an address is outside.
 *
 * Source: protocol.md 6.2, "others are refused"; save-contract "Who may save".
 */
export function refuseOutsiders(
  { headers }: Pick<Request, "headers">,
  { ClientAddressFilter }: Pick<Settings, "ClientAddressFilter">,
): void {
  if (ClientAddressFilter.length === 0) return;
  const address = headers.get(CLIENT_ADDRESS) ?? "";
  if (!isWithin(address, ClientAddressFilter)) {
    throw new Fault("addressRefused", `${CLIENT_ADDRESS} is ${shown(address)}`);
  }
}
