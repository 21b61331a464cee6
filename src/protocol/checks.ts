import type { Problem } from "./problem.ts";
import type { ImageRequest, Layer } from "./request.ts";

/** A rule about how commands go together. */
interface Rule {
  readonly command: string;
  readonly wanted: string;
  /** What came instead, where the rule is broken. */
  readonly broken: (request: ImageRequest) => string | undefined;
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
 * @param positions where each command stands in the client's text
 */
export function checkRequest(request: ImageRequest, positions: ReadonlyMap<string, number>): readonly Problem[] {
  return RULES.flatMap(({ command, wanted, broken }) => {
    const got = broken(request);
    return got === undefined ? [] : [{ command, wanted, got, at: positions.get(command) ?? 0 }];
  });
}

function layerWhere({ layers }: ImageRequest, holds: (layer: Layer) => boolean): string | undefined {
  const found = layers.find(holds);
  return found === undefined ? undefined : `layer ${found.number}`;
}

/** A layer of one colour that is as large as its clip path (protocol.md 3.8). */
function sizesItself({ number, commands }: Layer): boolean {
  const hasContent = number === 0 || "src" in commands || "text" in commands || "textPs" in commands;
  const hasSize = "size" in commands || "sizeN" in commands || "mask" in commands;
  return !hasContent && !hasSize && commands.color !== undefined && (commands.clipPath?.length ?? 0) > 0;
}
