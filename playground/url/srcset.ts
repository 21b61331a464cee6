import { type Command, commandFor, type Language } from "../language.ts";
import { type Address, sentAddress } from "./address.ts";
import { valueIn, withValue } from "./values.ts";

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Widths in pixels of screens and columns; those above twice the picture's own are left out. */
const WIDTHS = [320, 480, 640, 960, 1280, 1920, 2560];

/**
 * `<img srcset>` of the same picture in several widths. A height that was asked for goes along.
 *
 * @param size of the picture as it was asked for, in pixels
 */
export function imageTag(address: Address, size: Size, origin: string, language: Language): string {
  const url = (width: number) => `${origin}${sentAddress(inWidth(address, width, size, language))}`;
  const widths = WIDTHS.filter((width) => width <= 2 * size.width);
  const srcset = (widths.length === 0 ? [size.width] : widths)
    .map((width) => `${url(width)} ${width}w`)
    .join(",\n    ");
  const sizes = `(min-width: ${size.width}px) ${size.width}px, 100vw`;
  const attributes = { src: url(size.width), srcset, sizes, width: size.width, height: size.height, alt: "" };
  const written = Object.entries(attributes).map(([name, value]) => `${name}="${inAttribute(String(value))}"`);
  return `<img\n  ${written.join("\n  ")}\n>`;
}

/** The same picture in another width. */
export function inWidth(address: Address, width: number, size: Size, language: Language): Address {
  const [across, down] = [commandFor(language, "width"), commandFor(language, "height")];
  const height = valueIn(address.query, down, language);
  const said = (query: string, command: Command, value: number) => withValue(query, command, String(value), language);
  const wide = said(address.query, across, width);
  const scaled = Math.max(1, Math.round((size.height * width) / size.width));
  return { ...address, query: height === undefined ? wide : said(wide, down, scaled) };
}

function inAttribute(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
}

/** A command for the shell that fetches a URL into a file. */
export function curlCommand(url: string, file: string): string {
  return `curl -o ${inShell(file)} ${inShell(url)}`;
}

function inShell(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
