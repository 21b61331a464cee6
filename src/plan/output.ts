import { Fault } from "../faults.ts";
import type { RequestValues } from "../protocol/commands/table.ts";
import { extensionOf, type FormatKeyword, formatByExtension, formatOf } from "../protocol/formats.ts";

export type OutputCommands = Pick<RequestValues, "req" | "fmt" | "qlt" | "name">;

export interface OutputDefaults {
  readonly JpegQuality: { readonly quality: number; readonly chroma?: boolean };
  /** The extension of `name=` decides the format where `fmt=` is absent. */
  readonly NameDecidesFormat: boolean;
}

/** How the picture is encoded. */
export type Output =
  | { readonly encoder: "jpeg"; readonly mime: string; readonly quality: number; readonly fullChroma: boolean }
  | { readonly encoder: "png"; readonly mime: string; readonly alpha: boolean };

/**
 * The encoding that `fmt=`, `qlt=` and the extension of `name=` ask for.
 * Refuses what is known but not built, and what the protocol does not combine, naming it.
 * Source: protocol.md 3.2; save-contract "The request".
 */
export function outputOf(commands: OutputCommands, defaults: OutputDefaults): Output {
  const fmt = commands.fmt ?? { format: formatByName(commands, defaults) ?? "jpeg" };
  const { pixelType = "rgb", compression } = fmt;
  const format = formatOf(fmt.format);
  if (format.state !== "done") throw notBuilt(`fmt=${format.keyword}`);
  if (compression !== undefined) {
    throw new Fault("badRequest", `fmt: wants no compression for ${format.keyword}, got "${compression}"`, {
      mayBeTold: true,
    });
  }
  if (pixelType !== "rgb") throw notBuilt(`fmt=${format.keyword},${pixelType}`);

  if (format.family === "png") return { encoder: "png", mime: format.mime, alpha: format.alpha };
  const { quality, chroma = false } = commands.qlt ?? defaults.JpegQuality;
  return { encoder: "jpeg", mime: format.mime, quality, fullChroma: chroma };
}

function formatByName({ req, name }: OutputCommands, { NameDecidesFormat }: OutputDefaults): FormatKeyword | undefined {
  if (req?.type !== "saveToFile" || name === undefined || !NameDecidesFormat) return undefined;
  const extension = extensionOf(name);
  const format = formatByExtension(extension);
  if (format === undefined && extension !== "") {
    throw new Fault("badRequest", `name: wants fmt= beside the extension .${extension}, got none`, { mayBeTold: true });
  }
  return format;
}

function notBuilt(what: string): Fault {
  return new Fault("notBuilt", what, { mayBeTold: true });
}
