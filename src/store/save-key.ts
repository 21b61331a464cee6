import { Fault } from "../faults.ts";
import { folderPath } from "../protocol/grammar/folder.ts";

export interface SavePlace {
  /** Where the picture is saved. */
  readonly key: string;
  /** The folder that must exist, ending in a slash. */
  readonly folder: string;
}

interface Refusal {
  readonly pattern: RegExp;
  readonly says: string;
}

/** What no path may be. Each has its own message; the first that applies is given. */
const REFUSALS: readonly Refusal[] = [
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that are meant
  { pattern: /[\u0000-\u001f\u007f-\u009f]/, says: "a control character" },
  { pattern: /[\u2028\u2029]/, says: "a Unicode line separator" },
  { pattern: /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/, says: "a bidirectional control character" },
  { pattern: /\p{Surrogate}/u, says: "half of a surrogate pair" },
  { pattern: /\ufffd/, says: "the replacement character U+FFFD" },
  { pattern: /\\/, says: "a backslash" },
  { pattern: /^\//, says: "a slash at its beginning: it must be relative" },
  { pattern: /^[a-z]:/i, says: "a drive letter: it must be relative" },
  { pattern: /^[a-z][a-z0-9+.-]*:/i, says: "a scheme: it must be relative" },
  { pattern: /\/$/, says: "a slash at its end: it must name a file" },
  { pattern: /\/\//, says: "an empty segment" },
  { pattern: /(?:^|\/)\.(?:\/|$)/, says: "a segment that is ." },
  { pattern: /(?:^|\/)\.\.(?:\/|$)/, says: "a segment that is .." },
  // In any case: keys have one, but a copy of the bucket in a folder may not. Nothing else becomes these letters in NFC.
  { pattern: /(?:^|\/)\.provenance(?:\/|$)/i, says: "a segment that is .provenance: there only the server writes" },
];

/** R2's limit, in bytes of UTF-8. */
const MAX_KEY_BYTES = 1024;
/** Longer ones are not normalised: that leaves two bytes of three characters at least, and takes long for piles of accents. */
const MAX_NAME_CHARACTERS = 2 * MAX_KEY_BYTES;

/**
 * The key of a save: SaveDirectory / SavePath / name, joined with single slashes, in NFC.
 *
 * @param isImageName whether the extension of a name, where it has one, is one of an image
 * @throws Fault for everything that the contract refuses about names and paths, before anything is fetched
 * Source: save-contract "Where it goes".
 */
export function savePlace(
  name: string | undefined,
  { SaveDirectory, SavePath }: { readonly SaveDirectory: string; readonly SavePath: string },
  isImageName: (name: string) => boolean,
): SavePlace {
  const root = saveRoot({ SaveDirectory, SavePath });
  if (name === undefined || name === "") throw new Fault("nameMissing");
  const key = keyBelow(root, name, invalidName, isImageName);
  return { key, folder: key.slice(0, key.lastIndexOf("/") + 1) };
}

/**
 * The key of a file below a folder, in NFC.
 *
 * @param root without a slash at its end; "" is the bucket itself
 * @param invalid the fault for everything that the contract refuses about names, given why
 * @param isImageName whether its extension is one that it may have
 * Source: save-contract "Where it goes".
 */
export function keyBelow(
  root: string,
  name: string,
  invalid: (why: string) => Fault,
  isImageName: (name: string) => boolean,
): string {
  if (name.length > MAX_NAME_CHARACTERS) {
    throw invalid(`it has ${name.length} characters, of which a key of ${MAX_KEY_BYTES} bytes cannot be made`);
  }
  const file = name.normalize("NFC");
  const refused = REFUSALS.find(({ pattern }) => pattern.test(file));
  if (refused !== undefined) throw invalid(`it has ${refused.says}`);
  if (!isImageName(file)) throw invalid("its extension is not an image's");

  const key = root === "" ? file : `${root}/${file}`;
  const bytes = new TextEncoder().encode(key).length;
  if (bytes > MAX_KEY_BYTES) throw invalid(`its key would have ${bytes} bytes, at most ${MAX_KEY_BYTES} are possible`);
  return key;
}

/** Whether a file below a folder can be asked for by its name: no marker of a folder, nothing that only the server writes. */
export function isNameOfFile(file: string, isImageName: (name: string) => boolean): boolean {
  return file !== "" && !REFUSALS.some(({ pattern }) => pattern.test(file)) && isImageName(file);
}

/**
 * The folder below which everything is saved, without a slash at its end.
 *
 * @throws Fault where saving is off, or the settings do not name a folder
 */
export function saveRoot({
  SaveDirectory,
  SavePath,
}: {
  readonly SaveDirectory: string;
  readonly SavePath: string;
}): string {
  if (SavePath === "") throw new Fault("savingOff");
  const path = SavePath.normalize("NFC").replace(/\/$/, "");
  const directory = folderPath(SaveDirectory);
  for (const [setting, value] of Object.entries({ SavePath: path, SaveDirectory: directory })) {
    const refused = REFUSALS.find(({ pattern }) => pattern.test(value));
    if (refused !== undefined) throw new Fault("savePathInvalid", `${setting} has ${refused.says}`);
  }
  if (path === "") throw new Fault("savePathInvalid", "SavePath is only a slash");
  return directory === "" ? path : `${directory}/${path}`;
}

function invalidName(why: string): Fault {
  return new Fault("nameInvalid", why, { mayBeTold: true });
}

/** Where sources are never to be written, by the contract. */
const CATALOGS = "catalogs";

/**
 * Whether saving below `root` could touch the files of catalogs or sources, when both are in one bucket: the root equals,
 * contains or lies in the folder of the catalogs, or one of those of the sources.
 */
export function touchesSources(root: string, rootPaths: readonly string[]): boolean {
  return [CATALOGS, ...rootPaths].some((folder) => liesIn(root, folder) || liesIn(folder, root));
}

function liesIn(path: string, folder: string): boolean {
  return folder === "" || path === folder || path.startsWith(`${folder}/`);
}
