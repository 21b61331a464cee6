import { type Wrong, wrong } from "./problem.ts";

/**
 * The lock of modifiers: four hex digits. A typing check of 16 bits, not access control.
 *
 * Taken over the modifiers as the client encoded them, before any decoding. Source: protocol.md 1.11.
 */
export function lockOf(modifiers: string): string {
  let sum = 0;
  for (const byte of new TextEncoder().encode(modifiers)) sum = (sum * 131 + byte) & 0xffff;
  return sum.toString(16).padStart(4, "0");
}

/** Takes the lock `&xxxx` off locked modifiers, if it is the right one. */
export function unlocked(modifiers: string): string | Wrong {
  const match = /^(.*)&([\da-f]{4})$/is.exec(modifiers);
  const [, text = "", lock = ""] = match ?? [];
  const right = match !== null && lock.toLowerCase() === lockOf(text);
  return right ? text : wrong("modifiers that end in their lock &xxxx", modifiers.slice(-5), modifiers.length);
}
