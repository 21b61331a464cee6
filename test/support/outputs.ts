import { type Encoding, type Output, outputOf } from "../../src/plan/output.ts";
import { readSettings } from "../../src/settings/settings.ts";
import { readPlain } from "./reading.ts";

type OutputOf<Kind extends Encoding> = Extract<Output, { readonly encoder: Kind }>;

/** The output that these modifiers ask for of a source with this resolution; it is that encoder's. */
export function outputFor<Kind extends Encoding>(
  modifiers: string,
  encoder: Kind,
  resolution?: number,
): OutputOf<Kind> {
  const output = outputOf(readPlain(modifiers).request, readSettings({}), { resolution });
  if (!isOf(output, encoder)) throw new Error(`${modifiers} is encoded as ${output.encoder}`);
  return output;
}

function isOf<Kind extends Encoding>(output: Output, encoder: Kind): output is OutputOf<Kind> {
  return output.encoder === encoder;
}
