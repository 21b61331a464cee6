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

/** The output by MozJPEG that a save has in place of our own. */
export function mozjpegFor(modifiers: string, resolution?: number): Output<"mozjpeg"> {
  const { mime, alpha, dpi, quality, fullChroma, gray, scans } = outputFor(modifiers, "jpeg", resolution);
  return { encoder: "mozjpeg", mime, alpha, dpi, quality, fullChroma, gray, progressive: scans !== "sequential" };
}

/** The output by the png crate, or by oxipng, that a save has in place of our own. */
export function squooshPngFor(modifiers: string, oxipngLevel = 0, resolution?: number): Output<"squooshPng"> {
  const { mime, alpha, dpi, colour } = outputFor(modifiers, "png", resolution);
  const gray = colour === "gray" || colour === "grayAlpha";
  return { encoder: "squooshPng", mime, alpha, dpi, gray, oxipngLevel };
}
