/** How often two answers may contradict each other before they are taken for one bucket that is being written to. */
const TRIES = 3;

/** By the binding of the sources, then by that of the saves. */
const known = new WeakMap<R2Bucket, WeakMap<R2Bucket, boolean>>();

/**
 * Whether two bindings are of one bucket, which their names do not tell.
 *
 * R2 gives every upload a version of its own: an object that both bindings show with one version is one object.
 * Asked once an isolate; where SOURCES is empty, which proves nothing, again the next time.
 */
export async function areOneBucket(sources: R2Bucket, saves: R2Bucket): Promise<boolean> {
  const answers = known.get(sources) ?? new WeakMap<R2Bucket, boolean>();
  known.set(sources, answers);
  const answer = answers.get(saves);
  if (answer !== undefined) return answer;
  for (let tries = 0; tries < TRIES; tries++) {
    const { objects } = await sources.list({ limit: 1 });
    const [sample] = objects;
    if (sample === undefined) return false;
    const there = await saves.head(sample.key);
    const still = await sources.head(sample.key);
    // Replaced or deleted in between: the two looks were at different things.
    if (still?.version !== sample.version) continue;
    const one = there?.version === sample.version;
    answers.set(saves, one);
    return one;
  }
  return true;
}
