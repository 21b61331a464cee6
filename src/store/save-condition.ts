/** What a save may replace: nothing at all, or that one version. */
export interface SaveCondition {
  readonly replaces: "nothing" | { readonly etag: string };
}

/** The condition as `put` takes it. An etag in quotes would make it throw. */
export function onlyIf({ replaces }: SaveCondition): R2Conditional {
  return replaces === "nothing" ? { etagDoesNotMatch: "*" } : { etagMatches: replaces.etag };
}

/** Whether what is there now may be replaced. The bucket is asked again as it writes: this spares a picture that cannot be saved. */
export function allows({ replaces }: SaveCondition, there: R2Object | null): boolean {
  return replaces === "nothing" ? there === null : there?.etag === replaces.etag;
}
