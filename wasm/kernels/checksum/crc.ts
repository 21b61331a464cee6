/** The polynomial of PNG, the lowest bit that of x^31. Source: PNG (Third Edition), Annex D. */
const POLYNOMIAL: u32 = 0xedb88320;
/** Tables: the CRC of a byte with 0 … 15 zeros behind it. Made when they are first wanted, and never changed. */
const TABLES: usize = memory.data(16 * 1024, 16);
const TABLE: usize = 1024;

/**
 * CRC-32 of `count` bytes more, sixteen at a time. Source: PNG (Third Edition), 5.5 and Annex D.
 *
 * @param crc  of the bytes before; 0 at first
 * @param from any address
 */
export function crc32(crc: u32, from: usize, count: usize): u32 {
  if (load<u32>(TABLES, 4) === 0) makeTables();
  let left = ~crc,
    at = from;
  const end = from + count,
    whole = from + (count & ~15);
  for (; at < whole; at += 16) {
    left =
      behind(load<u32>(at) ^ left, 12) ^
      behind(load<u32>(at, 4), 8) ^
      behind(load<u32>(at, 8), 4) ^
      behind(load<u32>(at, 12), 0);
  }
  for (; at < end; at++) left = (left >> 8) ^ load<u32>(TABLES + ((<usize>((left ^ load<u8>(at)) & 0xff)) << 2));
  return ~left;
}

/** What four bytes come to with so many behind them. */
function behind(bytes: u32, zeros: usize): u32 {
  const tables = TABLES + zeros * TABLE;
  return (
    load<u32>(tables + ((<usize>(bytes & 0xff)) << 2), 3 * TABLE) ^
    load<u32>(tables + ((<usize>((bytes >> 8) & 0xff)) << 2), 2 * TABLE) ^
    load<u32>(tables + ((<usize>((bytes >> 16) & 0xff)) << 2), TABLE) ^
    load<u32>(tables + ((<usize>(bytes >> 24)) << 2))
  );
}

function makeTables(): void {
  for (let byte: u32 = 0; byte < 256; byte++) {
    let left = byte;
    for (let bit = 0; bit < 8; bit++) left = (left >> 1) ^ (left & 1 ? POLYNOMIAL : 0);
    store<u32>(TABLES + ((<usize>byte) << 2), left);
  }
  for (let at = TABLES + TABLE; at < TABLES + 16 * TABLE; at += 4) {
    const before = load<u32>(at - TABLE);
    store<u32>(at, (before >> 8) ^ load<u32>(TABLES + ((<usize>(before & 0xff)) << 2)));
  }
}
