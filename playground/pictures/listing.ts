import { askForJson } from "../asking.ts";
import { escapedPath } from "../url/address.ts";

/** A source picture, as the server lists it. */
export interface Source {
  readonly key: string;
  readonly size: number;
  readonly width?: number;
  readonly height?: number;
}

export interface Listing {
  readonly objects: readonly Source[];
  /** Where the next page begins; absent on the last one. */
  readonly cursor?: string;
}

const PAGE = 40;

/** @throws Refusal where this server does not list pictures, or not for everybody */
export function listSources(prefix: string, cursor?: string): Promise<Listing> {
  const asked = new URLSearchParams({ prefix, limit: String(PAGE), ...(cursor === undefined ? {} : { cursor }) });
  return askForJson<Listing>(`/is/sources?${asked}`);
}

/** Puts a file where nothing is yet. @throws Refusal, also where the key is taken */
export function putSource(key: string, file: File): Promise<Source> {
  const headers = { "Content-Type": file.type || "application/octet-stream", "If-None-Match": "*" };
  return askForJson<Source>(`/is/sources/${escapedPath(key)}`, { method: "PUT", body: file, headers });
}

/** A key for a file: its name, without what keys of URLs had better not have. */
export function keyFor(fileName: string): string {
  const name = fileName
    .normalize("NFC")
    .replace(/[\\/?#%&\p{Cc}]+/gu, "-")
    .replace(/\s+/g, "-")
    .replace(/^[.-]+/, "");
  return name === "" ? "picture" : name;
}

/** The same key with a number before its extension. */
export function numberedKey(key: string, number: number): string {
  const dot = key.lastIndexOf(".");
  return dot <= 0 ? `${key}-${number}` : `${key.slice(0, dot)}-${number}${key.slice(dot)}`;
}
