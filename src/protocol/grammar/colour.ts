import { type Wrong, wrong } from "../problem.ts";
import type { Grammar } from "./grammar.ts";

/** A colour as the client wrote it. Components and alpha run 0..1; not premultiplied. */
export interface Colour {
  readonly space: "gray" | "rgb" | "cmyk";
  readonly components: readonly number[];
  readonly alpha: number;
  /** The `s` suffix: the value is in the space of the source rather than of the output. */
  readonly inSourceSpace: boolean;
}

/** What each space looks like in decimal: component count, largest component, largest alpha. */
const DECIMAL = {
  gray: { count: 1, max: 100 },
  rgb: { count: 3, max: 255 },
  cmyk: { count: 4, max: 100 },
} as const;

/** Hex digits → space, by suffix. Which counts need the `0x` in front is A-34's rule. */
const HEX = {
  "": { 2: "gray", 4: "gray", 6: "rgb", 8: "rgb" },
  g: { 2: "gray", 4: "gray" },
  r: { 6: "rgb", 8: "rgb" },
  k: { 8: "cmyk", 10: "cmyk" },
} as const satisfies Record<string, Partial<Record<number, Colour["space"]>>>;

const BY_SUFFIX = { g: "gray", r: "rgb", k: "cmyk" } as const;

/** `255,255,255`, `0xffeedd`, `ffeedd`, `50`, `10,20,30,40k` … Source: protocol.md 2.3, A-33, A-34. */
export const colour: Grammar<Colour> = {
  wants: "a colour: r,g,b, gray percent, c,m,y,kk or hex digits",
  shape: { kind: "colour" },
  read(value) {
    const [, body = "", suffix = "", s = ""] = /^(.*?)([grk]?)(s?)$/i.exec(value) ?? [];
    const kind = suffix.toLowerCase() as "" | "g" | "r" | "k";
    const parsed = isHex(body, kind) ? readHex(body, kind) : readDecimal(body, kind);
    return parsed === undefined ? invalid(value) : { ...parsed, inSourceSpace: s !== "" };
  },
  write({ space, components, alpha, inSourceSpace }) {
    const { max, suffix } = WRITTEN[space];
    const values = alpha === 1 ? components : [...components, alpha];
    const end = suffix + (inSourceSpace ? "s" : "");
    // Decimal where every value is a whole one; a hex gray such as 0x70 is no whole percentage.
    const decimals = values.map((value) => value * max);
    const whole = decimals.every((value) => Math.abs(value - Math.round(value)) < 1e-9);
    if (whole) return decimals.map(Math.round).join(",") + end;
    return `0x${values.map((value) => hexByte(value)).join("")}${end}`;
  },
};

/** How each space is written: with its largest decimal component, and always with its suffix. */
const WRITTEN = {
  gray: { max: 100, suffix: "g" },
  rgb: { max: 255, suffix: "r" },
  cmyk: { max: 100, suffix: "k" },
} as const;

function hexByte(value: number): string {
  return Math.round(value * 255)
    .toString(16)
    .padStart(2, "0");
}

type Parsed = Omit<Colour, "inSourceSpace">;

function invalid(value: string): Wrong {
  return wrong(colour.wants, value);
}

function isHex(body: string, kind: "" | "g" | "r" | "k"): boolean {
  if (/^0x/i.test(body)) return true;
  // Without the prefix only the lengths that no decimal gray has; gray always needs the prefix.
  return kind === "k" ? /^(?:[\da-f]{8}|[\da-f]{10})$/i.test(body) : /^(?:[\da-f]{6}|[\da-f]{8})$/i.test(body);
}

function readHex(body: string, kind: "" | "g" | "r" | "k"): Parsed | undefined {
  const digits = body.replace(/^0x/i, "");
  const space = (HEX[kind] as Partial<Record<number, Colour["space"]>>)[digits.length];
  if (space === undefined || !/^[\da-f]+$/i.test(digits)) return undefined;
  const bytes = (digits.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16) / 255);
  return split(space, bytes);
}

function readDecimal(body: string, kind: "" | "g" | "r" | "k"): Parsed | undefined {
  const items = body.split(",");
  if (!items.every((item) => /^\d{1,3}$/.test(item))) return undefined;
  const space = kind === "" ? (items.length <= 2 ? "gray" : "rgb") : BY_SUFFIX[kind];
  const { count, max } = DECIMAL[space];
  if (items.length !== count && items.length !== count + 1) return undefined;
  const values = items.map(Number);
  return values.every((item) => item <= max)
    ? split(
        space,
        values.map((item) => item / max),
      )
    : undefined;
}

function split(space: Colour["space"], values: readonly number[]): Parsed {
  const { count } = DECIMAL[space];
  return { space, components: values.slice(0, count), alpha: values[count] ?? 1 };
}
