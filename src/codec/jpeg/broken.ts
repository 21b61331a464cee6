import { Fault } from "../../faults.ts";

/** What the file says cannot be. */
export function broken(what: string): Fault {
  return new Fault("sourceBroken", `the JPEG has ${what}`);
}

/** The file is sound, as far as can be seen, and of a kind that is not decoded. */
export function unsupported(what: string): Fault {
  return new Fault("sourceUnsupported", what);
}
