/** Commands for who runs the server. What the bucket is called, no Worker knows. */
const BUCKET = "<bucket of SAVES>";

/**
 * The command that makes a folder, meant to be pasted.
 *
 * @param folder ends in a slash
 */
export function markerCommand(folder: string): string {
  return `npx wrangler r2 object put ${quoted(`${BUCKET}/${folder}`)} --pipe --remote < /dev/null`;
}

/** The command that has the bucket abort uploads of more than a day below a folder. */
export function abortRuleCommand(folder: string): string {
  return `npx wrangler r2 bucket lifecycle add '${BUCKET}' abort-uploads ${quoted(folder)} --abort-multipart-days 1`;
}

/** In single quotes, with those inside of it closed and opened around an escaped one. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
