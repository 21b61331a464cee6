import ipaddr from "ipaddr.js";
import { wrong } from "../problem.ts";
import type { GrammarValue, Reader } from "./grammar.ts";

type Address = ipaddr.IPv4 | ipaddr.IPv6;
/** An address, and how many of its leading bits count. */
type AddressRange = readonly [Address, bits: number];

const ALL_OF_IPV6: AddressRange = [ipaddr.IPv6.parse("::"), 0];

/**
 * `10.0.0.0/8, 192.0.2.7, 2001:db8::/32`: addresses and ranges of them, IPv4 and IPv6; the bits behind the prefix do not
 * count. The empty list is one. `0.0.0.0/0` is everybody, IPv6 included, as catalogs have meant it since before there was any.
 *
 * Strict, because a mistyped range lets strangers in: no octal, hexadecimal or shortened IPv4, no zones, no empty
 * places in the list. IPv4 in IPv6 (`::ffff:10.0.0.0/104`) is the IPv4 that it says.
 * Source: protocol.md 6.2, `ClientAddressFilter`.
 */
export const addressRanges: Reader<readonly AddressRange[]> = {
  wants: "addresses or ranges a.b.c.d/0..32 or x:x::x/0..128, separated by commas or spaces",
  read(list) {
    const texts = list.trim() === "" ? [] : list.trim().split(/\s*,\s*|\s+/);
    const ranges: AddressRange[] = [];
    for (const text of texts) {
      const range = rangeIn(text);
      if (range === undefined) return wrong(addressRanges.wants, text);
      ranges.push(range);
      const [base, bits] = range;
      if (bits === 0 && base.kind() === "ipv4" && !text.includes(":")) ranges.push(ALL_OF_IPV6);
    }
    return ranges;
  },
};

export type AddressRanges = GrammarValue<typeof addressRanges>;

/** Whether `text` is an address in one of the ranges. What is no address is in none. */
export function isWithin(text: string, ranges: AddressRanges): boolean {
  const address = addressIn(text);
  return (
    address !== undefined && ranges.some(([base, bits]) => base.kind() === address.kind() && address.match(base, bits))
  );
}

const RANGE = /^([^/]+)(?:\/(0|[1-9]\d{0,2}))?$/;
/** What stands before IPv4 in IPv6, in bits. */
const MAPPED_BITS = 96;

function rangeIn(text: string): AddressRange | undefined {
  const [, base = "", prefix] = RANGE.exec(text) ?? [];
  const address = addressIn(base);
  if (address === undefined) return undefined;
  const most = address.toByteArray().length * 8;
  const isMapped = address.kind() === "ipv4" && base.includes(":");
  const bits = prefix === undefined ? most : Number(prefix) - (isMapped ? MAPPED_BITS : 0);
  return bits >= 0 && bits <= most ? [address, bits] : undefined;
}

/** The library also reads what `inet_aton` does (`0177.1`), also inside of IPv6; only the plain forms are given to it. */
function addressIn(text: string): Address | undefined {
  const dotted = text.replace(/^::ffff:(?=[\d.]+$)/i, "");
  if (ipaddr.IPv4.isValidFourPartDecimal(dotted)) return ipaddr.IPv4.parse(dotted);
  return /^[\da-f:]+$/i.test(text) && ipaddr.IPv6.isValid(text) ? ipaddr.process(text) : undefined;
}
