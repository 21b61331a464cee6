import type { GrammarValue } from "../protocol/grammar/grammar.ts";
import { COLOUR_ATTRIBUTES } from "./attributes/colour.ts";
import { FILE_ATTRIBUTES } from "./attributes/files.ts";
import { LOCALE_ATTRIBUTES } from "./attributes/locales.ts";
import { PICTURE_ATTRIBUTES } from "./attributes/pictures.ts";
import { REPLY_ATTRIBUTES } from "./attributes/replies.ts";
import type { AttributeRows } from "./attributes/row.ts";
import { SOURCE_ATTRIBUTES } from "./attributes/sources.ts";
import { THUMBNAIL_ATTRIBUTES } from "./attributes/thumbnails.ts";

/**
 * Every attribute of a catalog, by its name in `.ini` files. What is at work is a setting as well, by the same name and in
 * the same form: the setting is what counts where no catalog says anything (settings/of-catalogs.ts).
 *
 * Source: protocol.md 6.2.
 */
export const ATTRIBUTES = {
  ...FILE_ATTRIBUTES,
  ...SOURCE_ATTRIBUTES,
  ...PICTURE_ATTRIBUTES,
  ...THUMBNAIL_ATTRIBUTES,
  ...COLOUR_ATTRIBUTES,
  ...REPLY_ATTRIBUTES,
  ...LOCALE_ATTRIBUTES,
} as const satisfies AttributeRows;

export type AttributeName = keyof typeof ATTRIBUTES;
/** The attributes that a file gives, or that it inherits. */
export type AttributeValues = { readonly [N in AttributeName]?: GrammarValue<(typeof ATTRIBUTES)[N]["grammar"]> };
