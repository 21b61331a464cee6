/** Properties in the order in which they are written. */
export type Properties = Readonly<Record<string, string | number>>;

/**
 * Java-style properties: a line saying how it went, the date, then `name=value` lines.
 *
 * Pure ASCII, whatever the values: escaped as `java.util.Properties.store` does. Source: protocol.md 7.1, A-31.
 */
export function propertiesText(outcome: "OK" | "ERROR", date: Date, properties: Properties): string {
  const lines = Object.entries(properties).map(([name, value]) => `${escapeName(name)}=${escapeValue(String(value))}`);
  return [`#S7Z ${outcome}`, `#${javaDate(date)}`, ...lines, ""].join("\n");
}

/** `EEE MMM dd HH:mm:ss zzz yyyy`, in UTC: `Sun Nov 22 14:03:11 UTC 2026` */
function javaDate(date: Date): string {
  const [, day, number, month, year, time] = /^(\w+), (\d+) (\w+) (\d+) (\S+)/.exec(date.toUTCString()) ?? [];
  return `${day} ${month} ${number} ${time} UTC ${year}`;
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ["\t", "\\t"],
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\f", "\\f"],
]);

function escapeText(text: string): string {
  return text.replace(
    /[\\:=#!]|[^\x20-\x7e]/g,
    (character) =>
      ESCAPES.get(character) ??
      (character >= " " && character <= "~"
        ? `\\${character}`
        : `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`),
  );
}

/** A space at the beginning of a value would be read as part of the separator. */
function escapeValue(value: string): string {
  return escapeText(value).replace(/^ /, "\\ ");
}

function escapeName(name: string): string {
  return escapeText(name).replaceAll(" ", "\\ ");
}
