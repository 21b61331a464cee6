/**
 * A folder as settings name it, as keys begin with it: in NFC, without slashes around. `/` and `./` stand for an absolute folder
 * of the original server: here that is the root of the bucket, "".
 */
export function folderPath(text: string): string {
  const path = text.normalize("NFC").replace(/^(?:\.?\/)+|^\.$/, "");
  // Not `/\/+$/`, which takes as long as the square of a row of slashes in the middle.
  let end = path.length;
  while (path[end - 1] === "/") end--;
  return path.slice(0, end);
}
