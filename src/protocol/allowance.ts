import { MOST_COMMANDS } from "./macros.ts";
import { LONGEST_SUBSTITUTION } from "./variables.ts";

/**
 * What macros, variables and records may still put into a request and all that is nested in it, together. Each of them is
 * short where it is written, and may be asked for over and over.
 */
export interface Allowance {
  /** Commands out of macros and records. */
  commands: number;
  /**
   * Characters out of variables and records, of nested requests that came out of them, and of variables that stay beside
   * PostModifiers.
   */
  characters: number;
  /** Nested requests. */
  nested: number;
}

/** Macros and records may hold nested requests that call for them again: without a bound they would multiply with every level. */
export const MOST_NESTED = 256;

export function fullAllowance(): Allowance {
  return { commands: MOST_COMMANDS, characters: LONGEST_SUBSTITUTION, nested: MOST_NESTED };
}
