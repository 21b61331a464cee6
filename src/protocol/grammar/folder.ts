/**
 * A folder as settings name it, as keys begin with it: in NFC, without slashes around. `/` and `./` stand for an absolute folder
 * of the original server: here that is the root of the bucket, "".
 */
export function folderPath(text: string): string {
  return text.normalize("NFC").replace(/^(?:\.?\/)+|\/+$|^\.$/g, "");
}
