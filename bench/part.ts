/** A limit that was checked. */
export interface Bar {
  readonly name: string;
  readonly wants: string;
  readonly got: string;
  readonly holds: boolean;
}

/** What a part of the bench found. */
export interface Findings {
  /** A section of docs/bench.md, without its heading. */
  readonly markdown: string;
  readonly bars: readonly Bar[];
  /** What stands in the README between marks of this name. */
  readonly readme?: { readonly mark: string; readonly markdown: string };
}

export interface Options {
  /** Fewer runs, for a first look. */
  readonly quick: boolean;
}

/** A part of the bench: `npm run bench -- <its name>` runs it alone. */
export interface Part {
  readonly title: string;
  run(options: Options): Promise<Findings>;
}

/** A bar that could not be checked does not hold: what would have failed must not look as if it had passed. */
export function unchecked(name: string, why: string): Bar {
  return { name, wants: "", got: `not checked: ${why}`, holds: false };
}

/** Says on the terminal what is being done. */
export function progress(text: string): void {
  console.error(`  ${text}`);
}

/** A table in Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** A list in Markdown. */
export function listText(entries: readonly string[]): string {
  return entries.map((entry) => `- ${entry}`).join("\n");
}

/** `1.4 MB`: millions of bytes */
export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
