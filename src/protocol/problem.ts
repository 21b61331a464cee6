/** What a value should have been. Offsets count characters within the value. */
export interface Wrong {
  readonly wanted: string;
  readonly got: string;
  readonly at: number;
}

/** Something in the client's text, or in a record's, that the protocol does not allow. */
export interface Problem {
  readonly command: string;
  readonly wanted: string;
  readonly got: string;
  /** Characters into the modifiers: the query without its `?`, or the body of the form. */
  readonly at: number;
  /** The text that is meant instead where it is not the client's: `the Modifier of acme/shoe`. */
  readonly in?: string;
  /** Why nothing of the catalog can be used that is meant; for its operator alone. */
  readonly brokenCatalog?: string;
}

/** Why the first catalog is broken that a request would need; undefined where it needs none that is. */
export function brokenCatalogIn(problems: readonly Problem[]): string | undefined {
  return problems.find(({ brokenCatalog }) => brokenCatalog !== undefined)?.brokenCatalog;
}

/** Longer values are cut in messages: a reply should not be as long as the attack. */
const LONGEST_SHOWN = 80;

/** What came, as it stands in messages. */
export function shown(got: string): string {
  if (got === "") return "nothing";
  return JSON.stringify(got.length > LONGEST_SHOWN ? `${got.slice(0, LONGEST_SHOWN)}…` : got);
}

/** `wid: wants a number of pixels > 0, got "abc" (at character 4)`; `(in the Modifier of acme/shoe, at character 4)` */
export function describe({ command, wanted, got, at, in: text }: Problem): string {
  const where = text === undefined ? "" : `in ${text}, `;
  return `${command}: wants ${wanted}, got ${shown(got)} (${where}at character ${at})`;
}

export function wrong(wanted: string, got: string, at = 0): Wrong {
  return { wanted, got, at };
}

export function isWrong(value: unknown): value is Wrong {
  return typeof value === "object" && value !== null && "wanted" in value && "got" in value;
}
