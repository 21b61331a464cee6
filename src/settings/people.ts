import { flag, int } from "../protocol/grammar/scalar.ts";
import { positive } from "./grammars.ts";
import type { SettingRow } from "./row.ts";

/** What is there for people besides pictures: nothing of it ships switched on. */
export const PEOPLE_SETTINGS = {
  Playground: {
    grammar: flag,
    default: "0",
    about: "Whether / is a page on which pictures can be chosen, URLs put together and tried, and renditions saved.",
  },
  ServeSaved: {
    grammar: flag,
    default: "0",
    about: "Whether /is/content/<key below SavePath> answers with what was saved.",
  },
  ManageSources: {
    grammar: flag,
    default: "0",
    about:
      "Whether whoever may save by token may list source pictures and put new ones, by /is/sources. Catalogs and what lies below SavePath are out of its reach.",
  },
  JobRetryDelay: {
    grammar: int({ min: 0, max: 3600 }),
    default: "10",
    about:
      "Seconds after which a save of a job is tried again that has failed for no fault of its own; twice as many each time.",
  },
  MaxSourceBytes: {
    grammar: positive,
    default: "100000000",
    about:
      "Longest file, in bytes, that may be put as a source; the limit that the platform has for bodies may be lower.",
  },
} as const satisfies Readonly<Record<string, SettingRow>>;
