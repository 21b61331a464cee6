import type { FileProblem } from "../file-problem.ts";
import { type AttributeFile, DEFAULT_FILE } from "../files/attribute-file.ts";

/** An attribute file, as it counts. */
export interface InForce {
  readonly file: AttributeFile;
  /** Milliseconds since 1970: when it was written. */
  readonly written: number;
}

/** "" of the default catalog. */
export function rootIdOf(path: string, { file }: InForce): string {
  return path === DEFAULT_FILE ? "" : (file.values.RootId ?? "");
}

interface Choice {
  /** By path: of each catalog the first of what it could be that can be used. */
  readonly chosen: ReadonlyMap<string, InForce>;
  readonly problems: readonly FileProblem[];
}

/**
 * Chooses among what attribute files say now and what they said before. A RootId belongs to one catalog: of several that claim it, to the
 * one that had it before, and else to none of them, as nobody knows which was meant.
 *
 * @param candidates by path, the best first; lists may be empty
 * @param before what was in force before
 */
export function choose(
  candidates: ReadonlyMap<string, readonly InForce[]>,
  before: ReadonlyMap<string, InForce>,
): Choice {
  const owners = new Map([...before].map(([path, was]) => [rootIdOf(path, was), path]));
  const left = new Map([...candidates].map(([path, list]) => [path, [...list]]));
  const problems: FileProblem[] = [];
  for (let losers = losing(left, owners); losers.length > 0; losers = losing(left, owners)) {
    for (const { path, other } of losers) {
      const refused = left.get(path)?.shift();
      if (refused !== undefined) problems.push(claimProblem(path, refused, other));
    }
  }
  const chosen = [...left].flatMap(([path, [first]]) => (first === undefined ? [] : [[path, first] as const]));
  return { chosen: new Map(chosen), problems };
}

/** Those whose first candidate has the RootId of another one that keeps it, or that nobody gets. */
function losing(
  left: ReadonlyMap<string, readonly InForce[]>,
  owners: ReadonlyMap<string, string>,
): readonly { readonly path: string; readonly other: string }[] {
  const claims = new Map<string, string[]>();
  for (const [path, [first]] of left) {
    if (first === undefined) continue;
    const rootId = rootIdOf(path, first);
    const claimants = claims.get(rootId) ?? [];
    claimants.push(path);
    claims.set(rootId, claimants);
  }
  return [...claims].flatMap(([rootId, paths]) => {
    const had = owners.get(rootId);
    const owner = paths.find((path) => path === had);
    const other = (path: string) => paths.find((claimant) => claimant !== path) ?? "";
    return paths.length === 1
      ? []
      : paths.filter((path) => path !== owner).map((path) => ({ path, other: owner ?? other(path) }));
  });
}

function claimProblem(path: string, { file }: InForce, other: string): FileProblem {
  const wanted = `an id of its own, which ${other} has`;
  return { file: path, ...file.rootIdPlace, about: "RootId", wanted, got: file.values.RootId ?? "", weight: "file" };
}
