import { standing } from "./findings.ts";
import type { Modifier } from "./modifiers.ts";
import type { Problem } from "./problem.ts";
import type { ImageRequest, Layer } from "./request.ts";

/** Of a request what the rules are about. */
type RuledRequest = Pick<ImageRequest, "request" | "view" | "layers">;

/** A rule about how commands go together. */
interface Rule {
  readonly command: string;
  readonly wanted: string;
  /** What came instead, where the rule is broken. */
  readonly broken: (request: RuledRequest) => string | undefined;
}

/** Source: the catalogue of errors in protocol.md 7.3; 1.9. */
const RULES: readonly Rule[] = [
  {
    command: "fit",
    wanted: "wid or hei beside it",
    broken: ({ view }) =>
      view.fit !== undefined && view.wid === undefined && view.hei === undefined ? "neither" : undefined,
  },
  {
    command: "fit",
    wanted: "another request type",
    broken: ({ view, request }) => (view.fit !== undefined && request.req?.type === "tmb" ? "tmb" : undefined),
  },
  {
    command: "sizeN",
    wanted: "a layer above layer 0",
    broken: (request) => layerWhere(request, ({ number, commands }) => number === 0 && commands.sizeN !== undefined),
  },
  {
    command: "textPath",
    wanted: "no textFlowPath beside it",
    broken: (request) =>
      layerWhere(
        request,
        ({ commands }) => (commands.textPath?.length ?? 0) > 0 && (commands.textFlowPath?.length ?? 0) > 0,
      ),
  },
  ...(["scale", "rotate", "anchor", "anchorN"] as const).map(
    (command): Rule => ({
      command,
      wanted: "a layer with a picture, a text or a size",
      broken: (request) => layerWhere(request, (layer) => sizesItself(layer) && layer.commands[command] !== undefined),
    }),
  ),
  ...(["src", "mask"] as const).map(
    (command): Rule => ({
      command,
      wanted: "an object, a URL or is{request}: the engines of ir and fxg are not here",
      broken: ({ layers }) =>
        layers.map(({ commands }) => commands[command]?.kind).find((kind) => kind === "ir" || kind === "fxg"),
    }),
  ),
  {
    command: "req",
    wanted: "a format that the type has",
    broken: ({ request }) =>
      request.req?.format === "strict" && request.req.type !== "validate" ? "strict" : undefined,
  },
];

/**
 * What is wrong with a request although each of its values is well.
 *
 * @param sayerOf the modifier that says a command
 */
export function checkRequest(
  request: RuledRequest,
  sayerOf: (command: string) => Modifier | undefined,
): readonly Problem[] {
  return RULES.flatMap(({ command, wanted, broken }) => {
    const got = broken(request);
    if (got === undefined) return [];
    const said = sayerOf(command);
    return [{ command, wanted, got, ...(said === undefined ? { at: 0 } : standing(said)) }];
  });
}

function layerWhere({ layers }: RuledRequest, holds: (layer: Layer) => boolean): string | undefined {
  const found = layers.find(holds);
  return found === undefined ? undefined : `layer ${found.number}`;
}

/** A layer of one colour that is as large as its clip path (protocol.md 3.8). */
function sizesItself({ number, commands }: Layer): boolean {
  const hasContent = number === 0 || "src" in commands || "text" in commands || "textPs" in commands;
  const hasSize = "size" in commands || "sizeN" in commands || "mask" in commands;
  return !hasContent && !hasSize && commands.color !== undefined && (commands.clipPath?.length ?? 0) > 0;
}
