import { fail } from "./console.ts";

/** A part of a hand-written text that a program writes. */
export interface MarkedPart {
  readonly mark: string;
  /** Path of the program that writes it. */
  readonly writer: string;
}

/** The text with this content between two marks, the marks left where they are. Ends the program where they are missing. */
export function between(text: string, { mark, writer }: MarkedPart, content: string): string {
  const [begin, end] = [`<!-- ${mark}: written by ${writer} -->`, `<!-- /${mark} -->`];
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) fail(`the marks of ${mark} are missing`);
  return `${text.slice(0, from)}${begin}\n\n${content}\n\n${text.slice(to)}`;
}
