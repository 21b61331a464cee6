import { Fault } from "../../faults.ts";

/** What the file says cannot be. */
export function broken(what: string): Fault {
  return new Fault("sourceBroken", `the PNG has ${what}`);
}
