import type { ReplyFormat } from "../protocol/req-types.ts";
import { type Properties, propertiesText } from "./properties.ts";

/** How an answer is addressed in JSONP. */
interface Addressed {
  readonly handler?: string;
  readonly id?: string;
}

interface PropertyFormat {
  readonly mime: string;
  write(properties: Properties, addressed: Addressed): string;
}

/** The formats of answers that are properties with dotted names. Source: protocol.md 7.1. */
export const PROPERTY_FORMATS: Readonly<Record<ReplyFormat, PropertyFormat>> = {
  text: { mime: "text/plain", write: (properties) => propertiesText("OK", new Date(), properties) },
  javascript: { mime: "text/javascript", write: javascript },
  xml: { mime: "text/xml", write: xml },
  json: { mime: "text/javascript", write: jsonp },
};

/** One assignment a line; single quotes are doubled, as the documentation says. */
function javascript(properties: Properties): string {
  const quoted = (value: string | number) =>
    `'${String(value).replaceAll("\\", "\\\\").replaceAll("\r", "\\r").replaceAll("\n", "\\n").replaceAll("'", "''")}'`;
  return lines(Object.entries(properties).map(([name, value]) => `${name}=${quoted(value)}`));
}

/** A group for each object before the first dot. */
function xml(properties: Properties): string {
  const groups = new Map<string, string[]>();
  for (const [dotted, value] of Object.entries(properties)) {
    const [group = "", ...rest] = dotted.split(".");
    const property = `    <property name="${escapeXml(rest.join("."))}" value="${escapeXml(String(value))}" />`;
    groups.set(group, [...(groups.get(group) ?? []), property]);
  }
  const named = [...groups].map(([name, rows]) =>
    lines([`  <prop-group name="${escapeXml(name)}">`, ...rows, "  </prop-group>"]),
  );
  return `<?xml version="1.0" encoding="UTF-8" ?>\n<prop-group>\n${named.join("")}</prop-group>\n`;
}

/** All values are strings; clients match the text exactly. */
function jsonp(properties: Properties, { handler = "s7jsonResponse", id = "" }: Addressed): string {
  const strings = Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, String(value)]));
  return `/*jsonp*/${handler}(${escapeScript(JSON.stringify(strings))},${escapeScript(JSON.stringify(id))});`;
}

function lines(rows: readonly string[]): string {
  return rows.map((row) => `${row}\n`).join("");
}

const XML_ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** What XML 1.0 does not have, escaped or not, is left out. */
const NOT_IN_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

function escapeXml(text: string): string {
  return text.replace(NOT_IN_XML, "").replace(/[&<>"]/g, (found) => XML_ENTITIES[found] ?? "");
}

/** What would end a script element, or a line to an old parser. */
function escapeScript(json: string): string {
  return json.replaceAll("</", "<\\/").replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
}
