import { describe, expect, test } from "vitest";
import { decoded, decodedStrictly, isUtf8, latin1, wideEncoding } from "../../src/catalog/files/encoding.ts";

const ALL_BYTES = Uint8Array.from({ length: 256 }, (_, byte) => byte);

describe("protocol.md 6.1: UTF-8 by its byte order mark, else ISO-8859-1", () => {
  test("every byte of ISO-8859-1 is the character of its number, 80 to 9f as well, which windows-1252 reads otherwise", () => {
    const codes = [...decoded(ALL_BYTES, false)].map((character) => character.charCodeAt(0));
    expect(codes).toEqual([...ALL_BYTES]);
    expect(new TextDecoder("iso-8859-1").decode(ALL_BYTES)).not.toBe(decoded(ALL_BYTES, false));
  });

  test("long texts are put together of their pieces", () => {
    const long = Uint8Array.from({ length: 10_001 }, (_, at) => at % 256);
    expect(latin1(long)).toBe([...long].map((byte) => String.fromCharCode(byte)).join(""));
  });

  test("only a whole mark makes a file UTF-8", () => {
    expect(isUtf8(Uint8Array.of(0xef, 0xbb, 0xbf))).toBe(true);
    expect(isUtf8(Uint8Array.of(0xef, 0xbb))).toBe(false);
    expect(isUtf8(new TextEncoder().encode("é"))).toBe(false);
    expect(isUtf8(new Uint8Array())).toBe(false);
  });

  test("what is not UTF-8 is replaced, or told where it is asked for", () => {
    expect(decoded(Uint8Array.of(0x61, 0xe9, 0x62), true)).toBe("a\ufffdb");
    expect(decodedStrictly(Uint8Array.of(0x61, 0xe9, 0x62))).toBeUndefined();
    expect(decodedStrictly(Uint8Array.of(0x61, 0xc3, 0xa9))).toBe("aé");
  });

  test("a mark inside of a text is a character of it", () => {
    expect(decoded(new TextEncoder().encode("\ufeffa"), true)).toBe("\ufeffa");
  });

  test.each([
    ["UTF-16, little endian", [0xff, 0xfe, 0x49, 0]],
    ["UTF-16, big endian", [0xfe, 0xff, 0, 0x49]],
    ["UTF-16, little endian", [0x49, 0, 0x64, 0]],
    ["UTF-16, big endian", [0, 0x49, 0, 0x64]],
    ["UTF-32, little endian", [0xff, 0xfe, 0, 0]],
    ["UTF-32, big endian", [0, 0, 0xfe, 0xff]],
    [undefined, [0x49, 0x64, 9]],
    [undefined, [0xef, 0xbb, 0xbf]],
    [undefined, []],
    [undefined, [0, 0, 0]],
  ])("%s", (encoding, bytes) => {
    expect(wideEncoding(Uint8Array.from(bytes))).toBe(encoding);
  });
});
