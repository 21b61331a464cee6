import type { ImageRequest } from "../../src/protocol/request.ts";

/**
 * What a request means: without problems, notes and origins, and of the requests nested in it not how they are spelled, but what
 * they mean themselves.
 */
export function meaning({ object, request, view, composite, finalView, layers }: ImageRequest): unknown {
  const inner = layers.map(({ nested, commands, ...layer }) => {
    const own = Object.entries(nested).map(([name, request]) => [name, meaning(request)]);
    return { ...layer, commands: { ...commands, ...Object.fromEntries(own) } };
  });
  return { object, request, view, composite, finalView, layers: inner };
}
