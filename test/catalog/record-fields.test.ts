import { describe, expect, test } from "vitest";
import { RECORD_FIELDS, type RecordFieldName, type RecordFieldRow } from "../../src/catalog/records/fields.ts";
import { readImageData } from "../../src/catalog/records/image-data.ts";
import { catalogFile } from "../support/catalog-file.ts";
import { writtenTable } from "../support/table-writing.ts";

interface Values {
  /** Texts, and what they are read as. */
  readonly good: readonly (readonly [text: string, value: unknown])[];
  /** Texts that are refused. */
  readonly bad: readonly string[];
  /** Texts that mean what the attribute says. */
  readonly asAttribute?: readonly string[];
}

const PATH: Values = {
  good: [
    ["shoes/boot.tif", "shoes/boot.tif"],
    ["/images/boot.tif", "/images/boot.tif"],
    ["a..b/...", "a..b/..."],
    ["cafe\u0301.jpg", "caf\u00e9.jpg"],
    [" a, b?.jpg ", " a, b?.jpg "],
    ["a".repeat(2048), "a".repeat(2048)],
  ],
  bad: [
    "../boot.tif",
    "shoes/../boot.tif",
    "shoes/..",
    "..",
    "shoes\\..\\boot.tif",
    "a\tb",
    "a\nb",
    "a\0b",
    "a\u0085b",
    "a".repeat(2049),
  ],
};
const TEXT: Values = {
  good: [
    ["wid=240&fmt=jpeg", "wid=240&fmt=jpeg"],
    [" ", " "],
    ["a\tb\r\nc", "a\tb\r\nc"],
    ["\u4e2d", "\u4e2d"],
  ],
  bad: ["a\0b"],
};
const SIZE: Values = {
  good: [["3000,2000", { width: 3000, height: 2000 }]],
  bad: ["3000", "0,2000", "3000,0", "-1,1", "1.5,2", "1,2,3", "3000 2000", "a,b", "9999999999,1"],
};
const BIT_RATE: Values = {
  good: [
    ["800000", 800_000],
    ["0", 0],
  ],
  bad: ["-1", "1.5", "fast"],
};

/** Values of every field. Source: protocol.md 6.4, 4.5, 4.6, 2.4, and the documentation's own examples. */
const VALUES: Readonly<Record<RecordFieldName, Values>> = {
  Path: PATH,
  MaskPath: PATH,
  Anchor: {
    good: [
      ["10,20", { x: 10, y: 20 }],
      ["-5,99999", { x: -5, y: 99_999 }],
    ],
    bad: ["left", "10", "10,", "10,20,30", "1.5,2", "10, 20", "1e99,0", "1,".repeat(500)],
  },
  Modifier: TEXT,
  PostModifier: TEXT,
  Expiration: {
    good: [
      ["0", 0],
      ["10", 10],
      ["0.1", 0.1],
      ["-1", -1],
      [".5", 0.5],
    ],
    bad: ["-0.5", "-1.5", "-3", "ten", "1h", "1e9", "NaN", "Infinity"],
    asAttribute: ["-2"],
  },
  TimeStamp: {
    good: [
      ["1700000000000", 1_700_000_000_000],
      ["03/01/2024 12:00:00 GMT", Date.UTC(2024, 2, 1, 12)],
      ["02/29/2024 01:30:00 GMT -7", Date.UTC(2024, 1, 29, 8, 30)],
      ["01/01/2000 00:00:00 GMT 5:30", Date.UTC(1999, 11, 31, 18, 30)],
    ],
    bad: ["yesterday", "03/01/2024", "12:00:00 GMT", "03/01/2024 12:00:00", "1".repeat(500)],
  },
  Resolution: {
    good: [
      ["300", 300],
      ["72.5", 72.5],
    ],
    bad: ["-1", "high", "300dpi", "300".padStart(300, "0")],
    asAttribute: ["0", "0.0", "-0"],
  },
  PrintResolution: { good: [["300", 300]], bad: ["-1", "72.5", "high"], asAttribute: ["0"] },
  Size: SIZE,
  ThumbRes: { good: [["36.5", 36.5]], bad: ["-1", "low"], asAttribute: ["0"] },
  ThumbType: {
    good: [
      ["1", 1],
      ["2", 2],
      ["3", 3],
    ],
    bad: ["4", "-1", "1.5", "crop"],
    asAttribute: ["0"],
  },
  IccProfile: {
    good: [
      ["sRGB", "sRGB"],
      ["Europe ISO Coated", "Europe ISO Coated"],
    ],
    bad: ["a,b", "a\0b"],
  },
  Map: {
    good: [
      ['<AREA SHAPE=RECT COORDS="0,0,10,10" HREF="/a">', '<AREA SHAPE=RECT COORDS="0,0,10,10" HREF="/a">'],
      ['<area alt="a > b"/>\r\n <area>', '<area alt="a > b"/>\r\n <area>'],
    ],
    bad: ["area", "<area", "<area><b>", "<areas>", '<area alt="', "<area> x", " ", '<area alt="a>'],
  },
  Targets: {
    good: [
      ["Target.1.rect=0,0,10,10??Target.1.label=new", "Target.1.rect=0,0,10,10??Target.1.label=new"],
      [
        "target.2.RECT=5,5,1,1\r\nTarget.1.rect=0,0,10,10\r\nTarget.1.frame=3\r\nTarget.1.userData=a=b\r\n",
        "target.2.RECT=5,5,1,1\r\nTarget.1.rect=0,0,10,10\r\nTarget.1.frame=3\r\nTarget.1.userData=a=b\r\n",
      ],
    ],
    bad: [
      "Target.1.label=new",
      "Target.2.rect=0,0,10,10",
      "Target.1.rect=0,0,10,10??Target.3.rect=0,0,10,10",
      "Target.1.rect=0,0,0,10",
      "Target.1.rect=-1,0,10,10",
      "Target.1.rect=0,0,10",
      "Target.1.rect=0,0,10,10??Target.1.frame=x",
      "Target.1.rect=0,0,10,10??Target.1.colour=red",
      "Target.0.rect=0,0,10,10",
      "Target.999999999.rect=0,0,10,10",
      "hello",
      "=",
    ],
  },
  UserData: TEXT,
  ImageSet: {
    good: [
      ["a,b,c", "a,b,c"],
      ["acme/a;acme/a-swatch,acme/b;{0xff0000red}", "acme/a;acme/a-swatch,acme/b;{0xff0000red}"],
      ["{a;(b;c)}", "{a;(b;c)}"],
    ],
    bad: ["{a", "a}", "{a)", "({a)}", "a\0b"],
  },
  AssetType: {
    good: [
      ["MEDIASET", "MEDIASET"],
      ["SPINSET2D", "SPINSET2D"],
      ["ecatalog", "ECATALOG"],
    ],
    bad: ["SPIN", "1"],
  },
  DigimarcInfo: {
    good: [
      ["0,0,0,0", { type: 0, flags: 0, val1: 0, val2: 0 }],
      ["1,5,0,0", { type: 1, flags: 5, val1: 0, val2: 0 }],
      ["2,0,4567,0", { type: 2, flags: 0, val1: 4567, val2: 0 }],
      ["3,2,56483,0", { type: 3, flags: 2, val1: 56_483, val2: 0 }],
      ["4,0,1998,2001", { type: 4, flags: 0, val1: 1998, val2: 2001 }],
    ],
    bad: ["5,0,0,0", "1,8,0,0", "1,0,0", "1,0,a,0"],
  },
  UserType: TEXT,
  VideoBitRate: BIT_RATE,
  AudioBitRate: BIT_RATE,
  TotalStreamBitRate: BIT_RATE,
  VideoSize: SIZE,
};

const NAMES = Object.keys(RECORD_FIELDS) as RecordFieldName[];

/** What a record with this field says, and what is wrong with it. */
function read(name: RecordFieldName, text: string) {
  const { records, problems } = readImageData(
    catalogFile(
      writtenTable([
        ["Id", name],
        ["boot", text],
      ]),
    ),
  );
  const record = records.find("boot");
  return { fields: record?.fields, refused: record?.problems, problems };
}

describe.each(NAMES)("%s", (name) => {
  const row: RecordFieldRow = RECORD_FIELDS[name];

  test.each(VALUES[name].good)("reads %j", (text, value) => {
    expect(read(name, text)).toEqual({ fields: { [name]: value }, refused: [], problems: [] });
  });

  test.each(VALUES[name].asAttribute ?? [])("takes %j as what the attribute says", (text) => {
    expect(read(name, text)).toEqual({ fields: {}, refused: [], problems: [] });
  });

  test("is absent where it is empty", () => {
    expect(read(name, "")).toEqual({ fields: {}, refused: [], problems: [] });
  });

  test.each(VALUES[name].bad)("refuses %j", (text) => {
    const { fields, refused, problems } = read(name, text);
    expect(fields).toEqual({});
    expect(problems).toMatchObject([{ line: 2, column: 6, about: name, file: "acme/images.txt" }]);
    const [problem] = problems;
    expect(problem?.wanted).not.toBe("");
    // What no picture depends on does not keep a record from being used.
    const isHarmless = row.state === "kept" || name === "TimeStamp";
    expect(problem?.weight).toBe(isHarmless ? "note" : "entry");
    expect(refused).toEqual(isHarmless ? [] : [problem]);
  });
});

test("every field says what it is in one sentence", () => {
  const rows: readonly RecordFieldRow[] = Object.values(RECORD_FIELDS);
  for (const { about } of rows) expect(about).toMatch(/^[A-Z][^.]*\.$|^[A-Z].*[^.]\.$/);
});
