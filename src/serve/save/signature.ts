import { Fault } from "../../faults.ts";
import type { Settings } from "../../settings/settings.ts";
import type { CatalogSite } from "../site.ts";
import { unwrapped } from "../unwrap.ts";
import type { Visit } from "../visit.ts";
import { sameText } from "./same-text.ts";
import { holdsSignature, signatureOf, splitSignature } from "./signing.ts";

/**
 * The client's modifiers in a query: where saves are signed, without the signature, which is laid around lock and
 * obfuscation. Elsewhere `expires` and `sig` are commands like others, and do nothing.
 */
export function clientModifiers(query: string, { SaveAccess }: Pick<Settings, "SaveAccess">): string {
  return SaveAccess === "signed" ? splitSignature(query).modifiers : query;
}

/**
 * Refuses a save whose URL is not signed, or not any more. Until it expires it may be repeated.
 *
 * What a signature says is looked at only when it is the right one. Source: save-contract "Who may save", `signed`.
 */
export async function refuseUnsigned({ request, arrived }: Visit, { settings, signKey }: CatalogSite): Promise<void> {
  if (signKey === undefined || signKey === "") throw new Fault("signKeyUnset");
  // Nobody has signed what is in its form.
  if (request.method === "POST") throw new Fault("signedPost");
  const url = new URL(request.url);
  const { modifiers, signature } = splitSignature(url.search.slice(1));
  if (signature === undefined) throw new Fault("signatureMissing");
  const right = await signatureOf(url, modifiers, signature.expires, signKey);
  if (!(await sameText(signature.sig, right))) throw new Fault("signatureWrong");
  if (holdsSignature(unwrapped(modifiers, settings))) throw new Fault("signatureRepeated");
  const lifeMs = Number(signature.expires) * 1000 - arrived;
  if (lifeMs <= 0) throw new Fault("signatureExpired");
  const { MaxSignedLife } = settings;
  if (lifeMs > MaxSignedLife * 1000) {
    throw new Fault("signatureTooLong", `wants at most ${MaxSignedLife} s, got ${Math.ceil(lifeMs / 1000)}`, {
      mayBeTold: true,
    });
  }
}
