import type { Codes } from "./tables.ts";

/** The codes of pictures that bring none, as frames of motion JPEG: luminance in slot 0, chrominance in slot 1. */
export const STANDARD_DC: readonly Codes[] = [
  codes("00010501010101010100000000000000", "000102030405060708090a0b"),
  codes("00030101010101010101010000000000", "000102030405060708090a0b"),
];

/** Source: ITU-T T.81, tables K.5 and K.6. */
export const STANDARD_AC: readonly Codes[] = [
  codes(
    "0002010303020403050504040000017d",
    "01020300041105122131410613516107227114328191a1082342b1c11552d1f02433627282090a161718191a25262728292a34353637" +
      "38393a434445464748494a535455565758595a636465666768696a737475767778797a838485868788898a92939495969798999aa2a3" +
      "a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9fa",
  ),
  codes(
    "00020102040403040705040400010277",
    "000102031104052131061241510761711322328108144291a1b1c109233352f0156272d10a162434e125f11718191a262728292a353637" +
      "38393a434445464748494a535455565758595a636465666768696a737475767778797a82838485868788898a92939495969798999aa2" +
      "a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae2e3e4e5e6e7e8e9eaf2f3f4f5f6f7f8f9fa",
  ),
];

function codes(counts: string, symbols: string): Codes {
  return { counts: bytes(counts), symbols: bytes(symbols) };
}

function bytes(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/[0-9a-f]{2}/g) ?? [], (pair) => Number.parseInt(pair, 16));
}
