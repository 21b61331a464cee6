/**
 * Does `work` for all of these, some at a time, in their order.
 *
 * @param work does not throw
 */
export async function someAtOnce<T>(all: readonly T[], atOnce: number, work: (one: T) => Promise<void>): Promise<void> {
  const left = all[Symbol.iterator]();
  const takeTurns = async () => {
    for (const one of left) await work(one);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, all.length) }, takeTurns));
}
