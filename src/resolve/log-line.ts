/** Of a text. Longer ones are not told in full: a line should not be as long as the file that it is about. */
const LONGEST_TEXT = 1024;

/** One line of JSON in printable ASCII: neither a line separator nor a direction mark in a name can disturb a log. */
export function logLine(fields: Readonly<Record<string, string | number | undefined>>): string {
  const line = JSON.stringify(fields, (_, value) => (typeof value === "string" ? value.slice(0, LONGEST_TEXT) : value));
  return line.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
