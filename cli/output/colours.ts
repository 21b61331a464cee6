import pc from "picocolors";

export type Colours = ReturnType<typeof pc.createColors>;

/** Colours for a stream, none where it is no terminal or `NO_COLOR` asks for that. */
export function coloursFor(stream: { readonly isTTY?: boolean }): Colours {
  const isWanted = (process.env.NO_COLOR ?? "") === "" && process.env.TERM !== "dumb";
  return pc.createColors(stream.isTTY === true && isWanted);
}
