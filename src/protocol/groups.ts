import {
  COMMANDS,
  type CommandName,
  type CompositeValues,
  type FinalViewValues,
  type LayerValues,
  type RequestValues,
  rowOf,
  slotOf,
  type ViewValues,
} from "./commands/table.ts";
import { standing } from "./findings.ts";
import type { Grammar } from "./grammar/grammar.ts";
import type { Modifier } from "./modifiers.ts";
import { decodePercent, decodeValue } from "./percent.ts";
import { isWrong, type Problem } from "./problem.ts";
import type { Effect, Layer } from "./request.ts";
import type { Placed, Target } from "./segments.ts";

type Group = Map<string, Placed>;
type Values = Readonly<Partial<Record<CommandName, unknown>>>;

/**
 * Commands sorted by what they belong to. Of the commands of one slot the last one put in counts, and only that one
 * is read: a value that was overridden may have been anything.
 */
export class Groups {
  readonly #groups = new Map<string, { readonly target: Target; readonly commands: Group }>();

  readonly #effectsOf = new Map<number | "composite", { readonly number: number; readonly commands: Group }[]>();

  put(placed: Placed): void {
    this.open(placed.target).set(slotOf(placed.command), placed);
  }

  /** Takes out what has been said for the slot of this one. */
  drop({ target, command }: Placed): void {
    this.open(target).delete(slotOf(command));
  }

  /** Puts a command in where nothing has been said for its slot. */
  putUnder(placed: Placed): void {
    if (this.placedIn(placed.target, placed.command) === undefined) this.put(placed);
  }

  /** The command that counts for the slot of this one. */
  placedIn(target: Target, command: CommandName): Placed | undefined {
    return this.#groups.get(keyOf(target))?.commands.get(slotOf(command));
  }

  /** Every command that counts. */
  all(): readonly Placed[] {
    return [...this.#groups.values()].flatMap(({ commands }) => [...commands.values()]);
  }

  /** A group is there once something was said about it, be it only that it exists. */
  open(target: Target): Group {
    const key = keyOf(target);
    const known = this.#groups.get(key);
    if (known !== undefined) return known.commands;
    const commands: Group = new Map();
    this.#groups.set(key, { target, commands });
    if ("effect" in target && target.effect !== undefined) {
      const layer = target.kind === "layer" ? target.layer : "composite";
      const effects = this.#effectsOf.get(layer) ?? [];
      this.#effectsOf.set(layer, effects);
      effects.push({ number: target.effect, commands });
    }
    return commands;
  }

  /** The commands of the request, the view, the composite and the final view. */
  whole(problems: Problem[]): {
    readonly request: RequestValues;
    readonly view: ViewValues;
    readonly composite: { readonly commands: CompositeValues; readonly effects: readonly Effect[] };
    readonly finalView: FinalViewValues;
  } {
    const all = readGroup(this.open({ kind: "request" }), problems);
    const ofScope = (scope: string) =>
      Object.fromEntries(Object.entries(all).filter(([name]) => rowOf(name as CommandName).scope === scope));
    return {
      request: ofScope("request"),
      view: ofScope("view"),
      composite: {
        commands: readGroup(this.open({ kind: "composite" }), problems) as CompositeValues,
        effects: this.#effects("composite", problems),
      },
      finalView: readGroup(this.open({ kind: "finalView" }), problems) as FinalViewValues,
    };
  }

  /** The layers from the bottom, without what is nested in them. */
  read(problems: Problem[], names: ReadonlyMap<number, readonly string[]>): readonly Omit<Layer, "nested">[] {
    return this.layerNumbers().map((number) => ({
      number,
      names: names.get(number) ?? [],
      commands: readGroup(this.open({ kind: "layer", layer: number }), problems) as LayerValues,
      effects: this.#effects(number, problems),
    }));
  }

  /** Of the layers of which something was said, from the bottom. */
  layerNumbers(): readonly number[] {
    const targets = [...this.#groups.values()].flatMap(({ target }) => (target.kind === "layer" ? [target.layer] : []));
    return [...new Set(targets)].sort((one, other) => one - other);
  }

  /** The effects of a layer, or of the composite, from behind to the front. */
  #effects(layer: number | "composite", problems: Problem[]): readonly Effect[] {
    const found = this.#effectsOf.get(layer) ?? [];
    return [...found]
      .sort((one, other) => one.number - other.number)
      .map(({ number, commands }) => ({ number, commands: readGroup(commands, problems) as LayerValues }));
  }
}

function keyOf(target: Target): string {
  const layer = target.kind === "layer" ? target.layer : target.kind;
  return `${layer} ${"effect" in target ? target.effect : ""}`;
}

function readGroup(group: Group, problems: Problem[]): Values {
  const values: Partial<Record<CommandName, unknown>> = {};
  for (const { command, modifier } of group.values()) {
    const value = readValue(command, modifier, problems);
    if (value !== undefined) values[command] = value;
  }
  return values;
}

function readValue(command: CommandName, modifier: Modifier, problems: Problem[]): unknown {
  const { value = "", at, derived } = modifier;
  const grammar: Grammar<unknown> = COMMANDS[command].grammar;
  const text = grammar.raw ? value : decoded(command, value);
  if (text === undefined) {
    problems.push({ command, wanted: "text in UTF-8", got: value, ...standing(modifier) });
    return undefined;
  }
  const result = grammar.read(text);
  if (!isWrong(result)) return result;
  // An offset into decoded text is one into the URL only where nothing was escaped, and the value stands there.
  const offset = text === value && derived === undefined ? result.at : 0;
  problems.push({ command, wanted: result.wanted, got: result.got, ...standing(modifier), at: at + offset });
  return undefined;
}

/** `name=` becomes a key of the bucket: there a guess at the encoding would be a save under another name. */
function decoded(command: CommandName, value: string): string | undefined {
  return command === "name" ? decodePercent(value.replaceAll("+", " "), true) : decodeValue(value);
}
