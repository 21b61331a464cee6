import { inflateSync } from "node:zlib";
import { inflatedSoFar } from "../../oracle/png-cut.ts";
import { headerOf, streamOf } from "../png-chunks.ts";
import { passesOf } from "../png-samples.ts";

/** What zlib says of damaged data, and what we do. */
const OF_DATA: ReadonlyMap<string, string> = new Map([
  ["incorrect header check", "data that begins with no zlib header"],
  ["unknown compression method", "data of a compression method that is not deflate"],
  ["invalid window size", "data with a window of more than 32768 bytes"],
  ["Missing dictionary", "data that wants a dictionary"],
  ["invalid block type", "data with a block of a type that there is not"],
  ["invalid stored block lengths", "data with a stored block whose length is damaged"],
  ["too many length or distance symbols", "data with more codes than there are symbols"],
  ["invalid code lengths set", "data with impossible codes for lengths of codes"],
  ["invalid bit length repeat", "data with a repeated length where there is none, or too many"],
  ["invalid code -- missing end-of-block", "data with a block that has no end"],
  ["invalid literal/lengths set", "data with impossible codes for literals"],
  ["invalid distances set", "data with impossible codes for distances"],
  ["invalid literal/length code", "data with a code for no literal"],
  ["invalid distance code", "data with a code for no distance"],
  ["invalid distance too far back", "data that repeats what was never there"],
  ["incorrect data check", "data whose checksum is wrong"],
]);

function saidByZlib(stream: Uint8Array): string {
  try {
    inflateSync(stream);
    return "";
  } catch (cause) {
    return cause instanceof Error ? cause.message : "";
  }
}

/** What zlib says is wrong with a stream; undefined where nothing is. */
export function damageOf(stream: Uint8Array): string | undefined {
  return saidByZlib(stream) || undefined;
}

/** Whether zlib says the same of a stream. */
export function isTrueOfData(stream: Uint8Array, what: string): boolean {
  const said = saidByZlib(stream);
  // Before zlib says that it wants a dictionary it waits for the four bytes of its name. Source: RFC 1950, 2.2, FDICT.
  const wantsDictionary = stream.length < 6 && ((stream[1] ?? 0) & 0x20) !== 0;
  return OF_DATA.get(wantsDictionary && isCut(stream) ? "Missing dictionary" : said) === what;
}

/** Whether a stream is sound, and ends before its end. */
export function isCut(stream: Uint8Array): boolean {
  return saidByZlib(stream) === "unexpected end of file";
}

/** The bytes that rows begin with, of those rows that can be inflated. Source: PNG (Third Edition), 7.3. */
export function filtersOf(file: Uint8Array): ReadonlySet<number> {
  const bytes = inflatedBeforeDamage(streamOf(file, "cut"));
  const filters = new Set<number>();
  let at = 0;
  for (const { rows, rowBytes } of passesOf(headerOf(file))) {
    for (let row = 0; row < rows; row++, at += 1 + rowBytes) {
      const filter = bytes[at];
      if (filter !== undefined) filters.add(filter);
    }
  }
  return filters;
}

/** What zlib makes of the longest beginning of a stream that it takes. */
function inflatedBeforeDamage(stream: Uint8Array): Uint8Array {
  const all = inflatedOrNot(stream);
  if (all !== undefined) return all;
  let [sound, most] = [0, stream.length];
  while (sound < most) {
    const length = Math.ceil((sound + most) / 2);
    if (inflatedOrNot(stream.subarray(0, length)) === undefined) most = length - 1;
    else sound = length;
  }
  return inflatedOrNot(stream.subarray(0, sound)) ?? new Uint8Array();
}

function inflatedOrNot(stream: Uint8Array): Uint8Array | undefined {
  try {
    return inflatedSoFar(stream);
  } catch {
    return undefined;
  }
}
