/** The next number from 0 up to 1. */
export type Next = () => number;

/** Changes a file. */
export type Mutation = (file: Uint8Array, next: Next) => Uint8Array;

/** A mutation, and how often it happens among others. */
export type Row<Change = Mutation> = readonly [what: string, often: number, change: Change];

export const upTo = (most: number, next: Next) => Math.floor(next() * (most + 1));

export const placeIn = (length: number, next: Next) => Math.floor(next() * length);

export function oneOf<Each>(all: readonly Each[], next: Next): Each {
  const one = all[placeIn(all.length, next)];
  if (one === undefined) throw new Error("nothing to choose from");
  return one;
}

/** Each row as often as it says. */
export function often<Change>(rows: readonly Row<Change>[]): readonly Row<Change>[] {
  return rows.flatMap((row) => new Array<Row<Change>>(row[1]).fill(row));
}

export const anyBytes = (count: number, next: Next) => Uint8Array.from({ length: count }, () => upTo(255, next));
