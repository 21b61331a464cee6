import { describe, expect, test } from "vitest";
import { checkCatalogs } from "../../../scripts/local/catalogs/check.ts";
import { describeFinding } from "../../../scripts/local/catalogs/finding.ts";
import { catalogFilesIn } from "../../../scripts/local/catalogs/folder.ts";
import { SAMPLE_CATALOGS } from "../../../scripts/local/sample-catalogs.ts";
import { SAMPLE_NAMES } from "../../../scripts/make-samples.ts";

const ATTRIBUTES = "RootId=acme\nCatalogFile=acme/images.txt\nMacroFile=acme/macros.txt\n";
const MACROS = "Name\tDefinition\nview\twid=240&fmt=jpeg&qlt=85\n";

/** A catalog of these files over one that has nothing wrong with it. */
function check(files: Readonly<Record<string, string>>, sources?: readonly string[]): readonly string[] {
  const given = { "acme.ini": ATTRIBUTES, "acme/images.txt": "Id\tPath\n", "acme/macros.txt": MACROS, ...files };
  const read = Object.entries(given).map(([path, text]) => {
    return { path, bytes: Buffer.from(text, "latin1"), etag: text, written: 0 };
  });
  return checkCatalogs(read, sources === undefined ? undefined : new Set(sources)).findings.map(describeFinding);
}

/** Of image data alone, with these columns. */
const checkRows = (columns: string, ...rows: readonly string[]) =>
  check({ "acme/images.txt": `${[columns, ...rows].join("\r\n")}\r\n` });

describe("the sample catalogs", () => {
  test("have nothing to be said about them, pictures included.", () => {
    const { findings, reading } = checkCatalogs(catalogFilesIn(SAMPLE_CATALOGS), new Set(SAMPLE_NAMES));
    expect(findings.map(describeFinding)).toEqual([]);
    const atelier = reading.catalogs.byRootId.get("atelier");
    expect(atelier?.records.find("port-d-été")?.fields.Path).toBe("harbour.jpg");
    expect(atelier?.attributes.SavePath).toBe("renditions/atelier");
  });
});

describe("what is read", () => {
  test("A catalog with nothing wrong has no findings.", () => {
    expect(check({})).toEqual([]);
  });

  test("Problems of reading come with their places and weights.", () => {
    const [finding] = checkRows("Id\tPath\tAnchor", "shoe\ta.jpg\tleft");
    expect(finding).toMatch(/^acme\/images\.txt:2:12: entry: Anchor: wants .*, got "left"$/);
  });

  test("A file that is named and not there is one of weight file.", () => {
    expect(check({ "acme.ini": `${ATTRIBUTES}CatalogFile=acme/more.txt\n` }).join("\n")).toMatch(/: file: .*more\.txt/);
  });

  test("A broken catalog is not looked into any further.", () => {
    const findings = check({ "acme.ini": `${ATTRIBUTES}no attribute\n`, "acme/images.txt": "Id\tPath\nshoe\t\n" });
    expect(findings.filter((finding) => !finding.includes(": file: "))).toEqual([]);
    expect(findings.length).toBeGreaterThan(0);
  });
});

describe("what records say", () => {
  test("A value in a Modifier that cannot be read stands where it stands in the file.", () => {
    expect(checkRows("Id\tPath\tModifier", "shoe\ta.jpg\thei=20&wid=abc")).toEqual([
      'acme/images.txt:2:23: entry: Modifier: wid: wants a number of pixels > 0, got "abc"',
    ]);
  });

  test("In a quoted field, too, behind doubled quotes and line breaks.", () => {
    const row = 'shoe\ta.jpg\t".say=""a""\r\n&wid=abc"';
    expect(checkRows("Id\tPath\tModifier", row)).toEqual([
      'acme/images.txt:3:6: entry: Modifier: wid: wants a number of pixels > 0, got "abc"',
    ]);
  });

  test("A PostModifier is told apart from a Modifier.", () => {
    expect(checkRows("Id\tPath\tModifier\tPostModifier", "shoe\ta.jpg\twid=20\tqlt=x")).toEqual([
      expect.stringMatching(/^acme\/images\.txt:2:23: entry: PostModifier: qlt: wants .*, got "x"$/),
    ]);
  });

  test("A call of a macro that does not exist is a problem.", () => {
    expect(checkRows("Id\tPath\tModifier", "shoe\ta.jpg\t$view$&$nothing$")).toEqual([
      expect.stringMatching(/^acme\/images\.txt:2:19: entry: Modifier: \$nothing\$: /),
    ]);
  });

  test.each(["req=saveToFile", "name=a.jpg", "timeout=5"])("%s is a problem: no record saves.", (command) => {
    const findings = checkRows("Id\tPath\tModifier", `shoe\ta.jpg\twid=20&${command}`);
    expect(findings).toEqual([
      expect.stringMatching(/^acme\/images\.txt:2:\d+: entry: Modifier: (?:req|name|timeout): /),
    ]);
  });

  test("A template whose source is a record that has a source itself is a problem.", () => {
    const findings = checkRows("Id\tPath\tModifier", "shoe\ta.jpg\tmask=b", "card\t\twid=20&layer=0&src=shoe");
    expect(findings).toEqual([
      expect.stringMatching(/^acme\/images\.txt:3:\d+: entry: Modifier: src: wants .*, got "acme\/shoe"$/),
    ]);
  });

  test("A variable without a default is a note, and neither is what it would be put into nor $object$.", () => {
    expect(checkRows("Id\tPath\tModifier", "card\t\t$high=20&wid=$wide$&hei=$high$&layer=0&src=$object$")).toEqual([
      "acme/images.txt:2:20: note: Modifier: the variable $wide$ has no default here: a URL must give it",
    ]);
  });

  test("A size that is left to the URL is nothing.", () => {
    expect(checkRows("Id\tPath\tModifier", "shoe\ta.jpg\tfit=crop")).toEqual([]);
  });

  test("A record with neither Path nor Modifier is a problem, and a template without a layer a note.", () => {
    expect(checkRows("Id\tPath\tModifier", "shoe\t\t", "card\t\twid=20")).toEqual([
      "acme/images.txt:2:1: entry: shoe has no Path, and no Modifier that would make it a template",
      "acme/images.txt:3:1: note: card has no Path, and its Modifier says nothing of layer 0: as a template it has no picture",
    ]);
  });
});

describe("what macros say", () => {
  const macros = (...rows: readonly string[]) => check({ "acme/macros.txt": ["Name\tDefinition", ...rows].join("\n") });

  test("A value that cannot be read stands where it stands in the file.", () => {
    expect(macros("view\twid=240", "bad\t$view$&hei=x")).toEqual([
      'acme/macros.txt:3:16: entry: macro bad: hei: wants a number of pixels > 0, got "x"',
    ]);
  });

  test("One that calls itself, or one behind it, is a problem once.", () => {
    const findings = macros("one\t$one$", "two\t$three$", "three\twid=1");
    expect(findings.map((finding) => finding.slice(0, 21))).toEqual(["acme/macros.txt:2:5: ", "acme/macros.txt:3:5: "]);
  });
});

describe("what ids are", () => {
  test("A record of the default catalog whose id begins with a RootId is never found.", () => {
    const findings = check({ "default.ini": "CatalogFile=all.txt\n", "all.txt": "Id\tPath\nacme/shoe\ta.jpg\n" });
    expect(findings).toEqual([
      expect.stringMatching(/^all\.txt:2:1: note: "acme\/shoe" is not found by the path acme\/shoe/),
    ]);
  });

  test("Of an id in two files the one that counts is named.", () => {
    const findings = check({
      "acme.ini": "RootId=acme\nCatalogFile=a.txt,b.txt\n",
      "a.txt": "Id\tPath\nshoe\ta.jpg\n",
      "b.txt": "Id\tPath\nshoe\tb.jpg\n",
    });
    expect(findings.filter((finding) => !finding.includes("no attribute file names it"))).toEqual([
      'a.txt:2:1: note: "shoe" stands in b.txt as well, at line 2: that one counts',
    ]);
  });
});

describe("pictures", () => {
  const rows = { "acme/images.txt": "Id\tPath\tMaskPath\nshoe\tshoe\tmasks/shoe.png\n" };
  const ini = { "acme.ini": `${ATTRIBUTES}RootPath=pictures\nDefaultExt=.png\n` };

  test("are looked for where requests look for them.", () => {
    expect(check({ ...rows, ...ini }, ["pictures/shoe.png", "pictures/masks/shoe.png"])).toEqual([]);
  });

  test("Objects of templates and of attributes are looked for, but for records and what the URL says.", () => {
    const template = "card\t\t$x=1&layer=0&src=hat&mask=masks/hat";
    const findings = check(
      {
        "acme.ini": `${ATTRIBUTES}DefaultImage=none\nErrorImage=shoe\n`,
        "acme/images.txt": `Id\tPath\tModifier\nshoe\tshoe\t\n${template}\nframe\t\tsrc=$object$&mask=shoe\n`,
      },
      ["shoe.jpg", "hat.jpg"],
    );
    expect(findings).toEqual([
      expect.stringMatching(/^acme\.ini:4:14: note: DefaultImage: "none" is no record/),
      expect.stringMatching(/^acme\.ini:4:14: entry: DefaultImage: there is no such picture: looked for "none"/),
      expect.stringMatching(
        /^acme\/images\.txt:3:33: entry: Modifier: mask: there is no such picture: .*"masks\/hat.jpg"/,
      ),
    ]);
  });

  test("A record that another one comes before is not looked for a second time.", () => {
    const files = { "default.ini": "CatalogFile=all.txt\n", "all.txt": "Id\tPath\nacme/shoe\tnone.jpg\n" };
    expect(check(files, [])).toEqual([expect.stringMatching(/^all\.txt:2:1: note: "acme\/shoe" is not found/)]);
  });

  test("A mask that is missing is one problem.", () => {
    expect(check({ ...rows, ...ini }, ["pictures/shoe.jpg"])).toEqual([
      expect.stringMatching(
        /^acme\/images\.txt:2:11: entry: MaskPath: there is no such picture: looked for "pictures\/masks/,
      ),
    ]);
  });
});

describe("what the Worker always refuses", () => {
  test.each(["color=ff0000", "text=hello", "src=is{acme/shoe}"])("a template whose layer 0 is %s", (content) => {
    const findings = checkRows("Id\tPath\tModifier", "shoe\ta.jpg\t", `card\t\tsize=9,9&layer=0&${content}`);
    expect(findings).toEqual([
      "acme/images.txt:3:1: entry: card has no picture of its own, and layer 0 of colour, text or nested requests is not built yet",
    ]);
  });

  test.each([
    ["fmt=gif", "fmt: gif is not built yet as it is asked for: it is refused"],
    ["fmt=jpeg,cmyk", "fmt: jpeg is not built yet as it is asked for: it is refused"],
    ["req=exists", "req: exists is not built yet: it is refused"],
  ])("%s, in a Modifier and in a macro, where it stands", (command, says) => {
    expect(checkRows("Id\tPath\tModifier", `shoe\ta.jpg\twid=9&${command}`)).toEqual([
      `acme/images.txt:2:22: entry: Modifier: ${says}`,
    ]);
    expect(check({ "acme/macros.txt": `Name\tDefinition\nold\twid=9&${command}\n` })).toEqual([
      `acme/macros.txt:2:15: entry: macro old: ${says}`,
    ]);
  });

  test.each(["req=saveToFile", "name=a.jpg", "timeout=5", "expires=1234567890", `sig=${"0".repeat(64)}`])(
    "%s in a macro",
    (command) => {
      expect(check({ "acme/macros.txt": `Name\tDefinition\nkeep\twid=9&${command}\n` })).toEqual([
        expect.stringMatching(
          /^acme\/macros\.txt:2:\d+: entry: macro keep: wants to stand in the client's own modifiers/,
        ),
      ]);
    },
  );
});

describe("what is nothing", () => {
  test("$error.title$ and $error.message$ are given, and a macro called in a nested request is no variable.", () => {
    const findings = checkRows(
      "Id\tPath\tModifier",
      "e\ta.jpg\ttext=$error.title$$error.message$&src=is{x?$nope$&wid=3}",
    );
    expect(findings.filter((finding) => finding.includes("has no default"))).toEqual([]);
  });
});

describe("files as such", () => {
  const bytes = (text: string) => [{ path: "default.ini", bytes: Buffer.from(text, "latin1"), etag: "", written: 0 }];
  const told = (text: string) => checkCatalogs(bytes(text)).findings.map(describeFinding);

  test("A folder without an attribute file is a problem, and files that nobody names are notes.", () => {
    const file = { path: "catalogs/default.ini", bytes: Buffer.from(""), etag: "", written: 0 };
    expect(checkCatalogs([file]).findings.map(describeFinding)).toEqual([
      "catalogs/default.ini:1:1: note: no attribute file names it: it is not read",
      "default.ini:1:1: file: wants an attribute file, e.g. default.ini, in this folder, got none: no catalog is read",
    ]);
  });

  test("Files of attributes that are only kept are named as well.", () => {
    expect(check({ "default.ini": "FontMapFile=fonts.txt\n", "fonts.txt": "x" })).toEqual([]);
  });

  test("Default.ini is not default.ini, and is told so.", () => {
    expect(check({ "Default.ini": "JpegQuality=80\n" })).toEqual([
      expect.stringMatching(/^Default\.ini:1:1: file: RootId: wants .*is called default\.ini, got nothing$/),
    ]);
  });

  test.each([
    ["PublishInfo=\xc3\xa9t\xc3\xa9", "1:13: note: reads as ISO-8859-1; it looks like UTF-8 without its mark EF BB BF"],
    [
      "#\nPublishInfo=\xe9 \x80",
      "2:15: note: reads as ISO-8859-1, which has no letters here; it looks like windows-1252",
    ],
  ])("%j", (text, says) => {
    expect(told(text)).toEqual([`default.ini:${says}`]);
  });

  test.each(["PublishInfo=\xe9", "\xef\xbb\xbfPublishInfo=\xc3\xa9"])("%j is what it should be.", (text) => {
    expect(told(text)).toEqual([]);
  });

  test("Every problem is told, not the first hundred.", () => {
    const rows = Array.from({ length: 250 }, (_, at) => `shoe-${at}\ta.jpg\tleft`);
    expect(checkRows("Id\tPath\tAnchor", ...rows)).toHaveLength(250);
    const macros = Array.from({ length: 250 }, (_, at) => `m${at}\t$none$`);
    expect(check({ "acme/macros.txt": `Name\tDefinition\n${macros.join("\n")}` })).toHaveLength(250);
    expect(told("nonsense\n".repeat(250))).toHaveLength(250);
  });
});

describe("columns", () => {
  test("are the same behind characters beyond U+FFFF, in quotes or not.", () => {
    const columnOf = (field: string) => {
      const text = Buffer.from(`\ufeffId\tUserData\tModifier\nx\t${field}\twid=x\n`, "utf8");
      const given = [
        { path: "default.ini", bytes: Buffer.from("CatalogFile=a.txt"), etag: "", written: 0 },
        { path: "a.txt", bytes: text, etag: "", written: 0 },
      ];
      return checkCatalogs(given).findings.find(({ says }) => says.includes("wid"))?.column;
    };
    expect(columnOf("\u{1f600}\u{1f600}")).toBe(12);
    expect(columnOf('"\u{1f600}\u{1f600}"')).toBe(14);
  });
});

describe("backslashes", () => {
  test("in paths are notes: they are characters of keys.", () => {
    const findings = check({
      "acme.ini": `${ATTRIBUTES}RootPath=images\\acme\n`,
      "acme/images.txt": "Id\tPath\tMaskPath\nshoe\ta\\b.jpg\tm\\b.jpg\n",
    });
    const says = "a backslash is a character here, and separates no folders";
    expect(findings).toEqual([
      `acme.ini:4:10: note: RootPath: ${says}`,
      `acme/images.txt:2:6: note: Path: ${says}`,
      `acme/images.txt:2:14: note: MaskPath: ${says}`,
    ]);
  });
});

/** Whatever lies in the folder, there is an answer. */
describe("hostile folders", () => {
  test.each<readonly [string, Readonly<Record<string, string>>]>([
    ["NULs", { "acme.ini": "\0\0\0", "acme/images.txt": "\0\t\0\n" }],
    ["an empty file", { "acme.ini": "", "acme/images.txt": "", "acme/macros.txt": "" }],
    ["a mark alone", { "default.ini": "\xef\xbb\xbf" }],
    ["ids of prototypes", { "acme/images.txt": "Id\tPath\n__proto__\ta\nconstructor\tb\n" }],
    ["a RootId of a prototype", { "acme.ini": "RootId=constructor\nCatalogFile=acme/images.txt\n" }],
    ["a long Modifier", { "acme/images.txt": `Id\tModifier\nx\t${"wid=$a$&".repeat(20_000)}\n` }],
    ["nested requests that nest", { "acme/images.txt": `Id\tModifier\nx\tsrc=is{${"x?src=is{".repeat(400)}\n` }],
    ["a template of itself", { "acme/images.txt": "Id\tModifier\nx\tsrc=is{acme/x}\n" }],
  ])("%s: problems or none, and never a throw.", (_says, files) => {
    expect(() => check(files)).not.toThrow();
  });
});
