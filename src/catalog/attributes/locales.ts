import { int } from "../../protocol/grammar/scalar.ts";
import { line, localeMap, size } from "./grammars.ts";
import type { AttributeRows } from "./row.ts";

/** Localisation and streams: what belongs to a catalog and is never inherited. Source: protocol.md 6.2. */
export const LOCALE_ATTRIBUTES = {
  LocaleMap: {
    grammar: localeMap,
    empty: "inherited",
    inherited: false,
    state: "kept",
    about: "What is put behind ids for which locale, and in which order it is tried.",
  },
  LocaleStrMap: {
    grammar: localeMap,
    empty: "inherited",
    inherited: false,
    state: "kept",
    about: "Which texts of records are given for which locale, and in which order they are tried.",
  },
  DefaultLocale: {
    grammar: line,
    empty: "inherited",
    inherited: false,
    state: "kept",
    about: "Locale of requests that name none.",
  },
  HttpAppleStreamingContext: {
    grammar: line,
    empty: "inherited",
    inherited: false,
    state: "kept",
    about: "What URLs in lists of Apple streams begin with.",
  },
  HttpFlashStreamingContext: {
    grammar: line,
    empty: "inherited",
    inherited: false,
    state: "kept",
    about: "What URLs in lists of Flash streams begin with.",
  },
  VideoBitRate: {
    grammar: int({ min: 0 }),
    empty: "inherited",
    inherited: false,
    state: "kept",
    about: "Bits a second of a video; in truth a field of static content.",
  },
  AudioBitRate: {
    grammar: int({ min: 0 }),
    empty: "inherited",
    inherited: false,
    state: "kept",
    about: "Bits a second of its sound; likewise.",
  },
  TotalStreamBitRate: {
    grammar: int({ min: 0 }),
    empty: "inherited",
    inherited: false,
    state: "kept",
    about: "Bits a second of both; likewise.",
  },
  VideoSize: {
    grammar: size,
    empty: "inherited",
    inherited: false,
    state: "kept",
    about: "Its width and height in pixels; likewise.",
  },
} as const satisfies AttributeRows;
