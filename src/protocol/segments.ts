import { isLayer } from "./commands/row.ts";
import { type CommandName, commandNamed, rowOf } from "./commands/table.ts";
import { standing } from "./findings.ts";
import { effect, type LayerSelector, layer } from "./grammar/layer.ts";
import type { Modifier } from "./modifiers.ts";
import { decodeValue } from "./percent.ts";
import { isWrong, type Problem } from "./problem.ts";
import type { Note } from "./request.ts";

/** What a command belongs to. */
export type Target =
  | { readonly kind: "request" }
  | { readonly kind: "layer"; readonly layer: number; readonly effect?: number }
  | { readonly kind: "composite"; readonly effect?: number }
  | { readonly kind: "finalView" };

/** A command and where it goes. */
export interface Placed {
  readonly command: CommandName;
  readonly modifier: Modifier;
  readonly target: Target;
}

export interface Segments {
  readonly placed: readonly Placed[];
  readonly unknown: readonly Modifier[];
  /** Numbers of layers that were opened, with the names they were given. */
  readonly layers: ReadonlyMap<number, readonly string[]>;
  readonly problems: readonly Problem[];
  readonly notes: readonly Note[];
}

/**
 * Walks the modifiers of all texts, each beginning at `layer=comp`, and says for each command where it goes.
 *
 * Names may be given in one text and used in another, before or after: they are collected first.
 * Source: protocol.md 1.7.
 */
export function placeCommands(texts: readonly (readonly Modifier[])[]): Segments {
  const problems: Problem[] = [];
  const notes: Note[] = [];
  const placed: Placed[] = [];
  const unknown: Modifier[] = [];
  const { byName, layers } = collectNames(texts, problems);

  for (const modifiers of texts) {
    let current: Target = { kind: "composite" };
    for (const modifier of modifiers) {
      const command = modifier.value === undefined ? undefined : commandNamed(modifier.name);
      if (command === undefined) {
        unknown.push(modifier);
      } else if (command === "layer") {
        current = selected(modifier, byName, problems) ?? current;
        if (current.kind === "layer" && !layers.has(current.layer)) layers.set(current.layer, []);
      } else if (command === "effect") {
        current = withEffect(current, modifier, problems);
      } else {
        const target = routed(command, current);
        if (typeof target === "string") notes.push({ name: modifier.name, says: target, ...standing(modifier) });
        else placed.push({ command, modifier, target });
      }
    }
  }
  return { placed, unknown, layers, problems, notes };
}

function selectorOf(modifier: Modifier): ReturnType<typeof layer.read> {
  return layer.read(decodeValue(modifier.value ?? ""));
}

/** Names of layers: one name means one layer, everywhere. The composite may have names as well. */
function collectNames(texts: readonly (readonly Modifier[])[], problems: Problem[]) {
  const byName = new Map<string, LayerSelector>();
  const layers = new Map<number, string[]>();
  for (const modifier of texts.flat()) {
    if (commandNamed(modifier.name) !== "layer" || modifier.value === undefined) continue;
    const selector = selectorOf(modifier);
    if (isWrong(selector) || selector.kind === "name") continue;
    const names = selector.kind === "number" ? (layers.get(selector.number) ?? []) : [];
    if (selector.kind === "number") layers.set(selector.number, names);
    if (selector.name === undefined) continue;
    const known = byName.get(selector.name);
    if (known !== undefined && !sameLayer(known, selector)) {
      const wanted = `a name that no other layer has`;
      problems.push({ command: "layer", wanted, got: selector.name, ...standing(modifier) });
    } else if (known === undefined) {
      byName.set(selector.name, selector);
      names.push(selector.name);
    }
  }
  return { byName, layers };
}

function sameLayer(one: LayerSelector, other: LayerSelector): boolean {
  if (one.kind === "number" && other.kind === "number") return one.number === other.number;
  return one.kind === other.kind;
}

function selected(
  modifier: Modifier,
  byName: ReadonlyMap<string, LayerSelector>,
  problems: Problem[],
): Target | undefined {
  const selector = selectorOf(modifier);
  if (isWrong(selector)) {
    problems.push({ command: "layer", wanted: selector.wanted, got: selector.got, ...standing(modifier) });
    return undefined;
  }
  const meant = selector.kind === "name" ? byName.get(selector.name) : selector;
  if (meant === undefined) {
    problems.push({
      command: "layer",
      wanted: "the name of a layer",
      got: modifier.value ?? "",
      ...standing(modifier),
    });
    return undefined;
  }
  return meant.kind === "number" ? { kind: "layer", layer: meant.number } : { kind: "composite" };
}

function withEffect(current: Target, modifier: Modifier, problems: Problem[]): Target {
  const number = effect.read(decodeValue(modifier.value ?? ""));
  if (isWrong(number)) {
    problems.push({ command: "effect", wanted: number.wanted, got: number.got, ...standing(modifier) });
    return current;
  }
  if (current.kind === "layer") return { kind: "layer", layer: current.layer, effect: number };
  return { kind: "composite", effect: number };
}

/** Where a command goes that stands in this segment; a text says why it goes nowhere. */
export function routed(command: CommandName, current: Target): Target | string {
  const row = rowOf(command);
  if (!isLayer(row)) return { kind: "request" };
  if ("effect" in current) {
    return row.kinds.includes("effect") ? current : "effects do not take it";
  }
  if (current.kind === "layer") {
    const belowAll = current.layer === 0 && row.comp === "ignored";
    return belowAll ? "layer 0 does not take it" : current;
  }
  switch (row.comp) {
    case "layer0":
      return { kind: "layer", layer: 0 };
    case "composite":
      return { kind: "composite" };
    case "view":
      return { kind: "finalView" };
    case "ignored":
      return "the composite does not take it";
  }
}
