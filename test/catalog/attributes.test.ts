import { describe, expect, test } from "vitest";
import { inherited, passedOn } from "../../src/catalog/assembly/inheritance.ts";
import type { AttributeRow } from "../../src/catalog/attributes/row.ts";
import { ATTRIBUTES, type AttributeName } from "../../src/catalog/attributes.ts";
import { readAttributeFile } from "../../src/catalog/files/attribute-file.ts";
import { flag } from "../../src/protocol/grammar/scalar.ts";
import { fileOf } from "../support/catalog-writing.ts";

const NAMES = Object.keys(ATTRIBUTES) as AttributeName[];
const rowOf = (name: AttributeName): AttributeRow => ATTRIBUTES[name];
const read = (text: string) => readAttributeFile(fileOf("default.ini", text));

interface Example {
  /** Texts and what they are. */
  readonly good: readonly (readonly [string, unknown])[];
  readonly bad: readonly string[];
}

const flags: Example = {
  good: [
    ["0", false],
    ["1", true],
    ["true", true],
  ],
  bad: ["2", "yes", "-1"],
};
const oneTo = (from: number, to: number): Example => ({
  good: [
    [`${from}`, from],
    [`${to}`, to],
  ],
  bad: [`${from - 1}`, `${to + 1}`, "x", "1.5"],
});
const size: Example = {
  good: [
    ["0,0", { width: 0, height: 0 }],
    ["300, 200", { width: 300, height: 200 }],
  ],
  bad: ["300", "300,", "-1,2", "1,2,3", "x"],
};
const hours: Example = {
  good: [
    ["0", 0],
    ["0.1", 0.1],
    ["10", 10],
    ["-1", -1],
  ],
  bad: ["-2", "-0.5", "x", "100001"],
};
const folder: Example = {
  good: [
    ["images/2024", "images/2024"],
    ["/images/", "images"],
    ["./", ""],
    ["a..b", "a..b"],
  ],
  bad: ["../x", "a/../b", "a\\..\\b", "..", "a\u0085b", "x".repeat(3000)],
};
// Those of protocol.md 2.3 and r-is-cat-color.md: `80ff00` and `0x80ff00` are 128,255,0.
const colour: Example = {
  good: [
    ["0x80ff00", [128, 255, 0]],
    ["80ff00", [128, 255, 0]],
  ],
  bad: ["80ff0", "red"],
};
const picture: Example = {
  good: [
    ["onError", "onError"],
    ["myCatalog/onError", "myCatalog/onError"],
  ],
  bad: ["a,b", "a/../b", "a?b"],
};
const line: Example = {
  good: [
    ["sRGB", "sRGB"],
    ["profiles/My RGB.icc", "profiles/My RGB.icc"],
  ],
  bad: ["a\u0000b"],
};
const stream: Example = {
  good: [["http://my.server.com/apple/streaming", "http://my.server.com/apple/streaming"]],
  bad: ["a\u0000b"],
};
const bps: Example = { good: [["512000", 512_000]], bad: ["-1", "fast"] };
const kept: Example = { good: [["a.txt, /abs/b.txt", ["a.txt", "/abs/b.txt"]]], bad: ["a\u0000b"] };
const locales: Example = {
  good: [
    // The examples of protocol.md 1.10.
    [
      "w1,-W,|w2,-W2,-W,|,",
      [
        { locale: "w1", into: ["-W", ""] },
        { locale: "w2", into: ["-W2", "-W", ""] },
        { locale: "", into: [""] },
      ],
    ],
    [
      "en,E|nl,N",
      [
        { locale: "en", into: ["E"] },
        { locale: "nl", into: ["N"] },
      ],
    ],
  ],
  bad: ["en", "en,E|", "|"],
};

const EXAMPLES: Readonly<Record<AttributeName, Example>> = {
  RootId: {
    good: [
      ["acme", "acme"],
      ["my/Acme-1.0", "my/Acme-1.0"],
    ],
    bad: ["a b", "a,b", "/a", "a/", "a//b", "..", "a/../b", "a?b", "é"],
  },
  CatalogFile: {
    good: [
      ["a.txt", ["a.txt"]],
      ["a.txt,./b/c.txt, d\\e.txt", ["a.txt", "b/c.txt", "d/e.txt"]],
    ],
    bad: ["/a.txt", "a.txt,C:\\b.txt", "../a.txt", "a.txt,", "a.ini"],
  },
  MacroFile: {
    good: [
      ["acme/macros.txt", "acme/macros.txt"],
      ["'a, b.txt'", "a, b.txt"],
    ],
    bad: ["/a", "..", "x.INI"],
  },
  TimeStamp: {
    good: [
      ["1000", 1000],
      ["01/01/1970 00:00:01 GMT", 1000],
      ["12/31/1969 17:00:00 GMT -7", 0],
    ],
    bad: ["yesterday", "01/01/1970", "02/30/1970 00:00:00 GMT"],
  },
  SvgCatalogFile: kept,
  StaticContentCatalogFile: kept,
  FontMapFile: line,
  IccProfileMapFile: line,
  RuleSetFile: line,
  PublishInfo: { good: [["any, text", "any, text"]], bad: ["'open"] },
  RootPath: folder,
  DefaultExt: {
    good: [
      [".tif", "tif"],
      ["tif", "tif"],
      [".tar.gz", "tar.gz"],
    ],
    bad: ["'open", "a/b", "a\\b", "a..b", "a\u0001"],
  },
  FullMatch: flags,
  AllowDirectAccess: {
    good: [
      // The examples of r-allowdirectaccess.md.
      ["include:IS,STATIC", new Set(["IS", "STATIC"])],
      ["exclude:IS,STATIC", new Set(["SVG", "FXG", "FLA", "IR_VNT", "IR_MAT"])],
      ["include:", new Set()],
      ["exclude:", new Set(["SVG", "IS", "STATIC", "FXG", "FLA", "IR_VNT", "IR_MAT"])],
      ["IS,STATIC", new Set(["IS", "STATIC"])],
      ["", new Set()],
    ],
    bad: ["include:PNG", "only:IS"],
  },
  DefaultImage: picture,
  DefaultImageMode: oneTo(0, 1),
  RootUrl: {
    good: [
      ["http://a.example/x", "http://a.example/x"],
      ["FTP://a", "FTP://a"],
    ],
    bad: ["a/b", "file:///x", "http:///x"],
  },
  AllowDirectUrls: flags,
  StaticContentRootPath: folder,
  DefaultPix: size,
  MaxPix: size,
  BkgColor: colour,
  JpegQuality: {
    good: [
      ["95,1", { quality: 95, chroma: true }],
      ["80", { quality: 80 }],
    ],
    bad: ["0", "101", "80,2", "80,1,1"],
  },
  ResMode: {
    // protocol.md 6.2, A-37.
    good: [
      ["1", "sharp2"],
      ["2", "bilin"],
      ["3", "bicub"],
      ["4", "sharp2"],
      ["5", "bisharp"],
      ["bicub", "bicub"],
    ],
    bad: ["0", "6", "sharpest"],
  },
  Resolution: {
    good: [
      ["72", 72],
      ["12.5", 12.5],
    ],
    bad: ["0", "-1", "x"],
  },
  PrintResolution: { good: [["300", 300]], bad: ["-1", "300.5"] },
  Watermark: picture,
  ApplyEffectMask: flags,
  Bfc: flags,
  DefaultFont: line,
  SynthesizeFontStyles: flags,
  DigimarcId: {
    // The example of r-digimarcid.md, with its space.
    good: [
      [" 404407,32,,,4", { creator: 404_407, pin: 32, durability: 4 }],
      ["1,2,,,1,1", { creator: 1, pin: 2, durability: 1, chroma: true }],
    ],
    bad: ["404407,32,4", "404407,32,,,5", "a,32,,,4"],
  },
  DigimarcInfo: {
    good: [["4,0,1998,2001", { type: 4, flags: 0, val1: 1998, val2: 2001 }]],
    bad: ["5,0,1,1", "4,8,1,1", "4,0,1"],
  },
  DefaultThumbPix: size,
  ThumbType: oneTo(1, 3),
  ThumbRes: { good: [["72.5", 72.5]], bad: ["0", "x"] },
  ThumbHorizAlign: oneTo(1, 3),
  ThumbVertAlign: oneTo(1, 3),
  ThumbBkgColor: colour,
  IccProfileRgb: line,
  IccProfileGray: line,
  IccProfileCmyk: line,
  IccProfileSrcRgb: line,
  IccProfileSrcGray: line,
  IccProfileSrcCmyk: line,
  IccRenderIntent: oneTo(0, 3),
  IccBlackPointCompensation: flags,
  IccDither: flags,
  Expiration: hours,
  DefaultExpiration: hours,
  NonImgExpiration: hours,
  CacheValidationPolicy: oneTo(0, 1),
  UseLastModified: flags,
  ErrorImage: picture,
  ErrorDetail: oneTo(0, 3),
  RequestLock: flags,
  RequestObfuscation: {
    good: [
      ["0", "0"],
      ["1", "1"],
    ],
    bad: ["2", "base64"],
  },
  ClientAddressFilter: {
    // The examples of r-clientaddressfilter.md; what they let in is protocol/addresses.test.ts's.
    good: [
      [
        "0.0.0.0/0,192.0.0.0/8, 192.168.12.0/23,192.168.2.117,192.168.2.117/32",
        // The first is all of IPv6 as well.
        expect.toSatisfy((list: unknown[]) => list.length === 6),
      ],
    ],
    bad: ["10.0.0.0/33", "10.0.0", "10.0.0.0/8,,"],
  },
  TrustedDomains: { good: [["a.example, b.example", ["a.example", "b.example"]]], bad: ["a\u0000b"] },
  SavePath: { good: [["saved/acme", "saved/acme"]], bad: ["'open", "a\\\nb"] },
  LocaleMap: locales,
  LocaleStrMap: locales,
  DefaultLocale: line,
  HttpAppleStreamingContext: stream,
  HttpFlashStreamingContext: stream,
  VideoBitRate: bps,
  AudioBitRate: bps,
  TotalStreamBitRate: bps,
  VideoSize: { good: [["512,288", { width: 512, height: 288 }]], bad: ["512"] },
};

describe("every attribute (protocol.md 6.2)", () => {
  test.each(NAMES.flatMap((name) => EXAMPLES[name].good.map((example) => [name, ...example] as const)))(
    "%s reads %j",
    (name, text, value) => {
      const { values, problems } = read(`${name}=${text}`);
      expect(problems.filter(({ about, weight }) => about !== "RootId" || weight !== "note")).toEqual([]);
      expect(values[name]).toEqual(value);
    },
  );

  test.each(NAMES.flatMap((name) => EXAMPLES[name].bad.map((text) => [name, text] as const)))(
    "%s refuses %j",
    (name, text) => {
      const { values, problems } = read(`${name}=${text}`);
      const weight = rowOf(name).malformed === "ignored" ? "note" : "file";
      expect(values).not.toHaveProperty(name);
      expect(problems).toMatchObject([{ about: name, weight, line: 1 }]);
      expect(problems[0]?.column).toBeGreaterThan(name.length + 1);
      expect(problems[0]?.got).not.toBe("");
    },
  );

  /** protocol.md 6.1, and r-allowdirectaccess.md, r-trusteddomains.md, which say so themselves. */
  const OFF: readonly AttributeName[] = [
    ...(["DefaultExt", "DefaultImage", "ErrorImage", "Watermark", "RootPath", "RootUrl"] as const),
    ...(["StaticContentRootPath", "SavePath", "AllowDirectAccess", "TrustedDomains"] as const),
  ];

  test.each(NAMES)("%s without a value is inherited, or switches off where the documentation says so", (name) => {
    for (const text of ["", "  ", "''"]) {
      const { values, problems } = read(`${name}=${text}`);
      expect(problems).toEqual([]);
      expect(Object.hasOwn(values, name)).toBe(OFF.includes(name));
    }
  });

  test("which is a flag has any other value as none (2.4), and no other attribute but TimeStamp does (A-74)", () => {
    const ignoring = NAMES.filter((name) => rowOf(name).malformed === "ignored");
    expect(ignoring).toEqual(NAMES.filter((name) => rowOf(name).grammar === flag || name === "TimeStamp"));
  });

  test("is said in a sentence", () => {
    for (const name of NAMES) expect(rowOf(name).about).toMatch(/^[A-Z0-9].*\.$/);
  });

  test("is there once, in any case", () => {
    expect(new Set(NAMES.map((name) => name.toLowerCase())).size).toBe(NAMES.length);
  });
});

describe("inheritance (protocol.md 6.1)", () => {
  /** Of the column Default in 6.2: "–" and data files. */
  const OWN: readonly AttributeName[] = [
    ...(["RootId", "CatalogFile", "MacroFile", "TimeStamp", "SvgCatalogFile", "StaticContentCatalogFile"] as const),
    ...(["FontMapFile", "IccProfileMapFile", "RuleSetFile", "LocaleMap", "LocaleStrMap", "DefaultLocale"] as const),
    ...(["HttpAppleStreamingContext", "HttpFlashStreamingContext", "VideoBitRate", "AudioBitRate"] as const),
    ...(["TotalStreamBitRate", "VideoSize"] as const),
  ];
  const goodOf = (name: AttributeName, at: number) => {
    const { good } = EXAMPLES[name];
    return good[Math.min(at, good.length - 1)]?.[0] ?? "";
  };

  test.each(NAMES)("%s: missing, given, and given without a value", (name) => {
    const defaults = read(`${name}=${goodOf(name, 0)}`).values;
    const own = read(`${name}=${goodOf(name, 1)}`).values;
    const empty = read(`${name}=`).values;
    const passed = OWN.includes(name) ? undefined : defaults[name];
    expect(inherited({}, defaults)[name]).toEqual(passed);
    expect(inherited(own, defaults)[name]).toEqual(own[name]);
    expect(inherited(own, {})[name]).toEqual(own[name]);
    expect(inherited(empty, defaults)[name]).toEqual(rowOf(name).empty === "off" ? empty[name] : passed);
  });

  test("hands down nothing else", () => {
    const all = read(NAMES.map((name) => `${name}=${goodOf(name, 0)}`).join("\n")).values;
    expect(Object.keys(passedOn(all)).toSorted()).toEqual(NAMES.filter((name) => !OWN.includes(name)).toSorted());
  });
});
