import { ATTRIBUTES } from "../catalog/attributes.ts";
import { anyText } from "../protocol/grammar/scalar.ts";
import type { SettingRow } from "./row.ts";

/**
 * Attributes of catalogs: what counts where neither a request's catalog nor the default one says anything. Their grammars and
 * what is said about them stand in the table of attributes.
 */
export const ATTRIBUTE_SETTINGS = {
  RootPath: { ...ATTRIBUTES.RootPath, traced: true, default: "" },
  DefaultExt: { ...ATTRIBUTES.DefaultExt, traced: true, default: "" },
  FullMatch: { ...ATTRIBUTES.FullMatch, traced: true, default: "0" },
  AllowDirectAccess: { ...ATTRIBUTES.AllowDirectAccess, default: "exclude:" },
  DefaultPix: { ...ATTRIBUTES.DefaultPix, traced: true, default: "0,0" },
  // A reply with dpr= becomes no larger than this.
  MaxPix: { ...ATTRIBUTES.MaxPix, traced: true, default: "0,0" },
  BkgColor: { ...ATTRIBUTES.BkgColor, traced: true, default: "ffffff" },
  JpegQuality: { ...ATTRIBUTES.JpegQuality, traced: true, default: "80,0" },
  ResMode: { ...ATTRIBUTES.ResMode, traced: true, default: "sharp2" },
  Resolution: { ...ATTRIBUTES.Resolution, traced: true, default: "72" },
  PrintResolution: { ...ATTRIBUTES.PrintResolution, default: "0" },
  Expiration: { ...ATTRIBUTES.Expiration, default: "10" },
  DefaultExpiration: { ...ATTRIBUTES.DefaultExpiration, default: "1" },
  UseLastModified: { ...ATTRIBUTES.UseLastModified, default: "0" },
  DefaultImage: { ...ATTRIBUTES.DefaultImage, default: "" },
  DefaultImageMode: { ...ATTRIBUTES.DefaultImageMode, default: "0" },
  ErrorImage: { ...ATTRIBUTES.ErrorImage, default: "" },
  ErrorDetail: { ...ATTRIBUTES.ErrorDetail, default: "0" },
  RequestLock: { ...ATTRIBUTES.RequestLock, default: "0" },
  RequestObfuscation: { ...ATTRIBUTES.RequestObfuscation, default: "0" },
  ClientAddressFilter: { ...ATTRIBUTES.ClientAddressFilter, default: "" },
  // Any text: one below which nothing can be saved is refused by saves (savePathInvalid), and takes no picture down.
  SavePath: { ...ATTRIBUTES.SavePath, grammar: anyText, default: "" },
} as const satisfies Readonly<Record<string, SettingRow>>;
