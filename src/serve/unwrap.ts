import { Fault } from "../faults.ts";
import { unlocked } from "../protocol/lock.ts";
import { deobfuscated } from "../protocol/obfuscation.ts";
import { isWrong, shown, type Wrong } from "../protocol/problem.ts";
import type { Settings } from "../settings/settings.ts";

/**
 * Modifiers out of their base64, and without their lock, where the settings ask for one or both.
 *
 * @throws Fault where they are not as the settings ask
 * Source: protocol.md 1.13 (3).
 */
export function unwrapped(modifiers: string, settings: Pick<Settings, "RequestLock" | "RequestObfuscation">): string {
  const plain = settings.RequestObfuscation === "1" ? taken(deobfuscated(modifiers)) : modifiers;
  return settings.RequestLock ? taken(unlocked(plain)) : plain;
}

function taken(text: string | Wrong): string {
  if (!isWrong(text)) return text;
  throw new Fault("badRequest", `modifiers: wants ${text.wanted}, got ${shown(text.got)}`, { mayBeTold: true });
}
