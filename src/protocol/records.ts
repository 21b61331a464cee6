import type { Allowance } from "./allowance.ts";
import type { RecordTexts } from "./catalog-view.ts";
import { type Modifier, splitModifiers } from "./modifiers.ts";
import type { Problem } from "./problem.ts";

/** The texts of a record, and what they are called in messages. */
const TEXTS = { modifier: "the Modifier of", postModifier: "the PostModifier of", fields: "the record" } as const;
type TextName = keyof typeof TEXTS;

/** The modifiers of a record's text; a problem where records have said too much already. */
export function modifiersOf(
  record: RecordTexts,
  which: TextName,
  allowance: Allowance,
): readonly Modifier[] | Pick<Problem, "wanted" | "got"> {
  const text = record[which] ?? "";
  // Before it is split: that takes as long as the text.
  allowance.characters -= text.length;
  if (allowance.characters < 0) return { wanted: "records whose texts are shorter in all", got: "more" };
  const modifiers = splitModifiers(text, "record", 0, { says: `${TEXTS[which]} ${record.name}`, place: record.place });
  allowance.commands -= modifiers.length;
  return allowance.commands < 0 ? { wanted: "records that say less in all", got: "more" } : modifiers;
}

/** What is wrong with a record that has a field which cannot be read. */
export function brokenField({ name, broken }: RecordTexts): Omit<Problem, "command" | "at" | "in"> | undefined {
  if (broken === undefined) return undefined;
  const { field, wanted, ...rest } = broken;
  return { wanted: `a record whose ${field} is ${wanted} (${name})`, ...rest };
}

export function isSameRecord(one: RecordTexts, other: RecordTexts): boolean {
  return one.name === other.name && one.catalog === other.catalog;
}
