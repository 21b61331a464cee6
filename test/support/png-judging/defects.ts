import { missingRows } from "../../oracle/png-cut.ts";
import { PNG_SIGNATURE, type PngHeader } from "../png-bytes.ts";
import { headerOf, streamOf } from "../png-chunks.ts";
import { damageOf, filtersOf } from "./data.ts";
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

/**
 * What is wrong with a PNG that no picture may be made of without a word; undefined where nothing is. Bytes behind its end,
 * its rows, and its zlib stream are not wrong.
 */
export function defectOf(file: Uint8Array): string | undefined {
  if (PNG_SIGNATURE.some((byte, at) => file[at] !== byte)) return "its signature";
  const header = headerOf(file);
  const all = headsOf(file);
  const end = all.findIndex(isOf("IEND"));
  const heads = all.slice(0, end + 1);
  if (end < 0) return "no end";
  for (const [place, head] of heads.entries()) {
    const wrong = defectOfChunk(file, head, heads.slice(0, place), header);
    if (wrong !== undefined) return `${head.type} at byte ${head.at}: ${wrong}`;
  }
  if (!heads.some(isData)) return "no image data";
  return wrongInHeader(header) ?? damageOf(streamOf(file)) ?? missingRows(file, header) ?? defectOfFilters(file);
}

function defectOfChunk(file: Uint8Array, head: Head, before: readonly Head[], header: PngHeader): string | undefined {
  const { type } = head;
  const counts = ["IHDR", "PLTE", "IDAT", "IEND", "tRNS"].includes(type);
  const rules: readonly (readonly [isBroken: boolean, what: string])[] = [
    [!isNamed(head), "its type"],
    [!isWhole(file, head), "its end"],
    [hasWrongChecksum(file, head), "its checksum"],
    [hasWrongLength(head, before, header), "its length"],
    [isUnknown(head), "critical and not known"],
    [(type === "IHDR") !== (before.length === 0), "IHDR is the first chunk, and no other is"],
    [counts && !isData(head) && before.some(isOf(type)), "there twice"],
    [["PLTE", "tRNS"].includes(type) && before.some(isData), "behind image data"],
    [isData(head) && before.some(isData) && !isData(before.at(-1)), "image data in two places"],
    [isData(head) && header.colourType === 3 && !before.some(isOf("PLTE")), "no palette"],
    [mayNotBeThere(head, header), "not with this colour type"],
  ];
  return rules.find(([isBroken]) => isBroken)?.[1];
}

/** Source: PNG (Third Edition), 9.2. */
function defectOfFilters(file: Uint8Array): string | undefined {
  const filter = [...filtersOf(file)].find((each) => each > 4);
  return filter === undefined ? undefined : `filter ${filter}`;
}
