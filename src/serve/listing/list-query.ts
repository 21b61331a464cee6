import { Fault } from "../../faults.ts";
import { shown } from "../../protocol/problem.ts";

/** What part of a list is asked for. */
export interface ListQuery {
  /** Every key begins with it; "" is all of them. In NFC, as keys are. */
  readonly prefix: string;
  /** As the page before this one had it: all keys come behind it. */
  readonly cursor: string | undefined;
  readonly limit: number;
}

const DEFAULT_LIMIT = 100;
/** That of R2. */
const MOST = 1000;
/** R2 has no longer keys, nor beginnings of them. */
const LONGEST_BYTES = 1024;

/** @throws Fault `badRequest` */
export function listQuery(url: string): ListQuery {
  const query = new URL(url).searchParams;
  const text = (name: string) => {
    const value = query.get(name) ?? "";
    const bytes = new TextEncoder().encode(value).length;
    if (bytes > LONGEST_BYTES) throw refused(name, `at most ${LONGEST_BYTES} bytes`, `${bytes} bytes`);
    return value;
  };
  const limit = query.get("limit") ?? String(DEFAULT_LIMIT);
  if (!/^\d{1,4}$/.test(limit) || Number(limit) < 1 || Number(limit) > MOST)
    throw refused("limit", `a whole number from 1 to ${MOST}`, shown(limit));
  const cursor = text("cursor");
  return { prefix: text("prefix").normalize("NFC"), cursor: cursor === "" ? undefined : cursor, limit: Number(limit) };
}

function refused(name: string, wanted: string, got: string): Fault {
  return new Fault("badRequest", `${name}: wants ${wanted}, got ${got}`, { mayBeTold: true });
}
