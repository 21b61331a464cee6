import { missingRows, rowsThatHaveCome } from "../../oracle/png-cut.ts";
import { PNG_SIGNATURE, type PngHeader } from "../png-bytes.ts";
import { headerOf, streamOf } from "../png-chunks.ts";
import { filtersOf, isCut, isTrueOfData } from "./data.ts";
import {
  type Head,
  hasWrongChecksum,
  hasWrongLength,
  headsOf,
  isData,
  isNamed,
  isOf,
  isUnknown,
  isWhole,
  mayNotBeThere,
  wrongInHeader,
} from "./heads.ts";

/** A file of which something is said. */
interface Case {
  readonly file: Uint8Array;
  readonly header: PngHeader;
  readonly heads: readonly Head[];
  /** The words of the sentence that are in brackets. */
  readonly words: readonly string[];
}

/** The same, where a chunk is named that is there. */
interface ChunkCase extends Case {
  readonly head: Head;
  readonly before: readonly Head[];
}

/** What may be said of a PNG, and whether it is true of it; what is said and does not stand here is a mistake. */
const OF_FILES: readonly (readonly [says: RegExp, isTrue: (about: Case) => boolean])[] = [
  [/^the object is empty$/, ({ file }) => file.length === 0],
  [/^it begins with/, ({ file }) => PNG_SIGNATURE.some((byte, at) => file[at] !== byte)],
  [/^its header does not end$/, ({ heads }) => !heads.some(isData)],
  [/^(\d+ × \d+), at most/, ({ header, words: [size] }) => `${header.width} × ${header.height}` === size],
  [/^its header says (\d+ × \d+), but/, ({ header, words: [size] }) => `${header.width} × ${header.height}` === size],
  [/^the PNG has \d+ × \d+ pixels in its header$/, ({ header }) => wrongInHeader(header) === "size"],
  [/^the PNG has colour type \d+ with \d+ bits in its header$/, ({ header }) => wrongInHeader(header) === "kind"],
  [
    /^the PNG has compression \d+, filter \d+, interlace \d+ in its header$/,
    ({ header }) => wrongInHeader(header) === "methods",
  ],
  [
    /^the PNG has something else than a chunk at byte (\d+)$/,
    ({ heads, words: [at] }) => heads.some((head) => head.at === Number(at) && !isNamed(head)),
  ],
  [/^the PNG has an end before its image data$/, ({ heads }) => !heads.some(isData)],
  [
    /^the PNG has (data (?:that|with|whose|of) .*)$/,
    ({ file, words: [what = ""] }) => isTrueOfData(streamOf(file, "cut"), what),
  ],
  [
    /^the PNG has a row with filter (\d+)$/,
    ({ file, words: [filter] }) => Number(filter) > 4 && filtersOf(file).has(Number(filter)),
  ],
  [/^the PNG has no rows$/, ({ file, header }) => rowsThatHaveCome(file, header).every((rows) => rows === 0)],
  [/^(the PNG ends (?:after|in pass) .*)$/, ({ file, header, words: [what] }) => missingRows(file, header) === what],
  [
    /^the PNG ends without an end$/,
    ({ file, heads }) => !heads.some((head) => head.type === "IEND" && isWhole(file, head)),
  ],
  [/^the image data of the PNG ends without an end$/, ({ file }) => isCut(streamOf(file, "cut"))],
];

/** What may be said of a chunk: of its name and place, which follow. */
const OF_CHUNKS: readonly (readonly [says: RegExp, isTrue: (about: ChunkCase) => boolean])[] = [
  [/^a wrong checksum$/, ({ file, head }) => hasWrongChecksum(file, head)],
  [/^no header chunk$/, ({ head, before }) => before.length === 0 && (head.type !== "IHDR" || head.length !== 13)],
  [
    /^a chunk of (\d+) bytes$/,
    ({ head, before, header, words: [length] }) =>
      head.length === Number(length) && hasWrongLength(head, before, header),
  ],
  [/^a chunk too many$/, ({ head, before }) => before.some(isOf(head.type))],
  [/^a chunk behind its image data$/, ({ before }) => before.some(isData)],
  [
    /^a chunk that colour type (\d) may not have$/,
    ({ head, header, words: [type] }) => header.colourType === Number(type) && mayNotBeThere(head, header),
  ],
  [/^image data in two places$/, ({ head, before }) => isData(head) && before.some(isData) && !isData(before.at(-1))],
  [/^no image data$/, ({ head, before }) => head.type === "IEND" && !before.some(isData)],
  [/^no palette$/, ({ head, before, header }) => isData(head) && header.colourType === 3 && !before.some(isOf("PLTE"))],
  [/^a critical chunk that is not known$/, ({ head }) => isUnknown(head)],
];

const OF_A_CHUNK = /^the PNG has (.*): (\w{4}) at byte (\d+)(?:, which does not count)?$/;

/** What is wrong with a sentence about a file; undefined where it is true. */
export function untrue(sentence: string, file: Uint8Array): string | undefined {
  const about = { file, header: headerOf(file), heads: headsOf(file) };
  const [, says = sentence, type, place] = OF_A_CHUNK.exec(sentence) ?? [];
  const at = Number(place ?? Number.NaN);
  const head = about.heads.find((each) => each.at === at && each.type === type);
  const isTrue =
    head === undefined
      ? lookedUp(OF_FILES, says, about)
      : lookedUp(OF_CHUNKS, says, { ...about, head, before: about.heads.filter((each) => each.at < at) });
  if (isTrue === true) return undefined;
  return `"${sentence}" is ${isTrue === false ? "not true of it" : "none of what may be said"}`;
}

function lookedUp<About>(
  rows: readonly (readonly [says: RegExp, isTrue: (about: About & Pick<Case, "words">) => boolean])[],
  sentence: string,
  about: About,
): boolean | undefined {
  for (const [says, isTrue] of rows) {
    const match = says.exec(sentence);
    if (match !== null) return isTrue({ ...about, words: match.slice(1) });
  }
  return undefined;
}
