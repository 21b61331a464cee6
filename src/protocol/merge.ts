import type { Origin } from "./modifiers.ts";

/** Texts of modifiers that make up one request. */
export interface RequestTexts {
  /** What the client wrote. */
  readonly client: string;
  /** `catalog::Modifier` and `catalog::PostModifier` of the object in the path. */
  readonly modifier?: string;
  readonly postModifier?: string;
  /** The body of the template that `template=` names. */
  readonly template?: string;
}

/**
 * The texts in the order in which they override one another, the last one winning: the record's (or, with a template,
 * the template's in its place), the client's, the record's PostModifier.
 *
 * Source: protocol.md 1.8, A-24.
 */
export function mergeOrder(texts: RequestTexts): readonly { readonly text: string; readonly from: Origin }[] {
  const { client, modifier, postModifier, template } = texts;
  const first =
    template === undefined
      ? ({ text: modifier, from: "record" } as const)
      : ({ text: template, from: "template" } as const);
  return [
    first,
    { text: client, from: "client" } as const,
    { text: postModifier, from: "postModifier" } as const,
  ].flatMap(({ text, from }) => (text === undefined ? [] : [{ text, from }]));
}
