import { type Address, placeOf } from "./address.ts";

/** Something that the server says of a query. */
export interface Remark {
  readonly says: string;
  /** The characters of the query that are meant, half-open; undefined where it is about none. */
  readonly range?: { readonly from: number; readonly to: number };
}

const QUOTED = String.raw`"(?:[^"\\]|\\.)*"`;
/** What came stands in quotation marks, escaped: nothing in it can be taken for the end. */
const PROBLEM = new RegExp(String.raw`([^\s:;]+: wants [^"]*?, got (?:nothing|${QUOTED})) \(at character (\d+)\)`, "g");
const NOTE = new RegExp(String.raw`((?:nothing|${QUOTED}): [^"]*?) \(at character (\d+)\)`, "g");

/** What is wrong, as a refusal tells it; a refusal that is about no character is one remark. */
export function problemsIn(message: string, address: Address): readonly Remark[] {
  const found = located(message, PROBLEM, address.query);
  return found.length > 0 ? found : [{ says: message.trim() }];
}

/** What is passed over, as `request.notes` of a validation tells it. */
export function notesIn(message: string, { query }: Address): readonly Remark[] {
  return located(message, NOTE, query);
}

function located(message: string, pattern: RegExp, query: string): readonly Remark[] {
  return [...message.matchAll(pattern)].map(([, says = "", at]) => ({ says, range: rangeAt(query, Number(at)) }));
}

/** From the character to the end of its item; of what is missing, the character before it. */
function rangeAt(query: string, sentAt: number): { readonly from: number; readonly to: number } {
  const from = placeOf(query, sentAt);
  const length = query.slice(from).search(/[,&]|$/);
  return length === 0 ? { from: Math.max(0, from - 1), to: from } : { from, to: from + length };
}
