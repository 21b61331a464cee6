import type { CommandName } from "./commands/table.ts";
import type { Groups } from "./groups.ts";
import { type Modifier, sayerOf } from "./modifiers.ts";
import type { ImageRequest } from "./request.ts";
import type { Target } from "./segments.ts";
import { canonicalSegments, commandOf, namesIn } from "./write.ts";

/** Who said a command that counts. */
export interface CommandOrigin {
  readonly command: CommandName;
  /** `layer 1`, `effect -1 of layer 1`; undefined for what is about the whole request or its view. */
  readonly of: string | undefined;
  /** `the URL`, `macro view`, `the Modifier of acme/shoe`, `macro view in the Modifier of acme/shoe`. */
  readonly by: string;
  /** Characters into that text; of a macro, into the text that calls it. */
  readonly at: number;
  /** File and line of the record; undefined where it was none. */
  readonly place: string | undefined;
}

type Commands = Parameters<typeof canonicalSegments>[0];

/** Who said each command of a request, in the order of its canonical form. */
export function originsOf(request: Commands, groups: Groups): readonly CommandOrigin[] {
  return canonicalSegments(request).flatMap(({ target, commands }) => {
    const of = wordsFor(target);
    return namesIn(commands).flatMap((command) => {
      const modifier = groups.placedIn(target, command)?.modifier;
      return modifier === undefined ? [] : [{ command, of, ...originOf(modifier) }];
    });
  });
}

function originOf(modifier: Modifier): Pick<CommandOrigin, "by" | "at" | "place"> {
  return { by: sayerOf(modifier) ?? "the URL", at: modifier.at, place: modifier.in?.place };
}

/**
 * Every command of a request with who said it, a line each, those of nested requests further to the right:
 * `wid=300  # the URL, at character 4`. It names files, and is for those who may know them.
 */
export function writeOrigins(request: ImageRequest): string {
  return lines(request).join("\n");
}

function lines(request: ImageRequest): readonly string[] {
  const origins = new Map(request.origins.map((origin) => [keyOf(origin), origin]));
  return canonicalSegments(request).flatMap(({ target, commands }) => {
    const of = wordsFor(target);
    const write = commandOf(commands);
    const layer = target.kind === "layer" && target.effect === undefined ? target.layer : undefined;
    return namesIn(commands).flatMap((command) => {
      const origin = origins.get(keyOf({ command, of }));
      const says = [of, origin && `${origin.by}, at character ${origin.at}`, origin?.place];
      const line = `${write(command)}  # ${says.filter((part) => part !== undefined).join("; ")}`;
      const inner = command === "src" || command === "mask" ? nestedIn(request, layer, command) : undefined;
      return inner === undefined ? [line] : [line, ...lines(inner).map((text) => `  ${text}`)];
    });
  });
}

function nestedIn({ layers }: ImageRequest, layer: number | undefined, command: "src" | "mask") {
  return layers.find(({ number }) => number === layer)?.nested[command];
}

function keyOf({ command, of }: Pick<CommandOrigin, "command" | "of">): string {
  return `${command} ${of ?? ""}`;
}

function wordsFor(target: Target): string | undefined {
  switch (target.kind) {
    case "request":
      return undefined;
    case "layer":
      return effectOf(target.effect, `layer ${target.layer}`);
    case "composite":
      return effectOf(target.effect, "the composite");
    case "finalView":
      return "the view";
  }
}

function effectOf(effect: number | undefined, layer: string): string {
  return effect === undefined ? layer : `effect ${effect} of ${layer}`;
}
