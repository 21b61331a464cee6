import { type Wrong, wrong } from "../problem.ts";
import type { Grammar } from "./grammar.ts";

/** One command of path data, as written: `L10,20` … Lower-case letters are relative to the current point. */
export interface PathSegment {
  readonly command: "M" | "m" | "L" | "l" | "C" | "c" | "Z" | "z";
  /** Coordinate pairs, flat. */
  readonly numbers: readonly number[];
}

/** How many numbers a command takes: some multiple of `unit`; closing takes none. */
const UNITS = { M: 2, L: 2, C: 6, Z: 0 } as const;
const TOKEN = /([MmLlCcZz])|([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)|([\s,]+)/y;

/**
 * Path data: subpaths of `M`, `L`, `C` and `Z`, with commas or spaces between numbers. A path begins with a moveto;
 * pairs behind the first one of a moveto are lines, as in SVG. An empty value is an empty path.
 *
 * Source: protocol.md 3.8.
 */
export const pathData: Grammar<readonly PathSegment[]> = {
  wants: "path data of M, L, C and Z, beginning with M",
  shape: { kind: "path" },
  read(value): readonly PathSegment[] | Wrong {
    const segments: { command: PathSegment["command"]; numbers: number[] }[] = [];
    TOKEN.lastIndex = 0;
    let at = 0;
    while (at < value.length) {
      TOKEN.lastIndex = at;
      const match = TOKEN.exec(value);
      if (match === null) return wrong(pathData.wants, value.slice(at), at);
      const [token, letter, number] = match;
      const open = segments.at(-1);
      if (letter !== undefined) {
        if (open !== undefined && !isComplete(open)) return wrong(countText(open), value, at);
        segments.push({ command: letter as PathSegment["command"], numbers: [] });
      } else if (number !== undefined) {
        const coordinate = Number(number) + 0;
        if (open === undefined || isClosing(open) || !Number.isFinite(coordinate)) {
          return wrong(pathData.wants, value.slice(at), at);
        }
        open.numbers.push(coordinate);
      }
      at += token.length;
    }
    const last = segments.at(-1);
    if (last !== undefined && !isComplete(last)) return wrong(countText(last), value, at);
    const [first] = segments;
    if (first !== undefined && first.command.toUpperCase() !== "M") return wrong(pathData.wants, value);
    return segments;
  },
  write: (segments) => segments.map(({ command, numbers }) => command + numbers.join(",")).join(""),
};

function unitOf({ command }: PathSegment): number {
  return UNITS[command.toUpperCase() as keyof typeof UNITS];
}

function isClosing(segment: PathSegment): boolean {
  return unitOf(segment) === 0;
}

function isComplete(segment: PathSegment): boolean {
  return isClosing(segment) || (segment.numbers.length > 0 && segment.numbers.length % unitOf(segment) === 0);
}

function countText(segment: PathSegment): string {
  return `${unitOf(segment)} numbers, or a multiple, after ${segment.command}`;
}
