import { describe, expect, test } from "vitest";
import { readRequest } from "../../src/protocol/read.ts";
import { layerZero } from "../../src/protocol/request.ts";
import { readingWith, type TestCatalogs } from "../support/catalog-views.ts";

/** Places where a command can stand, weakest first, and the catalogs and the URL that have these texts there. */
interface Ladder {
  readonly places: readonly string[];
  readonly request: (texts: readonly string[]) => {
    readonly catalogs: TestCatalogs;
    readonly path: string;
    readonly client: string;
  };
}

const joined = (...texts: readonly string[]) => texts.filter((text) => text !== "").join("&");

/** Source: protocol.md 1.8. */
const LADDERS: Readonly<Record<string, Ladder>> = {
  "the picture of the path": {
    places: ["other fields of its record", "its Modifier", "the URL", "its PostModifier"],
    request: ([fields = "", modifier = "", client = "", postModifier = ""]) => ({
      catalogs: { acme: { records: { a: { fields, modifier, postModifier } } } },
      path: "acme/a",
      client,
    }),
  },
  "another picture in layer 0": {
    places: ["other fields of its record", "its Modifier", "the path's Modifier", "the URL", "the path's PostModifier"],
    request: ([fields = "", own = "", modifier = "", client = "", postModifier = ""]) => ({
      catalogs: { acme: { records: { a: { modifier, postModifier }, b: { fields, modifier: own } } } },
      path: "acme/a",
      client: joined("src=b", client),
    }),
  },
  "the template's own picture": {
    places: ["other fields of the template", "its Modifier", "the URL", "the path's PostModifier"],
    request: ([fields = "", modifier = "", client = "", postModifier = ""]) => ({
      // What the path's record and the template's PostModifier say counts nowhere.
      catalogs: {
        acme: {
          records: {
            a: { fields: "anchor=99,0", modifier: "anchor=99,0", postModifier },
            t: { fields, modifier, postModifier: "anchor=99,0" },
          },
        },
      },
      path: "acme/a",
      client: joined("template=t", client),
    }),
  },
  "the path's picture, put into a template": {
    places: ["other fields of its record", "its Modifier", "the template's Modifier", "the URL", "its PostModifier"],
    request: ([fields = "", own = "", modifier = "", client = "", postModifier = ""]) => ({
      catalogs: {
        acme: {
          records: { a: { fields, modifier: own, postModifier }, t: { modifier: joined("src=$object$", modifier) } },
        },
      },
      path: "acme/a",
      client: joined("template=t", client),
    }),
  },
  "a text and the macro behind it": {
    places: ["the URL before a call", "the macro", "the URL behind the call"],
    request: ([before = "", macro = "", behind = ""]) => ({
      catalogs: { "": { macros: { m: joined("wid=1", macro) } } },
      path: "a",
      client: joined(before, "$m$", behind),
    }),
  },
  "a Modifier that calls a macro": {
    places: ["the macro", "the URL"],
    request: ([macro = "", client = ""]) => ({
      catalogs: { acme: { macros: { m: joined("wid=1", macro) }, records: { a: { modifier: "$m$" } } } },
      path: "acme/a",
      client,
    }),
  },
};

const anchorOf = ({ request }: Ladder, texts: readonly string[]) => {
  const { catalogs, path, client } = request(texts);
  const asked = readRequest(path, client, readingWith(catalogs, path));
  return { problems: asked.problems, anchor: layerZero(asked)?.commands.anchor };
};

describe.each(Object.entries(LADDERS))("who wins: %s", (_, ladder) => {
  const { places } = ladder;
  const pairs = places.flatMap((strong, above) =>
    places.slice(0, above).map((weak, below) => ({ weak, strong, above, below })),
  );

  test.each(places.map((place, at) => ({ place, at })))("$place alone counts", ({ at }) => {
    const texts = places.map((_place, index) => (index === at ? `anchor=${at},0` : ""));
    expect(anchorOf(ladder, texts)).toEqual({ problems: [], anchor: { x: at, y: 0 } });
  });

  test.each(pairs)("$strong overrides $weak", ({ above, below }) => {
    const texts = places.map((_place, at) => (at === above || at === below ? `anchor=${at},0` : ""));
    expect(anchorOf(ladder, texts)).toEqual({ problems: [], anchor: { x: above, y: 0 } });
    // Another command of the slot replaces it as a whole (A-16).
    const other = places.map((_place, at) => (at === above ? "anchorN=0,0" : at === below ? "anchor=1,1" : ""));
    expect(anchorOf(ladder, other)).toEqual({ problems: [], anchor: undefined });
  });
});

/** The same of variables. Source: protocol.md 1.6, A-19. */
const VARIABLES: Readonly<Record<string, Ladder>> = {
  "in a layer of the request": {
    places: ["the Modifier", "the URL", "the PostModifier"],
    request: ([modifier = "", client = "", postModifier = ""]) => ({
      catalogs: { acme: { records: { a: { modifier, postModifier } } } },
      path: "acme/a",
      client: joined("layer=0&rotate=$v$", client),
    }),
  },
  "in the Modifier of a layer's record": {
    places: ["that Modifier", "the path's Modifier", "the URL", "the path's PostModifier"],
    request: ([own = "", modifier = "", client = "", postModifier = ""]) => ({
      catalogs: { acme: { records: { a: { modifier, postModifier }, b: { modifier: joined("rotate=$v$", own) } } } },
      path: "acme/a",
      client: joined("src=b", client),
    }),
  },
  "in a template": {
    places: ["the template", "the URL", "the path's PostModifier"],
    request: ([modifier = "", client = "", postModifier = ""]) => ({
      catalogs: {
        acme: {
          records: { a: { modifier: "$v=99", postModifier }, t: { modifier: joined("layer=0&rotate=$v$", modifier) } },
        },
      },
      path: "acme/a",
      client: joined("template=t", client),
    }),
  },
};

describe.each(Object.entries(VARIABLES))("whose variable counts: %s", (_, ladder) => {
  const { places } = ladder;
  const pairs = places.flatMap((strong, above) => [
    { weak: "nothing", strong, above, below: -1 },
    ...places.slice(0, above).map((weak, below) => ({ weak, strong, above, below })),
  ]);

  test.each(pairs)("$strong overrides $weak", ({ above, below }) => {
    const texts = places.map((_place, at) => (at === above || at === below ? `$v=${at}` : ""));
    const { catalogs, path, client } = ladder.request(texts);
    const asked = readRequest(path, client, readingWith(catalogs, path));
    expect([asked.problems, layerZero(asked)?.commands.rotate]).toEqual([[], above]);
  });
});

describe("whose variable counts in the template of a nested request", () => {
  const places = ["the template", "the URL around it", "the nested request", "the PostModifier of its path"];
  const pairs = places.flatMap((strong, above) =>
    places.slice(0, above).map((weak, below) => ({ weak, strong, above, below })),
  );

  test.each(pairs)("$strong overrides $weak", ({ above, below }) => {
    const [own = "", outer = "", nested = "", postModifier = ""] = places.map((_place, at) =>
      at === above || at === below ? `$v=${at}` : "",
    );
    const records = { a: { postModifier }, t: { modifier: joined("layer=0&rotate=$v$", own) } };
    const client = joined(outer, `layer=1&src=is{${`acme/a?${joined("template=t", nested)}`}}`);
    const asked = readRequest("acme/x", client, readingWith({ acme: { records } }, "acme/x"));
    const inner = asked.layers[0]?.nested.src;
    expect([asked.problems, inner && layerZero(inner)?.commands.rotate]).toEqual([[], above]);
  });
});
