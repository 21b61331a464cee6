import { fields } from "../../protocol/grammar/compound.ts";
import type { Reader } from "../../protocol/grammar/grammar.ts";
import { int } from "../../protocol/grammar/scalar.ts";
import { isWrong, wrong } from "../../protocol/problem.ts";
import { brief } from "./grammars.ts";

/**
 * One or more complete `<AREA …>` elements, front to back, kept as they are written. Source: protocol.md 4.6.
 *
 * Read step by step: a pattern with repeated groups needs more stack than there is for ten megabytes.
 */
export const areas: Reader<string> = {
  wants: "complete AREA elements",
  read(text) {
    let at = behindSpace(text, 0);
    do {
      const end = behindArea(text, at);
      if (end === undefined) return wrong(areas.wants, text.slice(at), at);
      at = behindSpace(text, end);
    } while (at < text.length);
    return text;
  },
};

function behindSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && " \t\r\n\f".includes(text[at] as string)) at++;
  return at;
}

/** Behind the element that begins here; `>` in a quoted value does not end it. */
function behindArea(text: string, from: number): number | undefined {
  if (!/^<area[\s/>]/i.test(text.slice(from, from + 6))) return undefined;
  let quote = "";
  for (let at = from; at < text.length; at++) {
    const character = text[at] as string;
    if (quote !== "") {
      if (character === quote) quote = "";
    } else if (character === ">") {
      return at + 1;
    } else if (character === '"' || character === "'") {
      quote = character;
    }
  }
  return undefined;
}

const TARGET = /^Target\.([1-9]\d{0,8})\.(frame|rect|label|userData)$/i;
const RECT = brief(
  fields({ left: int({ min: 0 }), top: int({ min: 0 }), width: int({ min: 1 }), height: int({ min: 1 }) }),
);
const FRAME = brief(int({ min: 0 }));

/**
 * Zoom targets as property data, kept as they are written: lines `Target.n.rect=l,t,w,h` and the like, separated by `??` or line
 * ends. They count up from 1, and each has a rect. Source: protocol.md 6.4, 2.4.
 */
export const targets: Reader<string> = {
  wants:
    "lines Target.n.rect=left,top,width,height, .frame, .label or .userData, n counting up from 1, each with a rect",
  read(text) {
    const numbers = new Set<number>();
    const withRect = new Set<number>();
    for (const line of text.split(/\?\?|\r\n|\r|\n/)) {
      if (line === "") continue;
      const equals = line.indexOf("=");
      const [, number, property] = TARGET.exec(line.slice(0, Math.max(equals, 0))) ?? [];
      if (number === undefined || property === undefined) return wrong(targets.wants, line);
      const value = line.slice(equals + 1);
      const name = property.toLowerCase();
      if (name === "rect" && isWrong(RECT.read(value))) return wrong(targets.wants, line);
      if (name === "frame" && isWrong(FRAME.read(value))) return wrong(targets.wants, line);
      numbers.add(Number(number));
      if (name === "rect") withRect.add(Number(number));
    }
    for (let number = 1; number <= numbers.size; number++) {
      if (!withRect.has(number)) return wrong(targets.wants, `nothing for Target.${number}.rect`);
    }
    return text;
  },
};
