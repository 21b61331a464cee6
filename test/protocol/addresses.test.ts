import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type AddressRanges, addressRanges, isWithin } from "../../src/protocol/grammar/addresses.ts";
import { isWrong } from "../../src/protocol/problem.ts";

function rangesOf(list: string): AddressRanges {
  const ranges = addressRanges.read(list);
  if (isWrong(ranges)) throw new Error(`${list}: wants ${ranges.wanted}, got ${ranges.got}`);
  return ranges;
}

describe("an address lies within a range if its leading bits are those of the range", () => {
  test.each([
    ["10.0.0.0/8", "10.255.255.255", true],
    ["10.0.0.0/8", "11.0.0.0", false],
    ["192.0.2.7", "192.0.2.7", true],
    ["192.0.2.7", "192.0.2.8", false],
    ["192.0.2.7/32", "192.0.2.7", true],
    ["192.0.2.99/24", "192.0.2.1", true],
    ["0.0.0.0/0", "203.0.113.9", true],
    // "All", to catalogs from before IPv6. Source: protocol.md 6.2.
    ["0.0.0.0/0", "2001:db8::1", true],
    ["10.0.0.0/8 192.0.2.1/0", "2001:db8::1", true],
    ["2001:db8::/32", "2001:db8:ffff::1", true],
    ["2001:db8::/32", "2001:db9::", false],
    ["2001:DB8::1", "2001:0db8:0:0:0:0:0:1", true],
    ["::/0", "2001:db8::1", true],
    ["::1, 10.0.0.0/8", "10.1.1.1", true],
    ["::1 10.0.0.0/8", "::1", true],
  ])("%s, %s: %s", (list, address, inside) => {
    expect(isWithin(address, rangesOf(list))).toBe(inside);
  });
});

describe("IPv4 in IPv6 is the IPv4 that it says, in the list and of the client", () => {
  test.each([
    ["10.0.0.0/8", "::ffff:10.1.2.3", true],
    ["10.0.0.0/8", "::FFFF:0a01:0203", true],
    ["10.0.0.0/8", "0:0:0:0:0:ffff:a01:203", true],
    ["::ffff:10.0.0.0/104", "10.1.2.3", true],
    ["::ffff:10.0.0.0/104", "11.1.2.3", false],
    ["::ffff:10.1.2.3", "10.1.2.3", true],
    ["::ffff:a01:203/128", "10.1.2.3", true],
    ["::ffff:0:0/96", "203.0.113.9", true],
    // Who writes IPv6 knows of it, and means IPv4 alone.
    ["::ffff:0:0/96", "2001:db8::1", false],
    // All of IPv6 is not all of IPv4: who means both says both.
    ["::/0", "10.1.2.3", false],
    ["::/0", "::ffff:10.1.2.3", false],
  ])("%s, %s: %s", (list, address, inside) => {
    expect(isWithin(address, rangesOf(list))).toBe(inside);
  });
});

describe("what is no address in plain spelling is none", () => {
  const SPELLINGS = [
    ...["0177.0.0.1", "010.0.0.1", "0x7f.0.0.1", "2130706433", "127.1", "127.0.1", "127.0.0.256", "127.0.0.1.1"],
    ...["127.0.0.01", "127.0.0", "127.0.0.1.", ".127.0.0.1", "127..0.1", "١٢٧.0.0.1", "-1.0.0.1", "1e1.0.0.1"],
    ...["::ffff:0177.0.0.1", "::ffff:0x7f.0.0.1", "::127.0.0.1", "64:ff9b::127.0.0.1", "::ffff:127.1"],
    ...["fe80::1%eth0", "[::1]", "1::2::3", ":::", ":1", "1:", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "12345::", "g::"],
    ...["localhost", "example.com", "*", "any", "unknown", "null", "undefined", "127.0.0.1:80", '"127.0.0.1"'],
  ];

  test.each(SPELLINGS)("%s", (spelling) => {
    const everybody = rangesOf("0.0.0.0/0 ::/0");
    expect(isWithin(spelling, everybody)).toBe(false);
    expect(addressRanges.read(spelling)).toMatchObject({ got: spelling });
    expect(addressRanges.read(`10.0.0.0/8, ${spelling}`)).toMatchObject({ got: spelling });
    expect(isWrong(addressRanges.read(`${spelling}/8`))).toBe(true);
  });

  test.each(["", " ", "10.1.2.3, 10.1.2.3", "10.1.2.3,", "10.1.2.3/32", "::1/128"])("of a client: %j", (text) => {
    expect(isWithin(text, rangesOf("0.0.0.0/0 ::/0"))).toBe(false);
  });

  test.each([
    ...["10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/08", "10.0.0.0/", "10.0.0.0/8/8", "10.0.0.0/255.0.0.0", "10.0.0.0/1e1"],
    ...["::/129", "::/", "/8", "10.0.0.0 / 8", "10.0.0.0-10.0.0.9", "10.0.0.*"],
    ...[",", "10.0.0.0/8,", ",10.0.0.0/8", "10.0.0.0/8,,::1", "10.0.0.0/8;::1", "10.0.0.0/8|::1"],
    // Of IPv6 these would be the first bits, which are all zero.
    ...["::ffff:10.0.0.0/8", "::ffff:10.0.0.0/95"],
  ])("of a list: %j", (list) => {
    expect(isWrong(addressRanges.read(list))).toBe(true);
  });
});

test.each(["", "  "])("an empty list (%j) is one, in which nobody is", (list) => {
  expect(rangesOf(list)).toEqual([]);
  expect(isWithin("10.1.2.3", rangesOf(list))).toBe(false);
});

describe("against arithmetic", () => {
  const KINDS = [
    { bits: 32, written: (value: bigint) => [24n, 16n, 8n, 0n].map((at) => (value >> at) & 255n).join(".") },
    {
      bits: 128,
      written: (value: bigint) =>
        Array.from({ length: 8 }, (_, part) => ((value >> BigInt(112 - 16 * part)) & 0xffffn).toString(16)).join(":"),
    },
  ];

  test.each(KINDS)("ranges of $bits bits hold what has their prefix, and nothing else", ({ bits, written }) => {
    const value = fc.bigInt({ min: 0n, max: 2n ** BigInt(bits) - 1n });
    const prefix = fc.integer({ min: 0, max: bits });
    fc.assert(
      fc.property(value, value, prefix, prefix, (base, noise, length, shared) => {
        // The other address has at least `shared` bits of the base: far ones alone would say little.
        const kept = BigInt(bits - shared);
        const other = ((base >> kept) << kept) | (noise & (2n ** kept - 1n));
        // IPv4 in IPv6 is the IPv4 that it says.
        fc.pre(bits === 32 || ![base, other].some((address) => address >> 32n === 0xffffn));
        const rest = BigInt(bits - length);
        const expected = base >> rest === other >> rest;
        expect(isWithin(written(other), rangesOf(`${written(base)}/${length}`))).toBe(expected);
      }),
      { numRuns: 2000 },
    );
  });

  test("whatever the text, there is an answer", () => {
    const text = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(..."0123456789abcdefx:.,/%[] ") }));
    fc.assert(
      fc.property(text, text, (list, address) => {
        const ranges = addressRanges.read(list);
        expect(isWithin(address, isWrong(ranges) ? rangesOf("::/0 0.0.0.0/0") : ranges)).toBeTypeOf("boolean");
      }),
      { numRuns: 5000 },
    );
  });
});
