import { addressRanges } from "../../protocol/grammar/addresses.ts";
import { flag, int, keyword } from "../../protocol/grammar/scalar.ts";
import { hours, line, picture, quotedItems } from "./grammars.ts";
import type { AttributeRows } from "./row.ts";

/** How long replies are good for, what errors look like, who is answered and who may save. Source: protocol.md 6.2. */
export const REPLY_ATTRIBUTES = {
  Expiration: {
    grammar: hours,
    empty: "inherited",
    state: "done",
    about: "Hours for which a picture may be cached; 0 is not at all, -1 is for ever.",
  },
  DefaultExpiration: {
    grammar: hours,
    empty: "inherited",
    state: "done",
    about: "The same of a default image whose record says nothing.",
  },
  NonImgExpiration: {
    grammar: hours,
    empty: "inherited",
    state: "kept",
    about: "Hours for which replies that are no pictures may be cached; 0 is not at all, -1 is for ever.",
  },
  CacheValidationPolicy: {
    grammar: int({ min: 0, max: 1 }),
    empty: "inherited",
    state: "kept",
    about: "When cached pictures are checked: 0 by their expiration, 1 when the time stamps of their records change.",
  },
  UseLastModified: {
    grammar: flag,
    empty: "inherited",
    malformed: "ignored",
    state: "done",
    about: "Whether replies say when their records were last changed.",
  },
  ErrorImage: {
    grammar: picture,
    empty: "off",
    state: "done",
    about: "What is answered to a request for a picture in place of an error.",
  },
  ErrorDetail: {
    grammar: int({ min: 0, max: 3 }),
    empty: "inherited",
    state: "done",
    about:
      "How much an error says: 0 and 1 a sentence, and what was wrong with the request; 2 and 3 keys and settings too.",
  },
  RequestLock: {
    grammar: flag,
    empty: "inherited",
    malformed: "ignored",
    state: "done",
    about: "Whether modifiers must end in their lock &xxxx, of 16 bits: a typing check, not access control.",
  },
  RequestObfuscation: {
    grammar: keyword("0", "1"),
    empty: "inherited",
    state: "done",
    about: "1 where modifiers arrive in base64, lock included.",
  },
  ClientAddressFilter: {
    grammar: addressRanges,
    empty: "inherited",
    state: "done",
    about:
      "Addresses and ranges, IPv4 and IPv6, from which requests are answered, saves among them; others are refused. Compared with CF-Connecting-IP; empty is everybody, and so is 0.0.0.0/0, IPv6 included.",
  },
  TrustedDomains: {
    grammar: quotedItems(line, 1000),
    empty: "off",
    quotes: "items",
    state: "kept",
    about: "Domains whose Flash applications may read pictures as swf.",
  },
  SavePath: {
    grammar: line,
    empty: "off",
    state: "done",
    about: "Folder below SaveDirectory into which req=saveToFile saves; empty switches saving off.",
  },
} as const satisfies AttributeRows;
