import { type Wrong, wrong } from "./problem.ts";

/**
 * Modifiers out of their base64: standard or URL-safe alphabet, padding optional. Anything else, and what does not
 * decode to ASCII, is refused, so that plain modifiers are as well. Source: protocol.md 1.12, A-63.
 */
export function deobfuscated(modifiers: string): string | Wrong {
  const wanted = "modifiers in base64";
  const standard = modifiers.replaceAll("-", "+").replaceAll("_", "/").replaceAll("%3D", "=").replace(/=+$/, "");
  if (!/^[A-Za-z0-9+/]*$/.test(standard) || standard.length % 4 === 1) return wrong(wanted, modifiers);
  const text = atob(standard);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is what is meant
  return /^[\u0000-\u007f]*$/.test(text) ? text : wrong(wanted, modifiers);
}

export function obfuscated(modifiers: string): string {
  return btoa(modifiers);
}
