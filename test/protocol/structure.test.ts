import { describe, expect, test } from "vitest";
import { lockOf, unlocked } from "../../src/protocol/lock.ts";
import { defineMacros } from "../../src/protocol/macros.ts";
import { deobfuscated, obfuscated } from "../../src/protocol/obfuscation.ts";
import { describe as describeProblem, isWrong } from "../../src/protocol/problem.ts";
import { readRequest } from "../../src/protocol/read.ts";
import { writeRequest } from "../../src/protocol/write.ts";
import { readingWith, type TestRecord } from "../support/catalog-views.ts";
import { contextWith, flatCommands, readPlain } from "../support/reading.ts";

const problems = (modifiers: string, context = contextWith()) =>
  readPlain(modifiers, context).problems.map(describeProblem);

describe("macros (protocol.md 1.5)", () => {
  const context = contextWith({ Small: "wid=100&qlt=50", card: "$small$&hei=80" });

  test("commands before a call are overridden by it, commands behind it override it", () => {
    expect(flatCommands("wid=1&$small$", context)).toEqual({ wid: 100, qlt: { quality: 50 } });
    expect(flatCommands("$small$&wid=1", context)).toEqual({ wid: 1, qlt: { quality: 50 } });
  });

  test.each(["$SMALL$", "%24small%24", "$small$="])("%s is a call", (call) => {
    expect(flatCommands(call, context).wid).toBe(100);
  });

  test("a macro may call those that were defined before it, and no others", () => {
    expect(flatCommands("$card$", context)).toEqual({ wid: 100, hei: 80, qlt: { quality: 50 } });
    expect(
      defineMacros([
        ["a", "$b$"],
        ["b", "wid=1"],
      ]).problems,
    ).toHaveLength(1);
    expect(defineMacros([["a", "$a$"]]).problems).toHaveLength(1);
  });

  test("an unknown one is an error, or a note where that is set", () => {
    expect(problems("wid=5&$preset$")).toEqual(['$preset$: wants the name of a macro, got "preset" (at character 6)']);
    const lenient = readPlain("wid=5&$preset$", contextWith({}, "ignore"));
    expect(lenient.problems).toEqual([]);
    expect(lenient.notes).toEqual([{ name: "$preset$", says: "there is no such macro", at: 6 }]);
  });

  test("the built-in ones are there for effects", () => {
    const { layers } = readPlain("layer=1&src=a&effect=-1&$shadow$&op_blur=9");
    expect(layers[0]?.effects[0]).toMatchObject({
      number: -1,
      commands: { op_blur: 9, blendMode: "mult", pos: { x: 5, y: 5 }, color: { space: "rgb" } },
    });
  });
});

describe("variables (protocol.md 1.6)", () => {
  test("are filled in wherever they are defined, the last definition counting", () => {
    expect(flatCommands("wid=$w$&$w=100&$W=200")).toEqual({ wid: 200 });
  });

  test("are not looked into again", () => {
    const { layers } = readPlain("$var2=apple&$var1=my$var2$tree&text=$var1$");
    expect(layers[0]?.commands.text).toBe("my$var2$tree");
  });

  test("that are not defined stay as they are, and a dollar sign is no more than that", () => {
    const { layers } = readPlain("src=my$image$file.tif");
    expect(layers[0]?.commands.src).toEqual({ kind: "object", object: "my$image$file.tif" });
    expect(problems("wid=$number$")).toEqual(['wid: wants a number of pixels > 0, got "$number$" (at character 4)']);
  });

  test("several a value, and $object$ without a definition", () => {
    const { layers } = readRequest("a/b c", "$x=1&layer=2&src=$object$&text=$x$+$x$", contextWith());
    expect(layers[0]?.commands).toEqual({ text: "1 1" });
    const source = readRequest("a/b c", "layer=2&src=$object$", contextWith()).layers[0]?.commands.src;
    expect(source).toEqual({ kind: "object", object: "a/b c" });
  });

  test("are filled in inside of nested requests, before those are read", () => {
    const { layers } = readRequest("a/b", "$w=40&src=is{?layer=0&src=$object$&size=$w$,$w$}", contextWith());
    const nested = layers[0]?.nested.src?.layers[0]?.commands;
    expect(nested).toMatchObject({ src: { object: "a/b" }, size: { width: 40, height: 40 } });
  });

  test("are filled in decoded in foreign URLs", () => {
    const { layers } = readPlain("$u=a%20b&src={http://x.example/$u$}");
    expect(layers[0]?.commands.src).toEqual({ kind: "foreign", url: "http://x.example/a b" });
  });

  test("do not stand in layer=", () => {
    expect(problems("$n=1&layer=$n$")[0]).toContain("layer: wants the name of a layer");
  });
});

describe("layers (protocol.md 1.7)", () => {
  test("while layer=comp is current each command goes where the table says", () => {
    const { layers, composite, finalView, notes } = readPlain(
      "crop=0,0,9,9&flip=lr&op_usm=1,2&opac=50&pos=1,1&size=8,0",
    );
    expect(layers).toMatchObject([{ number: 0, commands: { crop: { width: 9 }, size: { width: 8, height: 0 } } }]);
    expect(composite.commands).toEqual({ flip: "lr", opac: { opacity: 50 } });
    expect(finalView).toEqual({ op_usm: { amount: 1, radius: 2 } });
    expect(notes).toEqual([{ name: "pos", says: "the composite does not take it", at: 44 }]);
  });

  test("segments of one layer merge, and of one slot the last spelling counts", () => {
    const { layers } = readPlain("layer=1&crop=0,0,9,9&layer=2&layer=1&cropN=0,0,1,1&src=a&text=b");
    expect(layers.map(({ number, commands }) => [number, Object.keys(commands)])).toEqual([
      [1, ["cropN", "text"]],
      [2, []],
    ]);
  });

  test("names may be used before they are given, and belong to one layer", () => {
    const { layers } = readPlain("layer=logo&opac=50&layer=3,logo&src=a");
    expect(layers).toMatchObject([{ number: 3, names: ["logo"], commands: { opac: { opacity: 50 } } }]);
    expect(problems("layer=1,a&layer=2,a")).toEqual([
      'layer: wants a name that no other layer has, got "a" (at character 16)',
    ]);
    expect(problems("layer=nobody")).toEqual(['layer: wants the name of a layer, got "nobody" (at character 6)']);
    expect(problems("layer=1,comp")[0]).toContain("a name that is neither a number nor comp");
  });

  test("effects take nine commands, and are ordered by their numbers", () => {
    const { layers, notes } = readPlain("layer=1&effect=2&color=ff0000&effect=-1&crop=0,0,1,1&op_grow=3");
    expect(layers[0]?.effects.map(({ number, commands }) => [number, Object.keys(commands)])).toEqual([
      [-1, ["op_grow"]],
      [2, ["color"]],
    ]);
    expect(notes).toMatchObject([{ name: "crop", says: "effects do not take it" }]);
    expect(problems("effect=0")).toEqual(['effect: wants a whole number other than 0, got "0" (at character 7)']);
  });

  test("request and view commands may stand anywhere", () => {
    expect(flatCommands("layer=1&wid=5&effect=1&fmt=png")).toEqual({ wid: 5, fmt: { format: "png" } });
  });
});

describe("nesting (protocol.md 1.9)", () => {
  test("braces and parentheses are alike, and brackets inside are matched", () => {
    for (const text of ["src=is{a/b?wid=9&src=is(c?hei=2)}&wid=5", "src=is(a/b?wid=9&src=is{c?hei=2})&wid=5"]) {
      const { view, layers } = readPlain(text);
      expect(view).toEqual({ wid: 5 });
      expect(layers[0]?.nested.src).toMatchObject({ object: "a/b", view: { wid: 9 } });
      expect(layers[0]?.nested.src?.layers[0]?.nested.src).toMatchObject({ object: "c", view: { hei: 2 } });
    }
  });

  test("what speaks of the reply is passed over inside", () => {
    const nested = readPlain("src=is{a?fmt=png&qlt=9&bgc=red&wid=3}").layers[0]?.nested.src;
    expect(nested).toMatchObject({ request: {}, view: { wid: 3 }, problems: [] });
    expect(nested?.notes.map(({ name }) => name)).toEqual(["fmt", "qlt", "bgc"]);
  });

  test("a problem inside stands where it stands in the client's text", () => {
    const text = "wid=5&src=is{a?hei=x}";
    expect(problems(text)).toEqual([`hei: wants a number of pixels > 0, got "x" (at character ${text.indexOf("x}")})`]);
  });

  test("requests to other engines are recognised and refused", () => {
    expect(problems("src=ir{a?b=1}")).toEqual([
      'src: wants an object, a URL or is{request}: the engines of ir and fxg are not here, got "ir" (at character 4)',
    ]);
    expect(problems("layer=2&mask=FXG(a)")[0]).toContain('got "fxg" (at character 13)');
  });

  test("their texts and foreign URLs are kept as they are written", () => {
    const source = (text: string) => readPlain(text).layers[0]?.commands.src;
    expect(source("src=ir{a?b=1&show}")).toEqual({ kind: "ir", request: "a?b=1&show" });
    expect(source("src=(http://x.example/a?b=1&c=2)")).toEqual({ kind: "foreign", url: "http://x.example/a?b=1&c=2" });
    expect(problems("src=IS{a}")[0]).toContain("src: wants an object, is{request}");
    expect(readPlain("mask=IS{a}").layers[0]?.nested.mask).toMatchObject({ object: "a" });
  });

  test("seventeen requests inside one another are one too many", () => {
    const nest = (depth: number) => `${"src=is{a?".repeat(depth)}wid=1${"}".repeat(depth)}`;
    expect(problems(nest(16))).toEqual([]);
    expect(problems(nest(17))[0]).toContain("at most 16 requests inside one another");
  });
});

describe("precedence (protocol.md 1.8)", () => {
  const read = (client: string, { template, ...record }: TestRecord & { readonly template?: string }) => {
    const records = { picture: record, ...(template === undefined ? {} : { body: { modifier: template } }) };
    const context = readingWith({ "": { records } }, "picture");
    return readRequest("picture", template === undefined ? client : `template=body&${client}`, context);
  };

  test("a record's Modifier loses to the client wherever it stands, its PostModifier wins", () => {
    expect(read("wid=2", { modifier: "wid=1&hei=1", postModifier: "hei=3" }).view).toEqual({ wid: 2, hei: 3 });
  });

  test("with a template its body takes the place of the record's Modifier", () => {
    const { view } = read("wid=2", { modifier: "hei=1", template: "scl=2", postModifier: "align=0,1" });
    expect(view).toEqual({ wid: 2, scl: 2, align: { horizontal: 0, vertical: 1 } });
  });

  test("each text begins at the composite", () => {
    const { layers } = read("size=5,5", { modifier: "layer=1&src=a" });
    expect(layers.map(({ number, commands }) => [number, Object.keys(commands)])).toEqual([
      [0, ["size"]],
      [1, ["src"]],
    ]);
  });

  test("variables of the client replace a template's defaults", () => {
    const { layers } = read("$text=new", { template: "$text=old&layer=1&text=$text$" });
    expect(layers[0]?.commands.text).toBe("new");
  });
});

describe("only the client asks for a save (save-contract, The request)", () => {
  const says = "in the client's own modifiers, outside of nested requests";
  test.each(["req=saveToFile", "name=a.jpg", "timeout=5", "expires=1795360000", `sig=${"0".repeat(64)}`])(
    "%s counts nowhere else",
    (save) => {
      const from = (record: TestRecord, client = "wid=5") => {
        const context = readingWith({ "": { records: { picture: record, body: { modifier: save } } } }, "picture");
        return readRequest("picture", client, context).problems.map(describeProblem);
      };
      expect(readPlain(save).problems).toEqual([]);
      for (const found of [
        from({ modifier: save }),
        from({ postModifier: save }),
        from({}, "template=body"),
        from({}, "layer=1&src=body"),
        from({ modifier: `layer=1&effect=1&${save}` }),
        problems("$m$", contextWith({ m: save })),
        problems(`src=is{a?${save}}`),
      ]) {
        expect(found).toHaveLength(1);
        expect(found[0]).toContain(says);
      }
    },
  );

  test.each(["name=$v$.jpg", "timeout=$v$", "expires=$v$", "sig=$v$"])("%s takes no variables", (save) => {
    const [, name = "", value = ""] = /^(\w+)=(.*)$/.exec(save) ?? [];
    const context = contextWith({ m: "$v=1795360000" });
    for (const modifiers of [`$v=1795360000&${save}`, `$m$&${save}`]) {
      const { request, problems } = readPlain(modifiers, context);
      expect([request, ...problems.map(({ got }) => ({ [name]: got }))]).toContainEqual({ [name]: value });
    }
  });

  test("a type that variables make is no save", () => {
    const context = contextWith({ m: "$t=saveToFile" });
    for (const modifiers of ["$m$&req=$t$", "$t=saveToFile&req=$t$", "$m$&req=$t$,text"]) {
      expect(problems(modifiers, context)[0]).toContain('req: wants saveToFile to be written out, got "a variable"');
    }
    expect(flatCommands("$t=resolve&req=$t$")).toEqual({ req: { type: "resolve" } });
  });

  test("a record may still say another type", () => {
    const context = readingWith({ "": { records: { picture: { postModifier: "req=img" } } } }, "picture");
    expect(readRequest("picture", "", context).problems).toEqual([]);
  });
});

describe("locks and obfuscation (protocol.md 1.11, 1.12)", () => {
  test.each([
    ["", "0000"],
    ["wid=200", "4a1f"],
    ["wid=200&hei=200", "0452"],
    ["$img=myImage&wid=300", "e86f"],
    ["fmt=png-alpha&qlt=95,1", "20a5"],
  ])("the lock of %j is %s", (modifiers, lock) => {
    expect(lockOf(modifiers)).toBe(lock);
    expect(unlocked(`${modifiers}&${lock.toUpperCase()}`)).toBe(modifiers);
  });

  test.each(["", "wid=200", "wid=200&4a1e", "wid=200&04a1f", "wid=200 4a1f"])("%j does not end in its lock", (text) => {
    expect(isWrong(unlocked(text))).toBe(true);
  });

  test("base64 of either alphabet, padded or not, is read; plain text and other bytes are not", () => {
    expect(deobfuscated("d2lkPTIwMCZoZWk9MjAwJjA0NTI=")).toBe("wid=200&hei=200&0452");
    expect(deobfuscated("d2lkPTIwMCZoZWk9MjAwJjA0NTI")).toBe("wid=200&hei=200&0452");
    expect(deobfuscated(obfuscated("a>b?c").replace("+", "-").replace("/", "_"))).toBe("a>b?c");
    for (const text of ["wid=200&hei=3", "$$$", "a", btoa("é")]) expect(isWrong(deobfuscated(text))).toBe(true);
  });
});

describe("rules about several commands", () => {
  test.each([
    ["fit=crop", "fit: wants wid or hei beside it"],
    ["fit=crop&scl=2", "fit: wants wid or hei beside it"],
    ["fit=crop&wid=1&req=tmb", "fit: wants another request type"],
    ["sizeN=1,1", "sizeN: wants a layer above layer 0"],
    ["textPath=M0,0L1,1&textFlowPath=M0,0L1,1,2,2Z", "textPath: wants no textFlowPath beside it"],
    ["layer=1&color=ff0000&clipPath=M0,0L9,0,9,9Z&rotate=9", "rotate: wants a layer with a picture, a text or a size"],
    ["req=props,strict", "req: wants a format that the type has"],
  ])("%s", (modifiers, says) => {
    expect(problems(modifiers)[0]).toContain(says);
  });
});

test("the canonical form has one order, and nothing that was passed over", () => {
  const texts = [
    "hei=2&.x&ts=1&layer=1,logo&opac=50&wid=1&layer=comp&op_usm=1",
    "op_usm=1.0&wid=1.0&layer=logo&opac=50&hei=2&layer=1,logo",
  ];
  const [one, other] = texts.map((text) => writeRequest(readPlain(text)));
  expect(one).toBe("picture?wid=1&hei=2&op_usm=1&layer=1,logo&opac=50");
  expect(other).toBe(one);
});
