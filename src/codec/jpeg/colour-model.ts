import type { JpegHeader } from "./header.ts";

/** What the components of a frame are. With `complement`, inks are stored as they are, not inverted as Adobe does. */
export type ColourModel =
  | { readonly name: "gray" | "ycc" | "rgb" | "ycck" }
  | { readonly name: "cmyk"; readonly complement: boolean };

const RGB = [..."RGB"].map((letter) => letter.charCodeAt(0));

/**
 * What the components are, which the file tells in three places or nowhere. Source: libjpeg, default_decompress_parms
 * in jdapimin.c; ITU-T T.872, 6.5.3.
 */
export function colourModelOf({ frame, jfif, adobeTransform }: JpegHeader): ColourModel {
  const { components } = frame;
  if (components.length === 1) return { name: "gray" };
  if (components.length === 4) {
    // Without Adobe's segment nothing says that inks are inverted.
    if (adobeTransform === undefined) return { name: "cmyk", complement: true };
    return adobeTransform === 0 ? { name: "cmyk", complement: false } : { name: "ycck" };
  }
  if (jfif) return { name: "ycc" };
  if (adobeTransform !== undefined) return { name: adobeTransform === 0 ? "rgb" : "ycc" };
  return { name: components.every(({ id }, at) => id === RGB[at]) ? "rgb" : "ycc" };
}
