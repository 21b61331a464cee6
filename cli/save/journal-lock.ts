import { readFile, rm, writeFile } from "node:fs/promises";
import { UsageError } from "../ending.ts";

/** Locks of this process. */
const HELD = new Set<string>();

/**
 * Keeps a journal to one run at a time: two that went on with the same one would both save what is missing.
 *
 * @returns what lets it go
 * @throws UsageError where another run has it, or it cannot be had
 */
export async function locked(journal: string): Promise<() => Promise<void>> {
  const path = `${journal}.lock`;
  try {
    await writeFile(path, `${process.pid}\n`, { flag: "wx" });
  } catch (thrown) {
    if ((thrown as { readonly code?: string }).code !== "EEXIST") {
      throw new UsageError(`the journal cannot be written: ${(thrown as Error).message}`);
    }
    const owner = Number((await readFile(path, "utf8").catch(() => "")).trim());
    // Process ids come again, above all in containers: one's own may have been that of a run that was killed.
    if (owner === process.pid ? HELD.has(path) : isRunning(owner)) {
      throw new UsageError(
        `${journal} is in use by the run with the process id ${owner}; if that is none, take ${path} away`,
      );
    }
    // Its run was killed.
    await writeFile(path, `${process.pid}\n`);
  }
  HELD.add(path);
  return async () => {
    HELD.delete(path);
    await rm(path, { force: true });
  };
}

function isRunning(id: number): boolean {
  if (!Number.isSafeInteger(id) || id <= 0) return false;
  try {
    process.kill(id, 0);
    return true;
  } catch (thrown) {
    // There is one, and it is somebody else's.
    return (thrown as { readonly code?: string }).code === "EPERM";
  }
}
